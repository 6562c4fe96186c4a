"""Disputes of a part of an item: that part rests in dunning, interest and forecast; the rest goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.collections.models import DISPUTE_STATES, Dispute
from duly.collections.queries.account import dispute
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.collections"
OUTCOMES = {"ours": "resolved_ours", "theirs": "resolved_theirs", "withdrawn": "withdrawn"}


@dataclass(frozen=True, slots=True)
class NewDispute:
    """So much of an item (minor units), or one line of its invoice, is not agreed; somebody answers by `due_on`."""

    item_id: int
    amount_minor: int
    reason: str
    due_on: date
    line: int | None = None
    note: str = ""


@action("disputes.edit", name="disputes.open")
def open_dispute(wanted: NewDispute, *, today: date, by: Actor) -> int:
    """Note that a part of an open item is not agreed; returns the dispute. Refuses more than is open and undisputed."""
    if not wanted.reason.strip():
        raise Refused("disputes.needs_reason")
    made = fetch_value(
        HERE,
        "disputes/open.sql",
        entity=by.entity_id,
        item=wanted.item_id,
        amount=wanted.amount_minor,
        line=wanted.line,
        reason=wanted.reason,
        note=wanted.note,
        owner=by.user_id,
        on=today,
        due_on=wanted.due_on,
        by=by.name,
        at=clock.now(),
    )
    if made is None:
        raise Refused("disputes.more_than_open", item=wanted.item_id, wanted_minor=wanted.amount_minor)
    found = dispute(by.entity_id, int(made))
    act().about("dispute", found.id, account_id=found.account_id)
    act().say(
        f"{Money(wanted.amount_minor, found.currency)} of {found.number} disputed: {wanted.reason}", dispute=found.id
    )
    act().undo_with("disputes.close", dispute_id=found.id, outcome="withdrawn", note="opened by mistake")
    return found.id


@action("disputes.edit", name="disputes.close")
def close_dispute(dispute_id: int, *, outcome: str, note: str, today: date, by: Actor) -> Dispute:
    """Close a dispute: `ours` (the amount is owed after all, with its interest), `theirs` (it is not: credit it), or
    `withdrawn` by who raised it.
    """
    if outcome not in OUTCOMES:
        raise Refused("disputes.outcome_unknown", outcome=outcome, known=", ".join(OUTCOMES))
    found = dispute(by.entity_id, dispute_id)
    target = OUTCOMES[outcome]
    if not _move(found, target, today, note, by):
        raise Refused(f"dispute.cannot_become_{target}", dispute=dispute_id, state=found.state)
    act().about("dispute", dispute_id, account_id=found.account_id)
    act().say(f"Dispute of {found.number} closed, {target.replace('_', ' ')}: {note}", dispute=dispute_id)
    act().undo_with("disputes.reopen", dispute_id=dispute_id)
    return dispute(by.entity_id, dispute_id)


@action("disputes.edit", name="disputes.reopen")
def reopen_dispute(dispute_id: int, *, by: Actor) -> None:
    """Open a dispute again that was closed."""
    found = dispute(by.entity_id, dispute_id)
    if not _move(found, "open", None, "", by):
        raise Refused("dispute.cannot_become_open", dispute=dispute_id, state=found.state)
    act().about("dispute", dispute_id, account_id=found.account_id)
    act().say(f"Dispute of {found.number} is open again")


def _move(found: Dispute, target: str, on: date | None, outcome: str, by: Actor) -> bool:
    return bool(
        run_sql(
            HERE,
            "disputes/move.sql",
            entity=by.entity_id,
            id=found.id,
            target=target,
            sources=DISPUTE_STATES.sources_of(target),
            on=on,
            by=by.name,
            outcome=outcome,
        )
    )
