"""Bank accounts of our own."""

from __future__ import annotations

from dataclasses import dataclass

from duly.banking.actions.accounts import NewBankAccount, open_bank_accounts
from duly.kernel.sql import fetch_sql
from duly.site.imports.spec import Batch, Counts, Field, Kind, register

HERE = "duly.site"


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    currency: str
    gl_code: str
    iban: str
    account_number: str
    bic: str
    bank_name: str
    reference_scheme: str


def take_in(batch: Batch) -> Counts:
    """Enter our bank accounts; a handful, so their values pass through Python."""
    rows = fetch_sql(HERE, "imports/bank_accounts/rows.sql", _Row)
    if not rows:
        return Counts()
    wanted = [NewBankAccount(**{name: getattr(row, name) for name in _Row.__dataclass_fields__}) for row in rows]
    return Counts(created=len(open_bank_accounts(wanted, import_batch_id=batch.id, by=batch.by)))


BANK_ACCOUNTS = register(
    Kind(
        "bank-accounts",
        "bank accounts",
        (
            Field("name", required=True, aliases=("account name", "bezeichnung")),
            Field("iban", "upper", default=""),
            Field("account_number", default="", aliases=("account", "kontonummer")),
            Field("bic", "upper", default="", aliases=("swift", "swift code")),
            Field("bank_name", default="", aliases=("bank",)),
            Field("currency", "upper", default="EUR"),
            Field("gl_code", required=True, aliases=("ledger account", "gl account", "sachkonto")),
            Field("reference_scheme", "upper", default="RF", choices=("RF", "OGM", "QRR", "KID", "VIITE")),
        ),
        ("imports/bank_accounts/problems.sql",),
        take_in,
    )
)
