"""Settling items against items. Rows are only added; taking one back writes its mirror."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze, door
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.ledger.actions import posting_batch, reverse_entries

HERE = "duly.receivables"

STAGED = {
    "staged_allocation": """
        entity_id int not null,
        allocation_id bigint not null default nextval('receivables_allocation_id_seq'),
        debit_item_id bigint not null,
        credit_item_id bigint not null,
        amount_minor bigint not null check (amount_minor > 0),
        reason text not null default '',
        evidence jsonb""",
}


@dataclass(frozen=True, slots=True)
class BadAllocation:
    """A staged allocation that the items do not bear: too much, wrong sign, other currency, unknown item."""

    problem: str
    item_id: int
    open_minor: int | None
    wanted_minor: int | None


@contextmanager
def allocation_batch(*, entity_id: int, effective_on: date, by: Actor) -> Iterator[None]:
    """Open staged_allocation; at the end the items are settled by it, or all is refused.

    Items are locked in id order. Refuses when an item has less open than asked for, when currencies or
    accounts
    differ, or when the sides are not one item owed to us and one owed by us. Where the two items sit on
    different control accounts
    (unapplied cash against receivables) the ledger entry that moves the money is posted with it.
    """

    def take_in() -> None:
        settle_staged(entity_id, effective_on, by)

    with door(STAGED, take_in):
        yield


def settle_staged(entity_id: int, effective_on: date, by: Actor) -> None:
    """Step: lock, check, write the allocations and move the items towards zero."""
    run_sql(HERE, "allocate/1_lock_items.sql", entity=entity_id)
    if bad := fetch_sql(HERE, "allocate/2_find_bad.sql", BadAllocation, entity=entity_id):
        first = bad[0]
        raise Refused(
            f"receivables.{first.problem}",
            item=first.item_id,
            open_minor=first.open_minor,
            wanted_minor=first.wanted_minor,
        )
    written = run_sql(HERE, "allocate/3_write.sql", entity=entity_id, effective_on=effective_on, actor=by.user_id)
    if written:
        run_sql(HERE, "allocate/4_move_items.sql", entity=entity_id)
        with posting_batch():
            run_sql(HERE, "allocate/5_stage_entries.sql", entity=entity_id, actor=by.user_id)
            analyze("staged_entry")
            run_sql(HERE, "allocate/6_stage_postings.sql", entity=entity_id)


@action("receivables.unallocate")
def unallocate(allocation_ids: Sequence[int], *, effective_on: date, by: Actor) -> int:
    """Take allocations back, whole: mirror rows, items open again, mirror entries. Returns how many were
    taken back.

    An allocation already taken back is left alone; refused when none of them is there to take back.
    """
    ids = list(allocation_ids)
    run_sql(HERE, "allocate/lock_items_of.sql", entity=by.entity_id, ids=ids)
    taken = run_sql(
        HERE,
        "allocate/write_mirrors.sql",
        entity=by.entity_id,
        ids=ids,
        effective_on=effective_on,
        actor=by.user_id,
    )
    if not taken:
        raise Refused("receivables.nothing_to_unallocate", allocations=ids)
    run_sql(HERE, "allocate/reopen_items.sql", entity=by.entity_id, ids=ids, effective_on=effective_on)
    reverse_entries(
        by.entity_id,
        "allocation",
        ids,
        as_kind="allocation_undone",
        effective_on=effective_on,
        actor_id=by.user_id,
    )
    act().say(f"{taken} allocation{'s' if taken > 1 else ''} taken back", allocations=ids)
    return taken
