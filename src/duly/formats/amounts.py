"""Amounts and dates as files write them: exact or refused, never rounded and never guessed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from duly.formats.errors import Place, shown
from duly.kernel.money import to_minor

CURRENCY = re.compile(r"[A-Z]{3}\Z")
PLAIN_NUMBER = re.compile(r"[0-9]{1,18}(?:\.[0-9]{0,10})?\Z", re.ASCII)
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-][0-9]{2}:?[0-9]{2})?\Z", re.ASCII)
# Far above any account, far below what the books can hold, so that sums of a file cannot overflow either.
LARGEST_MINOR = 10**17


def unsigned_minor(text: str, currency: str, at: Place) -> int:
    """Return an amount without sign, with a point as decimal mark, in minor units; more digits than the
    currency has are refused unless they are zeros."""
    if not PLAIN_NUMBER.match(text):
        raise at.error(f"{shown(text)} is not an amount", "ask the bank for the file again")
    if not CURRENCY.match(currency):
        raise at.error(f"{shown(currency)} is not a currency code", "expected three capital letters, as EUR")
    try:
        minor = to_minor(Decimal(text), currency)
    except ValueError as error:
        raise at.error(str(error), "the file may state another currency than it means") from error
    if minor > LARGEST_MINOR:
        raise at.error(f"{shown(text)} {currency} is larger than any account", "check the decimal mark")
    return minor


def comma_minor(text: str, currency: str, at: Place) -> int:
    """Return an amount written with a decimal comma and no grouping, as SWIFT writes it, in minor units."""
    if "." in text or text.count(",") > 1:
        raise at.error(f"{shown(text)} is not an amount with a decimal comma")
    return unsigned_minor(text.replace(",", "."), currency, at)


def iso_date(text: str, at: Place) -> date:
    """Return the day of an xs:date or xs:dateTime; the time and zone are the bank's and stay unread."""
    day = text.partition("T")[0].strip()
    match = ISO_DATE.match(day)
    if match is None:
        raise at.error(f"{shown(text)} is not a date", "expected a date as 2026-03-31")
    return day_of(int(match[1]), int(match[2]), int(match[3]), at)


def day_of(year: int, month: int, day: int, at: Place) -> date:
    """Return the date or refuse one that the calendar does not have."""
    try:
        return date(year, month, day)
    except ValueError as error:
        raise at.error(f"{year:04}-{month:02}-{day:02} is not a day of the calendar") from error
