"""Cutting a debt into instalments. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from duly.kernel.money import split_minor

MOST = 60


def monthly(total_minor: int, count: int, first_on: date) -> list[tuple[date, int]]:
    """Return equal parts on the same day of each month (clamped to its end); the parts add up to the total."""
    parts = split_minor(total_minor, [1] * count)
    return [(_months_after(first_on, place), part) for place, part in enumerate(parts)]


def weekly(total_minor: int, count: int, first_on: date, *, weeks: int = 1) -> list[tuple[date, int]]:
    """Return equal parts every so many weeks."""
    parts = split_minor(total_minor, [1] * count)
    return [(first_on + timedelta(weeks=weeks * place), part) for place, part in enumerate(parts)]


def _months_after(first_on: date, months: int) -> date:
    year, month = divmod(first_on.year * 12 + first_on.month - 1 + months, 12)
    return date(year, month + 1, min(first_on.day, monthrange(year, month + 1)[1]))


def fault(total_minor: int, instalments: Sequence[tuple[date, int]], today: date) -> str | None:
    """Return what is wrong with instalments for a debt, None when nothing is."""
    days = [due_on for due_on, _ in instalments]
    if not 1 <= len(instalments) <= MOST:
        return "plans.number_of_instalments"
    if any(minor <= 0 for _, minor in instalments):
        return "plans.instalment_without_amount"
    if sum(minor for _, minor in instalments) != total_minor:
        return "plans.does_not_add_up"
    if days != sorted(set(days)) or days[0] < today:
        return "plans.days_out_of_order"
    return None
