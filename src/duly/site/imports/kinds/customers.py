"""Customers: a party and its account per row, found again by the customer's own number."""

from __future__ import annotations

from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_value, run_sql
from duly.parties.actions import party_batch, remove_parties
from duly.receivables.actions.accounts import account_batch, remove_accounts
from duly.site.imports.spec import Batch, Counts, Field, Kind, register

HERE = "duly.site"


def take_in(batch: Batch) -> Counts:
    """Enter or update parties, then their accounts, as two sets."""
    known = int(fetch_value(HERE, "imports/customers/count_known.sql", entity=batch.entity_id))
    total = int(fetch_value(HERE, "imports/count_staged.sql"))
    with party_batch(batch.entity_id, import_batch_id=batch.id):
        run_sql(HERE, "imports/customers/1_stage_parties.sql")
    with account_batch(batch.entity_id, import_batch_id=batch.id):
        run_sql(HERE, "imports/customers/2_stage_accounts.sql", entity=batch.entity_id, today=batch.today)
    return Counts(created=total - known, updated=known)


def undo(batch_id: int, by: Actor) -> int:
    """Remove the accounts and parties of the batch; refused when one of them was used since."""
    used = fetch_value(HERE, "imports/customers/used_since.sql", entity=by.entity_id, batch=batch_id)
    if used:
        raise Refused("imports.used_since", account=used, remedy="close the accounts instead")
    removed = remove_accounts(by.entity_id, batch_id)
    remove_parties(by.entity_id, batch_id)
    return removed


CUSTOMERS = register(
    Kind(
        "customers",
        "customers",
        (
            Field("customer", required=True, help="the customer's number in the system it comes from",
                  aliases=("customer number", "customer id", "customer no", "external id", "kundennummer", "id",
                           "debtor number", "account number", "numero de cliente", "numéro client")),
            Field("name", required=True, aliases=("customer name", "company", "firma", "nombre", "nom")),
            Field("kind", "code", default="business", choices=("business", "person"), aliases=("type",)),
            Field("email", default="", aliases=("e mail", "mail", "billing email", "invoice email", "correo")),
            Field("phone", default="", aliases=("telephone", "tel", "telefon")),
            Field("vat_id", default="", aliases=("vat", "vat number", "tax id", "ust id", "ustid", "nif", "tva")),
            Field("street", default="", aliases=("address", "address 1", "address line 1", "strasse", "calle", "rue")),
            Field("street2", default="", aliases=("address 2", "address line 2")),
            Field("postal_code", default="", aliases=("zip", "zip code", "postcode", "plz", "postal code")),
            Field("city", default="", aliases=("town", "ort", "stadt", "ciudad", "ville")),
            Field("region", default="", aliases=("state", "province", "county")),
            Field("country", "upper", default="DE", aliases=("country code", "land")),
            Field("language", "code", default="en", choices=("en", "de", "es", "fr"), aliases=("lang", "sprache")),
            Field("currency", "upper", default="EUR", aliases=("währung", "ccy")),
            Field("terms_days", "int", default=30, aliases=("terms", "payment terms", "net days", "zahlungsziel")),
            Field("po_number", default="", aliases=("po", "purchase order", "bestellnummer")),
            Field("tax_profile", "code", default="domestic", aliases=("tax class", "tax")),
            Field("delivery", "code", default="email", choices=("email", "file", "post", "none"), aliases=("channel",)),
            Field("owner", aliases=("owner email", "account manager"), help="e-mail of who looks after it"),
        ),
        ("imports/customers/problems.sql",),
        take_in,
        undo,
        {"customer": "10042", "name": "Harbor Line Freight", "email": "ap@harborline.example", "street": "Quay 4",
         "postal_code": "20457", "city": "Hamburg", "country": "DE", "currency": "EUR", "terms_days": "30"},
    )
)  # fmt: skip
