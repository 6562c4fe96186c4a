"""The only place that reads the clock. Everything else takes `today` and `at` as arguments."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this moment in UTC; DULY_NOW (ISO 8601) sets it for rehearsals and tests."""
    fixed = os.environ.get("DULY_NOW")
    return datetime.fromisoformat(fixed).astimezone(UTC) if fixed else datetime.now(UTC)


def today_in(zone: str) -> date:
    """Return the business day in the office's time zone, such as 'Europe/Berlin'."""
    return now().astimezone(ZoneInfo(zone)).date()
