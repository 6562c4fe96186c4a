"""Moving an open item, or a part of it, to another account: debt or credit, without touching what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze, door
from duly.kernel.money import Money
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.ledger.actions import posting_batch
from duly.receivables.actions.allocations import BadAllocation, allocation_batch, unallocate
from duly.receivables.actions.items import item_batch
from duly.receivables.actions.numbers import number_batch

HERE = "duly.receivables"

STAGED = {
    "staged_transfer": """
        transfer_id bigint not null default nextval('receivables_transfer_id_seq'),
        item_id bigint not null,
        to_account_id bigint not null,
        amount_minor bigint,
        reverses_id bigint,
        out_item_id bigint not null default nextval('receivables_item_id_seq'),
        in_item_id bigint not null default nextval('receivables_item_id_seq'),
        from_account_id bigint,
        gl_account_id int,
        currency char(3),
        side int,
        due_on date,
        effective_on date""",
}


@dataclass(frozen=True, slots=True)
class Transfer:
    """So much (minor units, above zero; None: all that is open) of an item is to stand on another account."""

    item_id: int
    to_account_id: int
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Transferred:
    """A transfer just made; the amount has the sign of the item (owed to us positive)."""

    id: int
    from_account_id: int
    to_account_id: int
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A transfer that is to be taken back, and what is left of it on the other account."""

    id: int
    in_item_id: int
    from_account_id: int
    amount_minor: int
    left_minor: int
    currency: str
    allocation_id: int | None


@action("receivables.transfer")
def transfer(moves: Sequence[Transfer], *, reason: str, today: date, by: Actor) -> list[int]:
    """Move open items to other accounts of the same currency; returns the transfers' ids. One act, one undo.

    Refuses more than is open, a closed account, another currency, an amount above the actor's limit. Due days stay.
    """
    made = move_items(moves, reason=reason, today=today, by=by)
    for one in made:
        by.require_within_limit("receivables.transfer", one.amount_minor, one.currency)
    return [one.id for one in made]


def move_items(moves: Sequence[Transfer], *, reason: str, today: date, by: Actor) -> list[Transferred]:
    """Step: transfers as part of an act that has checked its own limit; numbers are taken, so it comes last."""
    if not reason.strip():
        raise Refused("receivables.reason_missing")
    with _transfers(reason, today, by):
        run_sql(
            HERE,
            "transfer/stage.sql",
            items=[move.item_id for move in moves],
            accounts=[move.to_account_id for move in moves],
            amounts_minor=[move.amount_minor for move in moves],
        )
    made = fetch_sql(HERE, "transfer/staged.sql", Transferred)
    current = act()
    current.about("transfer", made[0].id if len(made) == 1 else None, account_id=made[0].from_account_id)
    said = Money(sum(abs(one.amount_minor) for one in made), made[0].currency)
    where = "another account" if len({one.to_account_id for one in made}) == 1 else "other accounts"
    current.say(
        f"{said} moved to {where}: {reason}",
        transfers=[one.id for one in made],
        to_accounts=sorted({one.to_account_id for one in made}),
        reason=reason,
    )
    current.undo_with("receivables.take_transfers_back", transfer_ids=[one.id for one in made])
    return made


@action("receivables.transfer", name="receivables.take_transfers_back")
def take_transfers_back(transfer_ids: Sequence[int], *, reason: str = "undone", today: date, by: Actor) -> int:
    """Bring what these transfers moved back whole; returns how many. What they settled before is not settled again.

    Refused when one was taken back already, or when what it moved is used on the other account: free it there first.
    """
    ids = sorted(set(transfer_ids))
    run_sql(HERE, "transfer/back_1_lock.sql", entity=by.entity_id, ids=ids)
    standing = fetch_sql(HERE, "transfer/back_2_standing.sql", Standing, entity=by.entity_id, ids=ids)
    if len(standing) < len(ids):
        raise Refused("receivables.transfer_taken_back_already", transfers=ids)
    for one in standing:
        if one.left_minor < one.amount_minor:
            raise Refused(
                "receivables.transfer_is_used",
                transfer=one.id,
                left_minor=one.left_minor,
                wanted_minor=one.amount_minor,
                currency=one.currency,
            )
    if settled := [one.allocation_id for one in standing if one.allocation_id]:
        unallocate(settled, effective_on=today, by=by)
    with _transfers(reason, today, by):
        run_sql(HERE, "transfer/back_3_stage.sql", entity=by.entity_id, ids=ids)
    act().about("transfer", ids[0] if len(ids) == 1 else None, account_id=standing[0].from_account_id)
    act().say(f"{len(ids)} transfer{'s' if len(ids) > 1 else ''} taken back: {reason}", transfers=ids, reason=reason)
    return len(ids)


def _transfers(reason: str, today: date, actor: Actor) -> AbstractContextManager[None]:
    return door(STAGED, lambda: _take_in(reason, today, actor))


def _take_in(reason: str, today: date, actor: Actor) -> None:
    entity = actor.entity_id
    run_sql(HERE, "transfer/1_lock.sql", entity=entity)
    run_sql(HERE, "transfer/2_complete.sql", entity=entity, today=today)
    if bad := fetch_sql(HERE, "transfer/3_find_bad.sql", BadAllocation, entity=entity):
        first = bad[0]
        raise Refused(
            f"receivables.{first.problem}",
            item=first.item_id,
            open_minor=first.open_minor,
            wanted_minor=first.wanted_minor,
        )
    run_sql(
        HERE,
        "transfer/4_write.sql",
        entity=entity,
        reason=reason,
        by_id=actor.user_id,
        by_name=actor.name,
        at=clock.now(),
    )
    with item_batch():
        run_sql(HERE, "transfer/5_stage_items.sql", entity=entity)
    with posting_batch():
        run_sql(HERE, "transfer/6_stage_entries.sql", entity=entity, reason=reason, actor=actor.user_id)
        analyze("staged_entry")
        run_sql(HERE, "transfer/7_stage_postings.sql", entity=entity)
    with allocation_batch(entity_id=entity, effective_on=today, by=actor):
        run_sql(HERE, "transfer/8_stage_allocations.sql", entity=entity)
    with number_batch(entity):
        run_sql(HERE, "transfer/9_stage_numbers.sql", entity=entity)
