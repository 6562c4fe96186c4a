"""Decisions about charges, documents and runs. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from duly.kernel.days import business_days_after
from duly.kernel.money import currency_digits, round_minor

__all__ = ["CHUNK_ACCOUNTS", "DECIDE_WITHIN_DAYS", "business_days_after", "differences", "net_of"]

DECIDE_WITHIN_DAYS = 2
"""Business days in which a held account or a surprise is to be decided."""

CHUNK_ACCOUNTS = 4_000
"""Accounts per transaction of a run: large enough to be fast, small enough that clerks never wait."""


def net_of(quantity: Decimal, unit_price: Decimal, currency: str) -> int:
    """Return quantity x unit price (major units) in minor units, half up."""
    return round_minor((quantity * unit_price).scaleb(currency_digits(currency)))


def differences(
    expected: Mapping[str, int],
    billed: Mapping[str, int],
    held: Mapping[str, int],
    elsewhere: Mapping[str, int],
) -> dict[str, int]:
    """Return per currency what expected - (billed + held + billed elsewhere) leaves over, in minor units."""
    found = {
        currency: expected.get(currency, 0)
        - billed.get(currency, 0)
        - held.get(currency, 0)
        - elsewhere.get(currency, 0)
        for currency in sorted({*expected, *billed, *held, *elsewhere})
    }
    return {currency: minor for currency, minor in found.items() if minor}
