"""Leaving money or credit on the account for a purpose: a deposit, a prepayment, money about to go back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.receivables.actions.allocations import allocation_batch, unallocate

HERE = "duly.receivables"
Again = Sequence[Sequence[int]]
"""What was settled: debit item, credit item, minor units each; JSON, for an undo keeps it."""


@dataclass(frozen=True, slots=True)
class LockedItem:
    """An item that is ours until commit."""

    id: int
    account_id: int
    amount_minor: int
    open_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Settling:
    """An allocation that stands."""

    id: int
    debit_item_id: int
    credit_item_id: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Id:
    """A row's id."""

    id: int


@action("receivables.on_account")
def put_on_account(item_ids: Sequence[int], *, reason: str, review_on: date, today: date, by: Actor) -> list[int]:
    """Take back what these credits settle and leave them on the account; returns the ids of what is kept so.

    No run uses them until a person releases them; a person may apply them. Refused for debts and for nothing left.
    """
    if not reason.strip():
        raise Refused("receivables.reason_missing")
    ids = sorted(set(item_ids))
    run_sql(HERE, "on_account/1b_lock_settled.sql", entity=by.entity_id, ids=ids)
    locked = fetch_sql(HERE, "on_account/1_lock.sql", LockedItem, entity=by.entity_id, ids=ids)
    if len(locked) < len(ids) or any(item.amount_minor > 0 for item in locked):
        raise Refused("receivables.only_their_money_stays_on_account", items=ids)
    freed = fetch_sql(HERE, "on_account/2_settling.sql", Settling, entity=by.entity_id, ids=ids)
    left_minor = sum(one.amount_minor for one in freed) - sum(item.open_minor for item in locked)
    if not left_minor:
        raise Refused("receivables.nothing_open", items=ids)
    by.require_within_limit("receivables.on_account", left_minor, locked[0].currency)
    if freed:
        unallocate([one.id for one in freed], effective_on=today, by=by)
    placed = keep_on_account(ids, reason=reason, review_on=review_on, by=by)
    accounts = {item.account_id for item in locked}
    act().about("item", ids[0] if len(ids) == 1 else None, account_id=accounts.pop() if len(accounts) == 1 else None)
    act().say(f"{Money(left_minor, locked[0].currency)} put on account: {reason}", items=ids, reason=reason)
    again = [[one.debit_item_id, one.credit_item_id, one.amount_minor] for one in reversed(freed)]
    act().undo_with("receivables.release_on_account", item_ids=ids, again=again)
    return placed


def keep_on_account(item_ids: Sequence[int], *, reason: str, review_on: date, by: Actor) -> list[int]:
    """Step: keep what is open of these credits from being used by a run; what they settle stays. Returns new rows."""
    placed = fetch_sql(
        HERE,
        "on_account/3_place.sql",
        Id,
        entity=by.entity_id,
        ids=list(item_ids),
        reason=reason,
        review_on=review_on,
        by=by.name,
        at=clock.now(),
    )
    return [row.id for row in placed]


@action("receivables.on_account", name="receivables.release_on_account")
def release_on_account(item_ids: Sequence[int], *, again: Again = (), today: date, by: Actor) -> int:
    """Let runs use these credits again; `again` is settled anew as far as it still can be. Returns how many."""
    ids = sorted(set(item_ids))
    released = run_sql(HERE, "on_account/4_release.sql", entity=by.entity_id, ids=ids, at=clock.now(), by=by.name)
    settle_again(again, reason="taken off account", today=today, by=by)
    act().say(f"{released} credit{'' if released == 1 else 's'} free to be used again", items=ids)
    act().quiet = not released and not again
    return released


def settle_again(again: Again, *, reason: str, today: date, by: Actor) -> None:
    """Step: settle what was settled before a correction was undone, as far as both sides still bear it."""
    if not again:
        return
    with allocation_batch(entity_id=by.entity_id, effective_on=today, by=by):
        run_sql(
            HERE,
            "on_account/stage_again.sql",
            entity=by.entity_id,
            debits=[one[0] for one in again],
            credits=[one[1] for one in again],
            amounts_minor=[one[2] for one in again],
            reason=reason,
        )
