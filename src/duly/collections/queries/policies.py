"""Policies, law packs and agencies as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_sql

HERE = "duly.collections"


@dataclass(frozen=True, slots=True)
class Policy:
    """How a segment is reminded; steps are JSON objects."""

    id: int
    segment: str
    name: str
    currency: str
    min_minor: int
    letter_gap_days: int
    pay_in_days: int
    money_wait_days: int
    promise_grace_days: int
    late_law: str
    valid_from: date
    made_by: str
    steps: Any


@dataclass(frozen=True, slots=True)
class LawRow:
    """A rule of a law pack with its source."""

    id: int
    pack: str
    code: str
    kind: str
    person_kinds: list[str]
    countries: list[str]
    regions: list[str]
    channels: list[str]
    purposes: list[str]
    params: Any
    source: str
    active: bool
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency with what it has of ours in a currency."""

    id: int
    name: str
    email: str
    reference: str
    currency: str
    accounts: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Handover:
    """What an agency was given of an account."""

    id: int
    batch_id: int
    agency: str
    account_number: str
    name: str
    currency: str
    amount_minor: int
    items: int
    state: str
    handed_on: date
    reason: str
    recalled_on: date | None
    recalled_why: str
    by_name: str


def policies(entity_id: int) -> list[Policy]:
    """Return the policy of each segment."""
    return fetch_sql(HERE, "read/policies.sql", Policy, entity=entity_id)


def policy_of(entity_id: int, segment: str) -> Policy:
    """Return a segment's policy."""
    for found in policies(entity_id):
        if found.segment == segment:
            return found
    raise NotFound("policies.unknown", segment=segment)


def law_rows(entity_id: int) -> list[LawRow]:
    """Return every rule of every law pack, ended and switched off ones too."""
    return fetch_sql(HERE, "read/laws.sql", LawRow, entity=entity_id)


def agencies(entity_id: int) -> list[Agency]:
    """Return the agencies."""
    return fetch_sql(HERE, "read/agencies.sql", Agency, entity=entity_id)


def handovers(entity_id: int, *, account_id: int | None = None, limit: int = 200) -> list[Handover]:
    """Return what was handed over, newest first."""
    return fetch_sql(HERE, "read/handovers.sql", Handover, entity=entity_id, account=account_id, limit=limit)
