"""The people behind a party."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from duly.kernel.doors import door
from duly.kernel.sql import fetch_sql, run_sql

HERE = "duly.parties"
STAGED = {
    "staged_contact": """
        party_id bigint not null,
        name text not null,
        email text not null default '',
        phone text not null default '',
        duty text not null default '',
        language text""",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to write to or to call."""

    id: int
    name: str
    email: str
    phone: str
    duty: str
    language: str | None


@contextmanager
def contact_batch(entity_id: int, *, today: date, import_batch_id: int | None = None) -> Iterator[None]:
    """Open staged_contact; at the end its rows are contacts; one with the same name and party is replaced."""

    def take_in() -> None:
        run_sql(HERE, "contacts/1_end_former.sql", entity=entity_id, today=today)
        run_sql(HERE, "contacts/2_write.sql", entity=entity_id, today=today, batch=import_batch_id)

    with door(STAGED, take_in):
        yield


def contacts_of(entity_id: int, party_id: int) -> list[Contact]:
    """Return the party's contacts of today, by name."""
    return fetch_sql(HERE, "contacts/of_party.sql", Contact, entity=entity_id, party=party_id)
