"""The completeness certificate: expected = billed + nothing due + held (+ elsewhere), in count and money."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from duly.invoicing.models import from_json
from duly.invoicing.rules import differences
from duly.kernel import clock
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_one, fetch_sql, run_sql

HERE = "duly.invoicing"


@dataclass(frozen=True, slots=True)
class Totals:
    """What the chunks say and what the documents and items themselves add up to."""

    chunks_left: int
    expected_accounts: int
    billed_accounts: int
    held_accounts: int
    nothing_due: int
    elsewhere_accounts: int
    documents: int
    expected_net: dict[str, int]
    billed_net: dict[str, int]
    held_net: dict[str, int]
    elsewhere_net: dict[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """One account for which what was billed is not what was expected."""

    account_id: int
    currency: str
    state: str
    expected_minor: int
    billed_minor: int
    reason: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """The proof of a run; `adds_up` is False when an account or a minor unit is unexplained."""

    adds_up: bool
    expected_accounts: int
    billed_accounts: int
    nothing_due: int
    held_accounts: int
    elsewhere_accounts: int
    documents: int
    expected_net: dict[str, int]
    billed_net: dict[str, int]
    held_net: dict[str, int]
    elsewhere_net: dict[str, int]
    off_by: dict[str, int]
    differences: list[dict[str, Any]] = field(default_factory=list)


def totals_of(entity_id: int, run_id: int, account_ids: Sequence[int] | None) -> Totals:
    """Count what the run expected (frozen when planned) and what became of it, from the rows themselves."""
    ids = None if account_ids is None else list(account_ids)
    found = fetch_one(HERE, "run/certify.sql", Totals, entity=entity_id, run=run_id, account_ids=ids)
    assert found is not None
    nets = ("expected_net", "billed_net", "held_net", "elsewhere_net")
    return replace(found, **{name: from_json(getattr(found, name)) for name in nets})


def drawn_up(entity_id: int, run_id: int, totals: Totals) -> Certificate:
    """Draw up the certificate from a run's totals; accounts that differ are listed when it does not add up."""
    off_by = differences(totals.expected_net, totals.billed_net, totals.held_net, totals.elsewhere_net)
    counted = totals.billed_accounts + totals.nothing_due + totals.held_accounts + totals.elsewhere_accounts
    adds_up = not off_by and counted == totals.expected_accounts
    listed = (
        []
        if adds_up
        else [asdict(row) for row in fetch_sql(HERE, "run/differences.sql", Difference, entity=entity_id, run=run_id)]
    )
    facts = {name: getattr(totals, name) for name in Totals.__slots__ if name != "chunks_left"}
    return Certificate(adds_up=adds_up, off_by=off_by, differences=listed, **facts)


def certify(
    entity_id: int, run_id: int, account_ids: Sequence[int] | None = None, *, approved_by: Actor | None = None
) -> Certificate:
    """Store the certificate; only when every account and minor unit is explained is the run called issued.

    `account_ids` are those the run is limited to.
    """
    certificate = drawn_up(entity_id, run_id, totals_of(entity_id, run_id, account_ids))
    run_sql(
        HERE,
        "run/store_certificate.sql",
        entity=entity_id,
        run=run_id,
        at=clock.now(),
        certificate=json.dumps(asdict(certificate)),
        state="issued" if certificate.adds_up else "issuing",
        approver=approved_by.user_id if approved_by else None,
        approver_name=approved_by.name if approved_by else None,
    )
    return certificate
