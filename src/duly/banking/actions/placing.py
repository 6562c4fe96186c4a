"""Saying what a bank line is: money of an account, a charge, nobody's yet. Each line is placed whole and
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from duly.banking.actions.accounts import HERE, Id
from duly.banking.rules import UNIDENTIFIED_CODE
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze, door
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.ledger.actions import posting_batch
from duly.payments.actions import deposit, receipt_batch
from duly.payments.rules import UNDEPOSITED_CODE

RECEIPT_KINDS = ("receipt", "return", "refund")
STAGED = {
    "staged_placement": """
        entity_id int not null,
        placement_id bigint not null default nextval('banking_placement_id_seq'),
        line_id bigint not null,
        line_version int,
        kind text not null,
        account_id bigint,
        gl_account_id int,
        receipt_id bigint,
        amount_minor bigint,
        posted_on date,
        memo text not null default ''""",
    "staged_deposit": """
        placement_id bigint not null,
        receipt_id bigint not null""",
}


@dataclass(frozen=True, slots=True)
class Part:
    """What a line (or `amount_minor` of it, with its sign) is.

    kind 'receipt': money of `account_id`; 'return' or 'refund': money that went back to it; 'unidentified':
    nobody's yet (2160); 'ledger': the ledger account `gl_code` (bank charges); 'deposit': the receipts by
    hand `receipt_ids`. `line_version` is what the person saw.
    """

    line_id: int
    kind: str
    account_id: int | None = None
    gl_code: str | None = None
    amount_minor: int | None = None
    receipt_ids: tuple[int, ...] = ()
    memo: str = ""
    line_version: int | None = None


@dataclass(frozen=True, slots=True)
class BadPlacement:
    """Why a staged placement cannot stand."""

    problem: str
    line_id: int


@dataclass(frozen=True, slots=True)
class Deposited:
    """A receipt by hand and the key of the line that brings it."""

    receipt_id: int
    key: str


@contextmanager
def placement_batch(*, today: date, by: Actor) -> Iterator[Callable[[], None]]:
    """Open staged_placement and staged_deposit; at the end their lines are placed, posted and numbered.

    The parts of a line must add up to it. Yields `write`, which does all but the receipt numbers at once:
    call it to go on inside the block (allocate the new receipts, found in staged_receipt by source_key 'bank-
    line:<placement_id>'). Posted on the day the bank booked, or `today` where that day is closed.
    """
    written: list[bool] = []

    with receipt_batch(by=by) as write_receipts:

        def write() -> None:
            if not written:
                written.append(True)
                _write_staged(write_receipts, today, by)

        with door(STAGED, write):
            yield write


def _write_staged(write_receipts: Callable[[], int], today: date, by: Actor) -> None:
    entity = by.entity_id
    analyze("staged_placement")
    run_sql(HERE, "place/1_lock_lines.sql", entity=entity)
    run_sql(HERE, "place/2_complete.sql", entity=entity, today=today)
    if bad := fetch_sql(HERE, "place/3_find_bad.sql", BadPlacement, entity=entity):
        raise Refused(f"bank.{bad[0].problem}", line=bad[0].line_id)
    run_sql(HERE, "place/4_stage_receipts.sql", entity=entity)
    write_receipts()
    if met := fetch_sql(HERE, "place/5_deposits.sql", Deposited):
        deposit([row.receipt_id for row in met], deposit_keys=[row.key for row in met], by=by)
    with posting_batch():
        if run_sql(HERE, "place/6_stage_entries.sql", actor=by.user_id):
            analyze("staged_entry")
            run_sql(HERE, "place/7_stage_postings.sql", entity=entity)
    now = clock.now()
    run_sql(HERE, "place/8_write.sql", by_id=by.user_id, by_name=by.name, at=now)
    run_sql(HERE, "place/9_move_lines.sql", entity=entity, by_name=by.name, at=now)


@action("bank.place")
def place(parts: Sequence[Part], *, today: date, by: Actor) -> list[int]:
    """Place bank lines as these parts say; returns the placement ids. One act, one undo.

    Refuses a line that is not open or was changed meanwhile, parts that do not add up to their line, control
    accounts, and receipts that do not wait for the bank.
    """
    with placement_batch(today=today, by=by) as write:
        _stage(parts, by)
        write()
        placed = fetch_sql(HERE, "place/staged_ids.sql", Id)
    lines = sorted({part.line_id for part in parts})
    current = act()
    current.about("bank_line", lines[0] if len(lines) == 1 else None)
    kinds = ", ".join(sorted({part.kind for part in parts}))
    current.say(f"{len(lines)} bank line{'s' if len(lines) > 1 else ''} placed: {kinds}", lines=lines[:100])
    current.undo_with("bank.unplace", line_ids=lines)
    return [row.id for row in placed]


def _stage(parts: Sequence[Part], by: Actor) -> None:
    codes = [_gl_code(part) for part in parts]
    staged = fetch_sql(
        HERE,
        "place/stage_parts.sql",
        Id,
        entity=by.entity_id,
        lines=[part.line_id for part in parts],
        versions=[part.line_version for part in parts],
        kinds=[part.kind for part in parts],
        accounts=[part.account_id for part in parts],
        codes=codes,
        amounts_minor=[part.amount_minor for part in parts],
        memos=[part.memo for part in parts],
    )
    pairs = [(row.id, receipt) for row, part in zip(staged, parts, strict=True) for receipt in part.receipt_ids]
    run_sql(
        HERE,
        "place/stage_deposits.sql",
        placements=[placement for placement, _ in pairs],
        receipts=[receipt for _, receipt in pairs],
    )


def _gl_code(part: Part) -> str | None:
    return {"unidentified": UNIDENTIFIED_CODE, "deposit": UNDEPOSITED_CODE, "ledger": part.gl_code}.get(part.kind)
