"""Reading refunds: the list, one with its money and checks, the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from duly.access.queries import policy
from duly.kernel import crypto
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value
from duly.payments.disputes import disputes_of
from duly.payments.models import Refund, RefundCheck, RefundFile, RefundItem
from duly.payments.rules.refunds import Check, Origin, RefundFacts, check_refund

HERE = "duly.payments"
PAGE = 50


@dataclass(frozen=True, slots=True)
class RefundTab:
    """How many refunds stand in a state, and their money in one currency."""

    state: str
    currency: str
    refunds: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class _Facts:
    amount_minor: int
    money_minor: int
    claimed_minor: int
    strange_items: int
    origins: list[dict[str, Any]]
    to_hash: str
    to_last4: str
    to_own_party: bool
    to_payments_seen: int
    to_first_seen_on: date
    to_in_force_from: date | None
    changed_on: date | None
    change_waiting: bool
    twins: list[dict[str, Any]]
    sharers: int
    holds: list[str]


def refund(entity_id: int, refund_id: int) -> Refund:
    """Return one refund."""
    found = _refunds(entity_id, ids=[refund_id], limit=1)
    if not found:
        raise NotFound("refunds.unknown", refund=refund_id)
    return found[0]


def refund_by_number(entity_id: int, number: str) -> Refund:
    """Return the refund of a number (RFD-...)."""
    found = _refunds(entity_id, number=number.strip().upper(), limit=1)
    if not found:
        raise NotFound("refunds.unknown", refund=number)
    return found[0]


def refunds(
    entity_id: int,
    *,
    states: Sequence[str] | None = None,
    account_id: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> list[Refund]:
    """Return refunds, newest first, of some states or of an account; `before` is the id of the last one shown."""
    return _refunds(
        entity_id, states=None if states is None else list(states), account_id=account_id, before=before, limit=limit
    )


def refunds_by_id(entity_id: int, refund_ids: Sequence[int]) -> list[Refund]:
    """Return these refunds, oldest first."""
    return _refunds(entity_id, ids=list(refund_ids), limit=len(refund_ids) or 1)[::-1]


def _refunds(  # noqa: PLR0913  one statement answers all lists
    entity_id: int,
    *,
    ids: list[int] | None = None,
    number: str | None = None,
    states: list[str] | None = None,
    account_id: int | None = None,
    before: int | None = None,
    limit: int,
) -> list[Refund]:
    return fetch_sql(
        HERE,
        "refund/list.sql",
        Refund,
        entity=entity_id,
        ids=ids,
        number=number,
        states=states,
        account=account_id,
        before=before,
        limit=limit,
    )


def refund_tabs(entity_id: int) -> list[RefundTab]:
    """Return how many refunds and how much money stand where."""
    return fetch_sql(HERE, "refund/tabs.sql", RefundTab, entity=entity_id)


def checks_of(entity_id: int, refund_id: int) -> list[RefundCheck]:
    """Return every check of a refund as it was made, oldest first."""
    return fetch_sql(HERE, "refund/checks.sql", RefundCheck, entity=entity_id, id=refund_id)


def money_of(entity_id: int, refund_id: int) -> list[RefundItem]:
    """Return which money a refund gives back."""
    return fetch_sql(HERE, "refund/money.sql", RefundItem, entity=entity_id, id=refund_id)


def refund_files(entity_id: int, *, limit: int = PAGE) -> list[RefundFile]:
    """Return payment files, newest first."""
    return fetch_sql(HERE, "refund/files.sql", RefundFile, entity=entity_id, id=None, limit=limit)


def refund_file(entity_id: int, file_id: int) -> RefundFile:
    """Return one payment file."""
    found = fetch_one(HERE, "refund/files.sql", RefundFile, entity=entity_id, id=file_id, limit=1)
    if found is None:
        raise NotFound("refunds.unknown_file", file=file_id)
    return found


def file_content(entity_id: int, file_id: int) -> bytes:
    """Return a payment file as it was made; for the person who hands it to the bank."""
    sealed = fetch_value(HERE, "refund/file_content.sql", entity=entity_id, id=file_id)
    if sealed is None:
        raise NotFound("refunds.unknown_file", file=file_id)
    return crypto.decrypt(bytes(sealed)).encode()


def look_at(entity_id: int, refund_id: int, today: date) -> list[Check]:
    """Make every check of a refund on what is known now; keeps nothing."""
    row = fetch_one(
        HERE,
        "refund/facts.sql",
        _Facts,
        entity=entity_id,
        id=refund_id,
        today=today,
        twin_days=int(policy(entity_id, "refunds.twin_days", today)),
    )
    if row is None:
        raise NotFound("refunds.unknown", refund=refund_id)
    values = {name: getattr(row, name) for name in _Facts.__dataclass_fields__ if name != "origins"}
    facts = RefundFacts(**values, origins=[Origin(**one) for one in row.origins])
    account_id = refund(entity_id, refund_id).account_id
    facts = replace(facts, disputes=disputes_of(entity_id, account_id))
    return check_refund(facts, today=today, quiet_days=int(policy(entity_id, "refunds.quiet_days", today)))
