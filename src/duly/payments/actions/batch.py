"""The door through which money becomes receipts, open items and postings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from duly.kernel import clock
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze, door
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql
from duly.ledger.actions import posting_batch
from duly.payments.rules import UNAPPLIED_CODE
from duly.receivables.actions import item_batch, number_batch

HERE = "duly.payments"

STAGED = {
    "staged_receipt": """
        entity_id int not null,
        receipt_id bigint not null default nextval('payments_receipt_id_seq'),
        item_id bigint not null default nextval('receivables_item_id_seq'),
        account_id bigint not null,
        kind text not null default 'receipt',
        currency char(3) not null,
        amount_minor bigint not null,
        received_on date not null,
        posted_on date not null,
        method text not null,
        source_key text not null,
        gl_account_id int not null,
        payer_name text not null default '',
        payer_account_hash bytea,
        payer_account_last4 text not null default '',
        reference text not null default '',
        note text not null default '',
        reverses_id bigint,
        known boolean not null default false""",
}


@dataclass(frozen=True, slots=True)
class BadReceipt:
    """A staged receipt that cannot be taken: why, and under which key."""

    problem: str
    source_key: str
    account_id: int


@contextmanager
def receipt_batch(*, by: Actor) -> Iterator[Callable[[], int]]:
    """Open staged_receipt; at the end its rows are receipts with open items (2150), postings and numbers.

    Yields `write`, which does all but the numbers at once and returns how many are new: call it to go on with
    the written items inside the block (allocate them), for numbers must be the last thing a transaction
    takes. A staged row whose source_key is there already gets the id of that receipt and `known`; with other
    content it is refused.
    """
    written: list[int] = []

    def write() -> int:
        if not written:
            written.append(write_staged(by))
        return written[0]

    def take_in() -> None:
        if write():
            with number_batch(by.entity_id):
                run_sql(HERE, "record/6_stage_numbers.sql")

    with door(STAGED, take_in):
        yield write


def write_staged(by: Actor) -> int:
    """Step: write receipts, open items and postings of the staged rows; returns how many receipts are new."""
    analyze("staged_receipt")
    new = run_sql(HERE, "record/1_write.sql", at=clock.now(), by_id=by.user_id, by_name=by.name)
    run_sql(HERE, "record/2_mark_known.sql")
    if bad := fetch_sql(HERE, "record/3_find_bad.sql", BadReceipt, entity=by.entity_id):
        raise Refused(f"receipts.{bad[0].problem}", key=bad[0].source_key, account=bad[0].account_id)
    if new:
        with item_batch():
            run_sql(HERE, "record/4_stage_items.sql", unapplied=UNAPPLIED_CODE)
        with posting_batch():
            run_sql(HERE, "record/5a_stage_entries.sql", actor=by.user_id)
            analyze("staged_entry")
            run_sql(HERE, "record/5b_stage_postings.sql", unapplied=UNAPPLIED_CODE)
    return new
