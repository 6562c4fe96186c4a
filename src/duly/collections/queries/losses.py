"""Rates of expected loss, and the allowance in the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duly.kernel.sql import fetch_sql, fetch_value

HERE = "duly.collections"


@dataclass(frozen=True, slots=True)
class _Rate:
    bucket: str
    rate: Decimal


def loss_rates(entity_id: int, on: date) -> dict[str, Decimal]:
    """Return the share of each age that is not expected to come in, as of a day."""
    return {row.bucket: row.rate for row in fetch_sql(HERE, "loss/rates.sql", _Rate, entity=entity_id, on=on)}


def booked_allowance(entity_id: int, currency: str, on: date, code: str) -> int:
    """Return the allowance in the books at the end of a day, waiting journals included, as a positive amount."""
    return int(fetch_value(HERE, "loss/booked.sql", entity=entity_id, currency=currency, on=on, code=code))
