"""Bank lines on their way into the database: one COPY, whatever the size of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from django.db import connection

from duly.formats.bank.statement import Detail, Line, details_difference, line_identity
from duly.kernel import crypto

STAGED_COLUMNS = [
    "place",
    "bank_account_id",
    "line_no",
    "booked_on",
    "value_on",
    "amount_minor",
    "currency",
    "text",
    "payer_name",
    "payer_account_hash",
    "payer_account_last4",
    "payer_account_encrypted",
    "end_to_end_id",
    "bank_reference",
    "structured_reference",
    "mandate_id",
    "is_return",
    "return_reason",
    "charges_minor",
    "identity_hash",
]
DETAIL_FIELDS = [each.name for each in fields(Detail) if each.name != "amount_minor"]
STAGED_LINE = """
    create temp table if not exists staged_bank_line (
        place int not null,
        bank_account_id int not null,
        line_no bigint not null,
        booked_on date not null,
        value_on date,
        amount_minor bigint not null,
        currency char(3) not null,
        text text not null,
        payer_name text not null,
        payer_account_hash bytea,
        payer_account_last4 text not null,
        payer_account_encrypted bytea,
        end_to_end_id text not null,
        bank_reference text not null,
        structured_reference text not null,
        mandate_id text not null,
        is_return boolean not null,
        return_reason text not null,
        charges_minor bigint not null,
        identity_hash bytea not null
    ) on commit delete rows"""
STAGED_KNOWN = """
    create temp table if not exists staged_bank_ordinal (
        line_no bigint not null,
        place int not null,
        ordinal int not null,
        last_ordinal int not null default 0,
        known_id bigint,
        known_in text
    ) on commit delete rows"""
STAGED_STATEMENT = """
    create temp table if not exists staged_bank_statement (
        place int not null,
        statement_id bigint not null,
        adds text not null,
        state text not null
    ) on commit delete rows"""


def make_staging() -> None:
    """Have the temporary tables of an import, empty."""
    with connection.cursor() as cursor:
        for table in (STAGED_LINE, STAGED_KNOWN, STAGED_STATEMENT):
            cursor.execute(table)
        cursor.execute("delete from staged_bank_line")
        cursor.execute("delete from staged_bank_ordinal")
        cursor.execute("delete from staged_bank_statement")


def staged_rows(lines: Iterator[tuple[int, int, Line]]) -> Iterator[tuple[Any, ...]]:
    """Give the rows to copy; payers' accounts leave here encrypted, with a keyed hash to find them by."""
    line_no = 0
    for place, account_id, entry in lines:
        identity = "|".join(line_identity(entry))
        for part, line in enumerate(payments_of(entry)):
            if line.amount_minor:
                line_no += 1
                named = f"{identity}|{part}" if part else identity
                yield (place, account_id, line_no, *_columns(line), crypto.blind_index(named))


def payments_of(entry: Line) -> list[Line]:
    """Return the payments of a batch when they add up to the entry to the cent, else the entry itself."""
    if len(entry.details) < 2 or details_difference(entry) != 0:
        return [entry]
    return [
        replace(entry, details=(), **{name: getattr(detail, name) for name in DETAIL_FIELDS}, **_own(detail))
        for detail in entry.details
    ]


def _own(detail: Detail) -> dict[str, Any]:
    return {"amount_minor": detail.amount_minor or 0}


def _columns(line: Line) -> tuple[Any, ...]:
    payer = line.payer_iban or line.payer_account_other
    return (
        line.booked_on,
        line.value_on,
        line.amount_minor,
        line.currency,
        clean(line.text),
        clean(line.payer_name or line.ultimate_payer_name),
        crypto.blind_index(payer) if payer else None,
        payer[-4:],
        crypto.encrypt(payer) if payer else None,
        clean(line.end_to_end_id),
        clean(line.bank_reference),
        clean(line.structured_reference),
        clean(line.mandate_id),
        line.is_return,
        clean(line.return_reason),
        line.charges_minor,
    )


def clean(text: str) -> str:
    """Return text as PostgreSQL can hold it."""
    return text.replace("\0", "")
