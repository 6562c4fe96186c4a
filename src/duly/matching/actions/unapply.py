"""Taking a match back, whole: allocations, receipt and placement; the line is open, the documents are
open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duly.banking.actions import unplace
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.matching.actions.accept import HERE, Id
from duly.parties.bank_details import bank_detail_batch
from duly.payments.actions import lock_items


@action("matching.match", name="matching.unapply")
def unapply(line_ids: Sequence[int], *, today: date, by: Actor) -> int:
    """Take back what these lines were applied to; returns how many lines are open again.

    The same proposal is never applied without a person again. Refused for a line that is not placed. Locks in
    the order of accepting: lines, items, payers, day totals, numbers, desk.
    """
    ids = sorted(set(line_ids))
    entity = by.entity_id
    receipts = fetch_sql(HERE, "unapply/1_lock_lines.sql", Id, entity=entity, ids=ids)
    lock_items([row.id for row in receipts], entity_id=entity)
    with bank_detail_batch(entity):
        run_sql(HERE, "unapply/2_forget_payers.sql", entity=entity, ids=ids)
    run_sql(HERE, "unapply/3_proposals.sql", entity=entity, ids=ids)
    taken_back = unplace(ids, today=today, by=by)
    run_sql(HERE, "unapply/4_results.sql", entity=entity, ids=ids, at=clock.now(), by_name=by.name)
    current = act()
    current.about("bank_line", ids[0] if len(ids) == 1 else None)
    current.say(f"{taken_back} bank line{'s' if taken_back > 1 else ''} taken back whole", lines=ids[:100])
    return taken_back


@action("matching.match", name="matching.unapply_batch")
def unapply_batch(batch_id: int, *, today: date, by: Actor) -> int:
    """Take back everything one act of accepting applied and that still stands."""
    lines = fetch_sql(HERE, "unapply/lines_of_batch.sql", Id, entity=by.entity_id, batch=batch_id)
    if not lines:
        raise Refused("matching.nothing_to_take_back", batch=batch_id)
    return unapply([row.id for row in lines], today=today, by=by)
