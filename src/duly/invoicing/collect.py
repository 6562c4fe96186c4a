"""Who says what is to be billed: collectors of the capabilities above, called for a range of accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CollectScope:
    """The accounts (ids, both ends included) and the day through which everything due is to be staged."""

    entity_id: int
    first_account_id: int
    last_account_id: int
    through_on: date
    account_ids: list[int] | None = None


Collector = Callable[[CollectScope], None]
"""Stages every charge due (staged_charge) and what it expects per account and currency (staged_expected)."""

COLLECTORS: list[Collector] = []
