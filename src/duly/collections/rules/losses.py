"""What ages call for. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duly.kernel.money import round_minor

BUCKETS = ("not_due", "d1_30", "d31_60", "d61_90", "over_90")


@dataclass(frozen=True, slots=True)
class Required:
    """The allowance called for, and how it came about: (age, owed, rate, allowance)."""

    total_minor: int
    rows: tuple[tuple[str, int, Decimal, int], ...]


def required(owed_minor: Sequence[int], rates: Mapping[str, Decimal]) -> Required:
    """Return each age's owed amount (minor units) times its rate; an age without a rate loses nothing."""
    rows = []
    for bucket, minor in zip(BUCKETS, owed_minor, strict=True):
        rate = rates.get(bucket, Decimal(0))
        rows.append((bucket, minor, rate, round_minor(max(minor, 0) * rate)))
    return Required(sum(row[3] for row in rows), tuple(rows))
