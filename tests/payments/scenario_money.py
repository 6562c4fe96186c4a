"""The words of the cash desk for tests: what is owed, what was paid, what is still open."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from django.db import connection

from duly.ledger.actions import posting_batch
from duly.payments.actions import ReceiptRow, record
from duly.receivables.actions import item_batch, number_batch
from tests.scenario import Office

_documents = itertools.count(900_000_001)
DAY = date(2026, 3, 2)


def one(sql: str, *params: Any) -> Any:
    """The first column of the first row."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        row = cursor.fetchone()
        return row[0] if row else None


def rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    """All rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


def gl(office: Office, code: str) -> int:
    """The id of a ledger account."""
    return int(one("select id from ledger_account where entity_id = %s and code = %s", office.entity_id, code))


def owe(
    office: Office,
    account_id: int,
    amount_minor: int,
    *,
    on: date = date(2026, 2, 1),
    terms_days: int = 30,
    currency: str = "EUR",
    number: str | None = None,
) -> int:
    """The account owes an amount by an item taken over from elsewhere; returns the item's id."""
    document = next(_documents)
    entity = office.entity_id
    with item_batch():
        item = one(
            "insert into staged_item (entity_id, account_id, kind, document_id, gl_account_id, currency, issued_on,"
            " due_on, amount_minor) values (%s, %s, 'opening', %s, %s, %s, %s, %s, %s) returning item_id",
            *(
                entity,
                account_id,
                document,
                gl(office, "1200"),
                currency,
                on,
                on + timedelta(terms_days),
                amount_minor,
            ),
        )
    with posting_batch():
        entry = one(
            "insert into staged_entry (entity_id, source_kind, source_id, effective_on)"
            " values (%s, 'test_opening', %s, %s) returning entry_id",
            *(entity, document, on),
        )
        for line, code, minor, owner, about in (
            (1, "1200", amount_minor, account_id, item),
            (2, "3000", -amount_minor, None, None),
        ):
            rows(
                "insert into staged_posting values (%s, %s, %s, %s, %s, %s, %s, %s)",
                *(entity, entry, line, gl(office, code), currency, minor, owner, about),
            )
    with number_batch(entity):
        rows(
            "insert into staged_number (entity_id, document_kind, document_id, issued_on, place, given)"
            " values (%s, 'opening', %s, %s, 1, %s)",
            *(entity, document, on, number),
        )
    return int(item)


def number_of(office: Office, item_id: int, what: str = "number") -> str:
    """The number (or RF reference) of the document behind an item."""
    return str(
        one(
            f"select n.{what} from receivables_number n join receivables_item i on i.entity_id = n.entity_id"
            " and i.document_id = n.document_id where i.entity_id = %s and i.id = %s"
            " and n.document_kind = 'opening'",
            office.entity_id,
            item_id,
        )
    )


def open_minor(office: Office, item_id: int) -> int:
    """What is open of an item."""
    return int(
        one(
            "select open_minor from receivables_item where entity_id = %s and id = %s",
            office.entity_id,
            item_id,
        )
    )


def balance(office: Office, code: str) -> int:
    """The balance of a ledger account in minor units, debit positive."""
    return int(
        one(
            "select coalesce(sum(p.amount_minor), 0) from ledger_posting p join ledger_account a"
            " on a.entity_id = p.entity_id and a.id = p.gl_account_id where p.entity_id = %s and a.code = %s",
            office.entity_id,
            code,
        )
    )


def paid(office: Office, account_id: int, amount_minor: int, **more: Any) -> int:
    """A cheque came in; returns the receipt's id."""
    row = ReceiptRow(account_id, more.pop("currency", "EUR"), amount_minor, more.pop("on", DAY), **more)
    return record(row, by=office.specialist)


def item_of(office: Office, receipt_id: int) -> int:
    """The open item of a receipt."""
    return int(
        one(
            "select id from receivables_item where entity_id = %s and kind = 'payment' and document_id = %s",
            office.entity_id,
            receipt_id,
        )
    )
