"""Money as whole minor units of one currency. No float ever reaches an amount.

Digits per currency are those of ISO 4217 (list one); currencies not named here have two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

ZERO_DIGITS = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV"]
    + ["XAF", "XOF", "XPF"]
)
THREE_DIGITS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
FOUR_DIGITS = frozenset(["CLF", "UYW"])
MAX_MINOR = 2**63 - 1


def currency_digits(currency: str) -> int:
    """Return how many decimals the currency has (ISO 4217): JPY 0, EUR 2, KWD 3."""
    if currency in ZERO_DIGITS:
        return 0
    if currency in THREE_DIGITS:
        return 3
    return 4 if currency in FOUR_DIGITS else 2


def round_minor(amount: Decimal) -> int:
    """Round an amount in minor units half up, away from zero (EN 16931 arithmetic); the one rounding rule."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_minor(amount: Decimal | str | int, currency: str, *, exact: bool = True) -> int:
    """Turn an amount in major units into minor units; with `exact`, refuse digits the currency lacks."""
    try:
        value = Decimal(str(amount))
    except InvalidOperation as error:
        raise ValueError(f"{amount!r} is not an amount") from error
    if not value.is_finite():
        raise ValueError(f"{amount!r} is not an amount")
    scaled = value.scaleb(currency_digits(currency))
    if exact and scaled != scaled.to_integral_value():
        raise ValueError(f"{amount} has more decimals than {currency} has")
    if abs(scaled) > MAX_MINOR:
        raise ValueError(f"{amount} is larger than the books can hold")
    return round_minor(scaled)


def to_major(minor: int, currency: str) -> Decimal:
    """Return the amount in major units as an exact Decimal with the currency's digits."""
    return Decimal(minor).scaleb(-currency_digits(currency))


def format_minor(minor: int, currency: str, *, grouping: bool = True) -> str:
    """Write minor units plainly: 1234567 EUR -> '12,345.67'; no currency sign, ASCII minus."""
    return format(to_major(minor, currency), ",f" if grouping else "f")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of a currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units must be int, not {self.minor!r}")

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same_currency(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same_currency(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __str__(self) -> str:
        return f"{format_minor(self.minor, self.currency)} {self.currency}"

    def _same_currency(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")
        return other.minor


def split_minor(total_minor: int, weights: Sequence[int]) -> list[int]:
    """Share `total_minor` by `weights` with largest remainders; the parts add up exactly, mirrored for negatives.

    Ties go to the earlier part, so the same input always gives the same split.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative and add up to more than zero")
    sign, size = (-1 if total_minor < 0 else 1), abs(total_minor)
    parts = [size * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % whole), i))
    for i in by_remainder[: size - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]
