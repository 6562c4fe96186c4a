"""Refunds on bank lines: what left as asked for is seen, what came back is unapplied again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.banking.actions.refunds import Back, Seen, refunds_came_back, refunds_seen
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_sql, run_sql

HERE = "duly.matching"


@dataclass(frozen=True, slots=True)
class Leaving:
    """A line that shows refunds leaving."""

    line_id: int
    refund_ids: list[int]


@dataclass(frozen=True, slots=True)
class RefundsMatched:
    """How many refunds the bank lines showed as paid, and how many as returned."""

    seen: int
    returned: int
    lines: int


@action("matching.match", name="matching.match_refunds")
def match_refunds(*, today: date, by: Actor) -> RefundsMatched:
    """Find open lines that name our refunds with their exact amount, place them, and move the refunds on.

    What came back is looked at first, so that a refund shown and returned in one statement ends as returned.
    """
    left = fetch_sql(HERE, "refunds/leaving.sql", Leaving, entity=by.entity_id)
    seen = 0
    if left:
        seen = refunds_seen([Seen(one.line_id, tuple(one.refund_ids)) for one in left], today=today, by=by)
    back = fetch_sql(HERE, "refunds/back.sql", Back, entity=by.entity_id)
    if back:
        refunds_came_back(back, today=today, by=by)
    lines = sorted({one.line_id for one in left} | {one.line_id for one in back})
    _clear_desk(lines, "A refund of ours, found by its number.", by)
    act().about("match_batch", None)
    act().say(f"{seen} refunds seen in the bank, {len(back)} came back", lines=lines)
    act().undo = None
    if lines and not back:
        act().undo_with("matching.unapply", line_ids=lines)
    act().quiet = not lines
    return RefundsMatched(seen, len(back), len(lines))


@action("bank.place", name="matching.place_refunds")
def place_refunds(line_id: int, refund_ids: Sequence[int], *, today: date, by: Actor) -> int:
    """Say by hand which refunds a line shows leaving; refused where the amounts differ. Returns how many."""
    seen = refunds_seen([Seen(line_id, tuple(sorted(set(refund_ids))))], today=today, by=by)
    _clear_desk([line_id], f"Placed by {by.name} as a refund.", by)
    act().undo_with("matching.unapply", line_ids=[line_id])
    return seen


@action("bank.place", name="matching.place_returned_refund")
def place_returned_refund(line_id: int, refund_id: int, *, reason: str, today: date, by: Actor) -> None:
    """Say by hand which refund a line brings back; its money is unapplied again."""
    refunds_came_back([Back(line_id, refund_id, reason)], today=today, by=by)
    _clear_desk([line_id], f"Placed by {by.name} as a refund that came back.", by)


def _clear_desk(line_ids: Sequence[int], sentence: str, actor: Actor) -> None:
    if line_ids:
        run_sql(
            HERE,
            "accept/placed_by_hand.sql",
            entity=actor.entity_id,
            ids=list(line_ids),
            sentence=sentence,
            at=clock.now(),
        )
