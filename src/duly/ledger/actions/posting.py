"""The posting door: the only way into the books. Postings never change; a mistake is answered by its
mirror."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from duly.kernel.doors import door
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.ledger"

STAGED = {
    "staged_entry": """
        entity_id int not null,
        entry_id bigint not null default nextval('ledger_entry_id_seq'),
        source_kind text not null,
        source_id bigint not null,
        effective_on date not null,
        memo text not null default '',
        reverses_id bigint,
        actor_id bigint""",
    "staged_posting": """
        entity_id int not null,
        entry_id bigint not null,
        line smallint not null,
        gl_account_id int not null,
        currency char(3) not null,
        amount_minor bigint not null,
        account_id bigint,
        item_id bigint""",
}


@contextmanager
def posting_batch() -> Iterator[None]:
    """Open staged_entry and staged_posting; at the end of the block their rows are checked and posted.

    Amounts are minor units, debit positive. Refuses a day without an open period; an entry that does not
    balance in
    each currency is a bug and rolls the transaction back (statement trigger on ledger_posting).
    """
    with door(STAGED, post_staged, keys={"staged_entry": "entry_id", "staged_posting": "entry_id"}):
        yield


def post_staged() -> None:
    """Write what is staged; lock order: periods, then entries and postings, then day totals."""
    closed_on = fetch_value(HERE, "post/1_days_not_open.sql")
    if closed_on is not None:
        raise Refused("ledger.period_closed", day=closed_on.isoformat())
    if run_sql(HERE, "post/2_entries.sql"):
        run_sql(HERE, "post/3_postings.sql")
        run_sql(HERE, "post/4_daily.sql")


def reverse_entries(
    entity_id: int,
    source_kind: str,
    source_ids: Sequence[int],
    *,
    as_kind: str,
    effective_on: date,
    actor_id: int | None = None,
) -> None:
    """Post the mirror of every entry of these sources, dated `effective_on`; an entry can be mirrored
    once."""
    with posting_batch():
        run_sql(
            HERE,
            "post/stage_mirror_entries.sql",
            entity=entity_id,
            source_kind=source_kind,
            source_ids=list(source_ids),
            as_kind=as_kind,
            effective_on=effective_on,
            actor=actor_id,
        )
        run_sql(HERE, "post/stage_mirror_postings.sql", as_kind=as_kind)
