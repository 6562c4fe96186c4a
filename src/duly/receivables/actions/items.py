"""The door through which documents become open items."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from duly.kernel.doors import door
from duly.kernel.sql import run_sql

HERE = "duly.receivables"

STAGED = {
    "staged_item": """
        entity_id int not null,
        item_id bigint not null default nextval('receivables_item_id_seq'),
        account_id bigint not null,
        kind text not null,
        document_id bigint not null,
        gl_account_id int not null,
        currency char(3) not null,
        issued_on date not null,
        due_on date not null,
        amount_minor bigint not null""",
}


@contextmanager
def item_batch() -> Iterator[None]:
    """Open staged_item; at the end its rows are open items, open in full (minor units, owed to us
    positive)."""
    with door(STAGED, lambda: run_sql(HERE, "items/write_items.sql"), keys={}):
        yield
