"""Closing a period, and opening it again by a second person."""

from __future__ import annotations

from datetime import date

from duly.events.sealing import seal_events
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotAllowed, Refused
from duly.kernel.sql import fetch_value, run_sql
from duly.ledger.closing import checklist
from duly.ledger.models import PERIOD_STATES
from duly.ledger.queries import period, periods
from duly.ledger.sealing import seal_ledger

HERE = "duly.ledger"


@action("ledger.close")
def close_period(period_id: int, *, today: date, by: Actor) -> str:
    """Close a period once everything on the checklist ties; returns the hash that binds its trial balance.

    Refuses a period that is not over, or with the names of all lines that are still red.
    """
    wanted = period(by.entity_id, period_id)
    PERIOD_STATES.require(wanted.state, "closed")
    if wanted.ends_on >= today:
        raise Refused("ledger.period_not_over", period=f"{wanted.starts_on:%Y-%m}", ends_on=wanted.ends_on)
    _claim(by.entity_id, period_id, "open")
    at = clock.now()
    seal_ledger(at)
    seal_events(at)
    red = [item for item in checklist(by.entity_id, wanted) if not item.ties]
    if red:
        raise Refused(
            "ledger.period_does_not_tie",
            period=f"{wanted.starts_on:%Y-%m}",
            red=[item.name for item in red],
            open=[sentence for item in red for sentence in item.open[:5]],
        )
    run_sql(HERE, "close/2_snapshot.sql", entity=by.entity_id, id=period_id)
    closed_hash = str(
        fetch_value(
            HERE,
            "close/3_close.sql",
            entity=by.entity_id,
            id=period_id,
            at=at,
            by=by.user_id,
            by_name=by.name,
        )
    )
    act().about("period", period_id)
    act().say(f"{wanted.starts_on:%B %Y} closed", hash=closed_hash, ends_on=wanted.ends_on.isoformat())
    return closed_hash


@action("ledger.reopen")
def reopen_period(period_id: int, *, reason: str, by: Actor) -> None:
    """Open a closed period again; a second person does it than the one who closed, and the latest closed one
    first."""
    wanted = period(by.entity_id, period_id)
    PERIOD_STATES.require(wanted.state, "open")
    if not reason.strip():
        raise Refused("ledger.reason_missing")
    if wanted.closed_by == by.user_id:
        raise NotAllowed("ledger.closer_cannot_reopen", closed_by=wanted.closed_by_name)
    later = [p for p in periods(by.entity_id) if p.state == "closed" and p.starts_on > wanted.ends_on]
    if later:
        raise Refused("ledger.later_period_is_closed", period=f"{later[-1].starts_on:%Y-%m}")
    _claim(by.entity_id, period_id, "closed")
    run_sql(HERE, "close/drop_snapshot.sql", entity=by.entity_id, id=period_id)
    run_sql(HERE, "close/reopen.sql", entity=by.entity_id, id=period_id)
    act().about("period", period_id)
    act().say(f"{wanted.starts_on:%B %Y} opened again: {reason}", reason=reason, closed_by=wanted.closed_by_name)


def _claim(entity_id: int, period_id: int, state: str) -> None:
    if fetch_value(HERE, "close/1_claim_period.sql", entity=entity_id, id=period_id, state=state) is None:
        raise Refused("ledger.period_changed_meanwhile", period=period_id)
