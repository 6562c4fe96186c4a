"""When a report goes out next. Pure."""

from __future__ import annotations

from datetime import date, timedelta

CADENCES = {"daily": "every day", "weekly": "every week", "monthly": "every month"}
FORMATS = {"xlsx": "Excel, typed cells", "csv": "CSV"}


def next_after(cadence: str, first_on: date, today: date) -> date:
    """Return the first day of the rhythm that lies after today; what was missed is sent once, not again and again.

    Counted from the first day, so that monthly keeps its day of the month (the last one of a shorter month).
    """
    if cadence == "monthly":
        months = 1
        while (found := month_after(first_on, months)) <= today:
            months += 1
        return found
    step = 1 if cadence == "daily" else 7
    behind = max((today - first_on).days, 0)
    return first_on + timedelta(days=step * (behind // step + 1))


def month_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
