"""Public holidays of a country, computed from the law pack's table for any year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from duly.collections.law import shipped

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    century, in_century = divmod(year, 100)
    leap, rest = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * rest + 2 * (in_century // 4) - moon - in_century % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def day_of(rule: str, year: int) -> date:
    """Return the day a rule names: `12-25`, `easter+39`, `11 4th thu`, `05 last mon`."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    if "-" in rule:
        month, day = rule.split("-")
        return date(year, int(month), int(day))
    month, which, weekday = rule.split()
    wanted, last = WEEKDAYS.index(weekday), monthrange(year, int(month))[1]
    days = [d for d in (date(year, int(month), n + 1) for n in range(last)) if d.weekday() == wanted]
    return days[-1] if which == "last" else days[int(which[0]) - 1]


@cache
def holidays(country: str, year: int) -> frozenset[date]:
    """Return the public holidays of a country in a year; none are known of a country without a table."""
    table: dict[str, list[str]] = shipped("holidays")
    return frozenset(day_of(rule, year) for rule in table.get(country, ()))
