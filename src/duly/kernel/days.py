"""Counting days the office works. Pure; holidays are not known, so a deadline is never too early by them."""

from __future__ import annotations

from datetime import date, timedelta


def business_days_after(day: date, days: int) -> date:
    """Return the day that lies `days` business days (Monday to Friday) after `day`."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
