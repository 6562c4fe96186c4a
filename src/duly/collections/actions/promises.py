"""Promises to pay: dated expectations that hold reminders back until their day, judged by the money received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.collections.models import PROMISE_STATES
from duly.collections.queries.account import promise
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.collections"


@dataclass(frozen=True, slots=True)
class NewPromise:
    """What somebody said they would pay (minor units of the account's currency), and by when."""

    account_id: int
    amount_minor: int
    promised_on: date
    made_with: str = ""
    note: str = ""


@action("promises.make")
def make_promise(wanted: NewPromise, *, today: date, by: Actor) -> int:
    """Note what somebody said they would pay by a day; returns the promise.

    Until its day and the policy's grace are over the account is not reminded.
    """
    if wanted.promised_on < today:
        raise Refused("promises.day_past", promised=wanted.promised_on.isoformat())
    if wanted.amount_minor <= 0:
        raise Refused("promises.amount_missing", amount_minor=wanted.amount_minor)
    made = fetch_value(
        HERE,
        "promises/make.sql",
        entity=by.entity_id,
        account=wanted.account_id,
        amount=wanted.amount_minor,
        promised_on=wanted.promised_on,
        on=today,
        made_with=wanted.made_with,
        note=wanted.note,
        owner=by.user_id,
        by=by.name,
        at=clock.now(),
    )
    if made is None:
        raise Refused("promises.nothing_owed", account=wanted.account_id)
    found = promise(by.entity_id, int(made))
    act().about("promise", found.id, account_id=wanted.account_id)
    act().say(f"Promised {Money(wanted.amount_minor, found.currency)} by {wanted.promised_on}", promise=found.id)
    act().undo_with("promises.withdraw", promise_id=found.id, why="entered by mistake")
    return found.id


@action("promises.make", name="promises.withdraw")
def withdraw_promise(promise_id: int, *, why: str, by: Actor) -> None:
    """Take a promise back that still runs; it counts as neither kept nor broken."""
    found = promise(by.entity_id, promise_id)
    moved = run_sql(
        HERE,
        "promises/move.sql",
        entity=by.entity_id,
        id=promise_id,
        target="withdrawn",
        sources=PROMISE_STATES.sources_of("withdrawn"),
        why=why,
    )
    if not moved:
        raise Refused("promise.cannot_become_withdrawn", promise=promise_id, state=found.state)
    act().about("promise", promise_id, account_id=found.account_id)
    act().say(f"Promise of {Money(found.amount_minor, found.currency)} withdrawn: {why}")


@action("promises.make", name="promises.see")
def see_promise(promise_id: int, *, by: Actor) -> None:
    """Note that somebody looked at a broken promise; it no longer waits as work."""
    found = promise(by.entity_id, promise_id)
    if not run_sql(HERE, "promises/see.sql", entity=by.entity_id, id=promise_id, by=by.name):
        raise Refused("promises.not_waiting", promise=promise_id, state=found.state)
    act().about("promise", promise_id, account_id=found.account_id)
    act().say(f"Broken promise of {Money(found.amount_minor, found.currency)} looked at")
