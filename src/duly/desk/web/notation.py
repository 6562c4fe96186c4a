"""How people write money, numbers and dates, by their language. Pure: no request, no clock, no Django."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import get_currency_symbol

from duly.kernel.money import currency_digits, to_minor

MINUS = "\u2212"
# More digits than a bigint of minor units can hold.
MOST_DIGITS = 19
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
_DATE_STYLES = {"medium": "medium", "long": "long", "full": "full", "numeric": "short"}
_DATE_SKELETONS = {"day": "MMMd", "month": "yMMMM", "month_short": "yMMM", "weekday": "EMMMd"}


@dataclass(frozen=True, slots=True)
class Marks:
    """The separators of a language and where it puts a currency sign."""

    decimal: str
    group: str
    sign_first: bool
    sign_space: str


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Return the locale for a language tag such as 'de' or 'de-CH'; unknown ones read as English."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache(maxsize=64)
def marks_of(language: str) -> Marks:
    """Return the separators of a language, from the CLDR data."""
    locale = locale_of(language)
    symbols = locale.number_symbols["latn"]
    prefix, _ = locale.currency_formats["standard"].prefix
    first = "¤" in prefix
    space = "\u00a0" if not first or "\u00a0" in prefix else ""
    return Marks(symbols["decimal"], symbols["group"], first, space)


@lru_cache(maxsize=512)
def _currency_sign(currency: str, language: str) -> str:
    return get_currency_symbol(currency, locale_of(language))


def number_text(value: int | Decimal, language: str = "en") -> str:
    """Write a whole or decimal number with the language's separators and a true minus."""
    marks = marks_of(language)
    text = format(abs(value), ",f") if isinstance(value, Decimal) else format(abs(value), ",d")
    text = text.replace(",", "\0").replace(".", marks.decimal).replace("\0", marks.group)
    return MINUS + text if value < 0 else text


def money_text(minor: int, currency: str, language: str = "en", *, bare: bool = False, signed: bool = False) -> str:
    """Write minor units in the currency's own digits; `bare` leaves the sign of the currency out."""
    marks = marks_of(language)
    number = number_text(Decimal(abs(minor)).scaleb(-currency_digits(currency)), language)
    if not bare:
        sign = _currency_sign(currency, language)
        space = marks.sign_space or ("\u00a0" if sign[-1:].isalpha() and marks.sign_first else "")
        number = f"{sign}{space}{number}" if marks.sign_first else f"{number}{space}{sign}"
    if minor < 0:
        return MINUS + number
    return "+" + number if signed and minor > 0 else number


def money_short(minor: int, currency: str, language: str = "en") -> str:
    """Write an amount for the axis of a chart: 1,250,000.00 becomes 1.25M."""
    major = Decimal(minor).scaleb(-currency_digits(currency))
    for size, letter in ((10**9, "B"), (10**6, "M"), (10**3, "k")):
        if abs(major) >= size:
            shown = (major / size).quantize(Decimal("0.01")).normalize()
            return number_text(shown, language) + letter
    return number_text(major.normalize() if major else 0, language)


def parse_money(text: str, currency: str, language: str = "en") -> int:
    """Read an amount as people of that language write it, into minor units, exactly.

    Groups must stand where the language puts them, so that '12.50' typed in German is refused, not read as
    1250.
    Raises ValueError with a sentence that says what to write instead.
    """
    marks = marks_of(language)
    bare = _SPACES.sub("", text).replace(MINUS, "-").replace(_currency_sign(currency, language), "")
    bare = re.sub(rf"^{currency}|{currency}$", "", bare, flags=re.IGNORECASE)
    group = re.escape(_SPACES.sub("", marks.group))
    grouped = rf"\d{{1,3}}(?:{group}\d{{2,3}})*{group}\d{{3}}|" if group else ""
    found = re.fullmatch(rf"([+-]?)({grouped}\d+)(?:{re.escape(marks.decimal)}(\d*))?([+-]?)", bare)
    if not found or (found[1] and found[4]):
        example = money_text(123456 * 10 ** max(currency_digits(currency) - 2, 0), currency, language, bare=True)
        raise ValueError(f"Write an amount like {example}")
    digits = re.sub(r"\D", "", found[2])
    if len(digits) > MOST_DIGITS:
        raise ValueError("This is larger than the books can hold")
    value = Decimal(f"{digits}.{found[3] or 0}")
    if found[3] and len(found[3].rstrip("0")) > currency_digits(currency):
        places = currency_digits(currency)
        raise ValueError(f"{currency} has {places or 'no'} decimals")
    minor = to_minor(value, currency)
    return -minor if "-" in (found[1], found[4]) else minor


@lru_cache(maxsize=8192)
def date_text(day: date, language: str = "en", style: str = "medium") -> str:
    """Write a date: medium 'Nov 23, 2026', day 'Nov 23', month 'November 2026', weekday, iso."""
    if style == "iso":
        return day.isoformat()
    locale = locale_of(language)
    if style in _DATE_SKELETONS:
        return str(format_skeleton(_DATE_SKELETONS[style], day, locale=locale))
    return str(format_date(day, _DATE_STYLES[style], locale=locale))


def moment_text(moment: datetime, zone: str = "UTC", language: str = "en") -> str:
    """Write a moment in the office's time zone: 'Nov 23, 2026, 09:12'."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{date_text(local.date(), language)}, {format_datetime(local, 'HH:mm', locale=locale_of(language))}"


def parse_date(text: str, language: str = "en") -> date:
    """Read a date: ISO always (what date fields send), else day and month in the language's order.

    Raises ValueError with a sentence that says what to write instead.
    """
    shown = text.strip()
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", shown):
        year, month, day = (int(part) for part in shown.split("-"))
    else:
        found = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", shown)
        if not found:
            raise ValueError("Write a date like 2026-11-30")
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        pattern = locale_of(language).date_formats["short"].pattern
        month, day = (first, second) if pattern.lower().find("m") < pattern.lower().find("d") else (second, first)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError("There is no such day") from error


def plural(count: int, one: str, many: str = "", language: str = "en") -> str:
    """Write a count with its noun: 1 invoice, 1,204 invoices."""
    noun = one if count == 1 else many or f"{one}s"
    return f"{number_text(count, language)} {noun}"


def initials(name: str) -> str:
    """Return up to two letters for the round badge of a person or account."""
    words = [word for word in re.split(r"\W+", name) if word]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper()
