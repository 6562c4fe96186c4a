"""Bank accounts of others: seen in payments, counted, never shown in full. How a payer is known again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from duly.kernel.doors import door
from duly.kernel.sql import run_sql

HERE = "duly.parties"
STAGED = {
    "staged_bank_detail": """
        party_id bigint not null,
        account_hash bytea not null,
        account_encrypted bytea not null,
        last4 text not null,
        seen_on date not null,
        payments int not null default 1""",
}


@contextmanager
def bank_detail_batch(entity_id: int) -> Iterator[None]:
    """Open staged_bank_detail; at the end the payments are counted to the party's bank account.

    A bank account not known of the party is kept as 'seen'; payments below zero take back what was counted, and a
    bank account that was only ever seen in payments taken back is forgotten.
    """

    def take_in() -> None:
        run_sql(HERE, "bank_details/1_count.sql", entity=entity_id)
        run_sql(HERE, "bank_details/2_forget.sql", entity=entity_id)

    with door(STAGED, take_in):
        yield
