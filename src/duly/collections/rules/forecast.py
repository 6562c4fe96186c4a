"""From sums and variances to what cash to expect in a week, with its band. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

Z50, Z90 = 0.674490, 1.644854
"""How many standard deviations hold the middle half, and the middle nine tenths, of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the accounts of a currency are expected to pay in a week: means by source, and the variance of their sum."""

    week_on: date
    currency: str
    habits_minor: int
    promises_minor: int
    plans_minor: int
    variance: float
    most_minor: int


@dataclass(frozen=True, slots=True)
class Week:
    """Expected cash of one week, in minor units: the mean, the 50 % and the 90 % band, and where it comes from."""

    week_on: date
    currency: str
    expected_minor: int
    low50_minor: int
    high50_minor: int
    low90_minor: int
    high90_minor: int
    habits_minor: int
    promises_minor: int
    plans_minor: int


def week_of(sums: Sums) -> Week:
    """Return the week with its bands; cash is never below nothing, nor above all that could come."""
    mean = sums.habits_minor + sums.promises_minor + sums.plans_minor
    spread = sqrt(max(sums.variance, 0.0))

    def bounded(deviations: float) -> int:
        return min(max(round(mean + deviations * spread), 0), max(sums.most_minor, mean))

    return Week(
        sums.week_on,
        sums.currency,
        mean,
        bounded(-Z50),
        bounded(Z50),
        bounded(-Z90),
        bounded(Z90),
        sums.habits_minor,
        sums.promises_minor,
        sums.plans_minor,
    )


def weeks_of(sums: Sequence[Sums]) -> list[Week]:
    """Return every week with its bands."""
    return [week_of(each) for each in sums]
