"""Turning proposals into receipts and allocations: all lines of an act together, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.banking.actions import placement_batch
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze, door
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql
from duly.parties.bank_details import bank_detail_batch
from duly.receivables.actions import allocation_batch, unallocate

HERE = "duly.matching"
STAGED = {
    "accepting": """
        proposal_id bigint not null,
        placement_id bigint not null default nextval('banking_placement_id_seq'),
        line_id bigint not null,
        line_version int not null,
        account_id bigint not null,
        amount_minor bigint not null,
        returns_receipt_id bigint,
        moved text""",
    "rival_line": "line_id bigint not null",
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an act of accepting did: `batch_id` names it for the undo, `moved` counts what had become
    stale.
    """

    batch_id: int
    lines: int
    moved: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A proposal whose line or items are not as they were when it was made."""

    line_id: int
    moved: str


@dataclass(frozen=True, slots=True)
class Id:
    """An id."""

    id: int


@action("matching.match", name="matching.accept")
def accept(proposal_id: int, *, today: date, by: Actor) -> Accepted:
    """Accept one proposal: the line is placed, the money applied as proposed.

    Refused when somebody decided it already (matching.proposal_is_not_open) or when its line or items have
    moved since it was made (matching.proposal_stale): what was seen is what is applied.
    """
    done = settle([proposal_id], today=today, by=by, method="person", strict=True)
    _tell(done, "accepted", account_id=_account_of(proposal_id, by))
    return done


@action("matching.match", name="matching.accept_exact")
def accept_exact(line_ids: Sequence[int] | None = None, *, today: date, by: Actor) -> Accepted:
    """Accept the exact proposals of these lines, or of all, as one act with one undo.

    What has moved since it was proposed is left open and counted.
    """
    done = settle(_exact(line_ids, by), today=today, by=by, method="person")
    _tell(done, "accepted")
    return done


@action("matching.match", name="matching.auto_apply")
def auto_apply(*, today: date, by: Actor) -> Accepted:
    """Apply every exact proposal without a person; nothing else is ever applied so."""
    done = settle(_exact(None, by), today=today, by=by, method="rule")
    _tell(done, "matched by rule")
    return done


def settle(
    proposal_ids: Sequence[int],
    *,
    today: date,
    by: Actor,
    method: str,
    strict: bool = False,
    ledger_parts: Sequence[tuple[int, str, int, str]] = (),
) -> Accepted:
    """Step: place and apply what these proposals say, for the acts above and those by hand.

    `ledger_parts` (line, ledger code, minor units, memo) are the parts of split lines that are no account's.
    Lock
    order: proposals, lines, open items in id order, payers, day totals, numbers, desk.
    """
    entity = by.entity_id
    batch_id = int(fetch_value(HERE, "accept/next_batch.sql"))
    with door(STAGED, _nothing):
        _claim(proposal_ids, by, strict=strict)
        moved = run_sql(HERE, "accept/4_set_moved_aside.sql", entity=entity)
        lines = int(fetch_value(HERE, "accept/count_lines.sql"))
        if not lines and not ledger_parts:
            run_sql(HERE, "accept/11_rivals_results.sql", entity=entity)
            return Accepted(batch_id, 0, moved)
        with bank_detail_batch(entity):
            run_sql(HERE, "accept/5_remember_payers.sql", entity=entity)
        with placement_batch(today=today, by=by) as write:
            run_sql(HERE, "accept/6_stage_placements.sql", entity=entity)
            run_sql(HERE, "accept/6b_stage_ledger_parts.sql", entity=entity, **_columns(ledger_parts))
            _free_returned(today, by)
            write()
            with allocation_batch(entity_id=entity, effective_on=today, by=by):
                run_sql(HERE, "accept/7_stage_allocations.sql", entity=entity)
                run_sql(HERE, "accept/7b_stage_returns.sql", entity=entity)
            run_sql(
                HERE,
                "accept/8_decide.sql",
                entity=entity,
                batch=batch_id,
                at=clock.now(),
                by_name=by.name,
            )
            run_sql(HERE, "accept/9_set_rivals_aside.sql", entity=entity)
        run_sql(HERE, "accept/10_results.sql", entity=entity, at=clock.now(), method=method)
        run_sql(HERE, "accept/11_rivals_results.sql", entity=entity)
    return Accepted(batch_id, lines, moved)


def _claim(proposal_ids: Sequence[int], by: Actor, *, strict: bool) -> None:
    ids = sorted(set(proposal_ids))
    claimed = run_sql(HERE, "accept/1_claim.sql", entity=by.entity_id, ids=ids)
    if strict and claimed < len(ids):
        raise Refused("matching.proposal_is_not_open", proposals=ids)
    analyze("accepting")
    run_sql(HERE, "accept/2_lock_lines.sql", entity=by.entity_id)
    run_sql(HERE, "accept/2b_lock_items.sql", entity=by.entity_id)
    run_sql(HERE, "accept/3_find_moved.sql", entity=by.entity_id)
    run_sql(HERE, "accept/3b_find_contested.sql", entity=by.entity_id)
    if strict and (moved := fetch_sql(HERE, "accept/moved.sql", Moved)):
        raise Refused("matching.proposal_stale", line=moved[0].line_id, because=moved[0].moved)


def _free_returned(today: date, by: Actor) -> None:
    settled = fetch_sql(HERE, "accept/settled_by_returned.sql", Id, entity=by.entity_id)
    if settled:
        unallocate([row.id for row in settled], effective_on=today, by=by)


def _columns(parts: Sequence[tuple[int, str, int, str]]) -> dict[str, list[int] | list[str]]:
    return {
        "lines": [line for line, _, _, _ in parts],
        "codes": [code for _, code, _, _ in parts],
        "amounts_minor": [amount for _, _, amount, _ in parts],
        "memos": [memo for _, _, _, memo in parts],
    }


def _exact(line_ids: Sequence[int] | None, by: Actor) -> list[int]:
    wanted = None if line_ids is None else sorted(set(line_ids))
    return [row.id for row in fetch_sql(HERE, "accept/exact.sql", Id, entity=by.entity_id, lines=wanted)]


def _account_of(proposal_id: int, by: Actor) -> int:
    return int(fetch_value(HERE, "accept/account_of.sql", entity=by.entity_id, id=proposal_id))


def _tell(done: Accepted, verb: str, *, account_id: int | None = None) -> None:
    current = act()
    current.about("match_batch", done.batch_id, account_id=account_id)
    current.say(
        f"{done.lines} bank line{'' if done.lines == 1 else 's'} {verb}",
        lines=done.lines,
        moved=done.moved,
    )
    current.quiet = done.lines == 0
    current.undo_with("matching.unapply_batch", batch_id=done.batch_id)


def _nothing() -> None:
    """The table is only between the steps."""
