"""Contacts: the people behind customers."""

from __future__ import annotations

from duly.kernel.sql import fetch_value, run_sql
from duly.parties.contacts import contact_batch
from duly.site.imports.spec import Batch, Counts, Field, Kind, customer_field, register

HERE = "duly.site"


def take_in(batch: Batch) -> Counts:
    """Enter the contacts as one set."""
    total = int(fetch_value(HERE, "imports/count_staged.sql"))
    with contact_batch(batch.entity_id, today=batch.today, import_batch_id=batch.id):
        run_sql(HERE, "imports/contacts/stage.sql", entity=batch.entity_id)
    return Counts(created=total)


CONTACTS = register(
    Kind(
        "contacts",
        "contacts",
        (
            customer_field(),
            Field("name", required=True, aliases=("contact", "contact name", "ansprechpartner", "person")),
            Field("email", default="", aliases=("e mail", "mail")),
            Field("phone", default="", aliases=("telephone", "tel", "telefon")),
            Field("duty", default="", aliases=("role", "position", "function", "title")),
            Field("language", "code", choices=("en", "de", "es", "fr")),
        ),
        ("imports/unknown_customer.sql",),
        take_in,
    )
)
