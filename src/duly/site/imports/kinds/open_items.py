"""Open items of the former system: what customers owed on the day the books move, each with its own number."""

from __future__ import annotations

from duly.kernel.sql import fetch_value, run_sql
from duly.ledger.actions import posting_batch
from duly.receivables.actions import item_batch, number_batch
from duly.site.imports.spec import Batch, Counts, Field, Kind, customer_field, register

HERE = "duly.site"


def take_in(batch: Batch) -> Counts:
    """Open the items against the opening balance account, number them as they were numbered before."""
    total = int(fetch_value(HERE, "imports/count_staged.sql"))
    run_sql(HERE, "imports/open_items/1_make_ids.sql")
    run_sql(HERE, "imports/open_items/2_place_ids.sql", entity=batch.entity_id)
    with item_batch():
        run_sql(HERE, "imports/open_items/3_stage_items.sql", entity=batch.entity_id)
    with posting_batch():
        run_sql(HERE, "imports/open_items/4_stage_entries.sql", entity=batch.entity_id, file=batch.file_name)
        run_sql(HERE, "imports/open_items/5_stage_postings.sql", entity=batch.entity_id)
    with number_batch(batch.entity_id):
        run_sql(HERE, "imports/open_items/6_stage_numbers.sql", entity=batch.entity_id)
    return Counts(created=total)


OPEN_ITEMS = register(
    Kind(
        "open-items",
        "open items",
        (
            customer_field(),
            Field("number", required=True, aliases=("invoice", "invoice number", "document", "document number",
                                                    "rechnungsnummer", "belegnummer", "factura")),
            Field("issued_on", "date", required=True, aliases=("date", "invoice date", "issue date", "datum")),
            Field("due_on", "date", aliases=("due", "due date", "fällig", "faellig", "vencimiento")),
            Field("amount", "number", required=True, aliases=("open", "open amount", "balance", "betrag", "offen"),
                  help="owed to us positive, credits negative"),
            Field("currency", "upper", aliases=("währung", "ccy")),
        ),
        ("imports/unknown_customer.sql", "imports/open_items/problems.sql"),
        take_in,
    )
)  # fmt: skip
