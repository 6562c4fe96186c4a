"""Amounts, quantities and dates as a reader of the language expects them, exact to the last digit.

Never rounded here: digits come from the currency (ISO 4217) or from the number itself. Minus is U+2212.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import NumberPattern

from duly.formats.pdf.words import language_of
from duly.kernel.money import currency_digits, to_major

MINUS = "\u2212"
CODE_MEETS_DIGIT = re.compile(r"(?<=[A-Z])(?=\d)")  # CLDR currency spacing: KWD 1.500, not KWD1.500


@cache
def locale_of(tag: str) -> Locale:
    """Return the locale of a BCP 47 tag, or the one of the language its words are printed in."""
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(language_of(tag))
    return locale if locale.language == language_of(tag) else Locale.parse(language_of(tag))


@cache
def decimal_pattern(locale: Locale, least: int, most: int) -> NumberPattern:
    pattern: NumberPattern = copy.copy(locale.decimal_formats[None])
    pattern.frac_prec = (least, most)
    return pattern


@cache
def currency_pattern(locale: Locale, digits: int) -> NumberPattern:
    pattern: NumberPattern = copy.copy(locale.currency_formats["standard"])
    pattern.frac_prec = (digits, digits)
    return pattern


def decimals_of(value: Decimal) -> int:
    """Return how many decimals a number needs."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Writes figures for one language tag and currency."""

    locale: Locale
    currency: str

    def amount(self, minor: int) -> str:
        """Return minor units with the currency's digits, without its sign: 1.234,50."""
        digits = currency_digits(self.currency)
        return self._signed(to_major(minor, self.currency), decimal_pattern(self.locale, digits, digits))

    def money(self, minor: int) -> str:
        """Return minor units with the currency's sign: 1.234,50 €."""
        pattern = currency_pattern(self.locale, currency_digits(self.currency))
        return self._signed(to_major(minor, self.currency), pattern, self.currency)

    def price(self, price: Decimal) -> str:
        """Return a price per unit with all its decimals, at least those of the currency."""
        least = currency_digits(self.currency)
        return self._signed(price, decimal_pattern(self.locale, least, max(least, decimals_of(price))))

    def number(self, value: Decimal) -> str:
        """Return a quantity or rate with as many decimals as it has."""
        return self._signed(value, decimal_pattern(self.locale, 0, decimals_of(value)))

    def percent(self, rate: Decimal) -> str:
        """Return a rate in percent: 19 %, 8.25%."""
        space = "" if self.locale.language == "en" else "\u00a0"
        return f"{self.number(rate)}{space}%"

    def day(self, day: date) -> str:
        """Return a date, its month never in doubt: Jan 31, 2026; 31.01.2026."""
        return format_date(day, "medium", locale=self.locale)

    def period(self, start: date | None, end: date | None) -> str:
        """Return a period from first to last day; whole months by name; one day, or one end, stands alone."""
        if start and end and start.day == 1 and (end + timedelta(days=1)).day == 1:
            if (start.year, start.month) == (end.year, end.month):
                return format_skeleton("yMMMM", start, locale=self.locale)
            months = (format_skeleton("yMMM", day, locale=self.locale) for day in (start, end))
            return " – ".join(months)
        days = [self.day(day) for day in (start, end) if day is not None]
        return " – ".join(dict.fromkeys(days))

    def _signed(self, value: Decimal, pattern: NumberPattern, currency: str | None = None) -> str:
        text: str = pattern.apply(abs(value), self.locale, currency=currency, currency_digits=False)
        text = CODE_MEETS_DIGIT.sub("\u00a0", text)
        return f"{MINUS}{text}" if value < 0 else text
