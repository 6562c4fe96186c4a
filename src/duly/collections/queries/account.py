"""What stands about one account: disputes, promises, plans, contacts, stops, charges, letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from duly.collections.models import Dispute, Instalment, Plan, Promise
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_sql

HERE = "duly.collections"
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact that was made or came in."""

    id: int
    account_id: int
    channel: str
    direction: str
    purpose: str
    at: datetime
    outcome: str
    note: str
    by_name: str
    allowed: bool | None
    letter_id: int | None


@dataclass(frozen=True, slots=True)
class StopRow:
    """An entry of the stop list."""

    id: int
    party_id: int
    name: str
    kind: str
    channels: list[str]
    reason: str
    until_on: date | None
    placed_at: datetime
    placed_by: str
    lifted_at: datetime | None
    lifted_by: str | None


@dataclass(frozen=True, slots=True)
class Consent:
    """The latest word on a channel."""

    channel: str
    address: str
    state: str
    words: str
    source: str
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class Charge:
    """A late charge with what is still open of it."""

    id: int
    number: str
    kind: str
    about_number: str
    currency: str
    amount_minor: int
    open_minor: int
    charged_on: date
    from_on: date | None
    to_on: date | None
    terms: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer the gate gave."""

    id: int
    channel: str
    purpose: str
    contact_at: datetime
    allowed: bool
    reason: str
    next_allowed_at: datetime | None
    laws: list[str]
    asked_by: str


def dispute(entity_id: int, dispute_id: int) -> Dispute:
    """Return one dispute."""
    return _one(
        "disputes.unknown", fetch_sql(HERE, "read/disputes.sql", Dispute, **_where(entity_id, None, dispute_id))
    )


def disputes_of(entity_id: int, account_id: int) -> list[Dispute]:
    """Return the disputes of an account, newest first."""
    return fetch_sql(HERE, "read/disputes.sql", Dispute, **_where(entity_id, account_id, None))


def promise(entity_id: int, promise_id: int) -> Promise:
    """Return one promise."""
    return _one(
        "promises.unknown", fetch_sql(HERE, "read/promises.sql", Promise, **_where(entity_id, None, promise_id))
    )


def promises_of(entity_id: int, account_id: int) -> list[Promise]:
    """Return the promises of an account, newest first."""
    return fetch_sql(HERE, "read/promises.sql", Promise, **_where(entity_id, account_id, None))


def plan(entity_id: int, plan_id: int) -> Plan:
    """Return one payment plan."""
    return _one("plans.unknown", fetch_sql(HERE, "read/plans.sql", Plan, **_where(entity_id, None, plan_id)))


def plans_of(entity_id: int, account_id: int) -> list[Plan]:
    """Return the payment plans of an account, newest first."""
    return fetch_sql(HERE, "read/plans.sql", Plan, **_where(entity_id, account_id, None))


def instalments_of(entity_id: int, plan_id: int, today: date) -> list[Instalment]:
    """Return the dates of a plan, each with how much of it is covered by what was paid."""
    return fetch_sql(HERE, "read/instalments.sql", Instalment, entity=entity_id, plan=plan_id, today=today)


def contacts_of(entity_id: int, account_id: int, *, limit: int = 50) -> list[Contact]:
    """Return the contacts with an account, newest first."""
    return fetch_sql(HERE, "read/contacts.sql", Contact, entity=entity_id, account=account_id, limit=limit)


def stops(entity_id: int, *, party_id: int | None = None, lifted: bool = False, limit: int = 200) -> list[StopRow]:
    """Return the stop list, newest first; of one party where it is named, with entries lifted where asked for."""
    return fetch_sql(HERE, "read/stops.sql", StopRow, entity=entity_id, party=party_id, lifted=lifted, limit=limit)


def consents_of(entity_id: int, party_id: int) -> list[Consent]:
    """Return the latest word of a person on each channel and address."""
    return fetch_sql(HERE, "read/consents.sql", Consent, entity=entity_id, party=party_id)


def charges_of(entity_id: int, account_id: int) -> list[Charge]:
    """Return the late charges of an account, newest first."""
    return fetch_sql(HERE, "read/charges.sql", Charge, entity=entity_id, account=account_id)


def answers_of(entity_id: int, party_id: int, *, limit: int = 50) -> list[AnswerRow]:
    """Return what the gate answered about a person, newest first."""
    return fetch_sql(HERE, "read/answers.sql", AnswerRow, entity=entity_id, party=party_id, limit=limit)


def _where(entity_id: int, account_id: int | None, one: int | None) -> dict[str, int | None]:
    return {"entity": entity_id, "account": account_id, "id": one}


def _one(code: str, found: list[R]) -> R:
    if not found:
        raise NotFound(code)
    return found[0]
