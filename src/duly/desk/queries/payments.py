"""Receipts as a list to work with, and the bank line behind one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.desk.web.paging import Cursor
from duly.kernel.sql import fetch_sql, fetch_value
from duly.payments.models import Receipt

HERE = "duly.desk"


@dataclass(frozen=True, slots=True)
class ReceiptFilter:
    """What the list of receipts is narrowed to."""

    account_id: int | None = None
    method: str | None = None
    kind: str | None = None
    from_on: date | None = None
    to_on: date | None = None


def receipts(entity_id: int, where: ReceiptFilter, *, cursor: Cursor, limit: int) -> list[Receipt]:
    """Return receipts, newest first."""
    return fetch_sql(
        HERE,
        "payments/receipts.sql",
        Receipt,
        entity=entity_id,
        account=where.account_id,
        method=where.method,
        kind=where.kind,
        from_on=where.from_on,
        to_on=where.to_on,
        day=cursor.after,
        last_id=cursor.after_id,
        limit=limit,
    )


def line_of_receipt(entity_id: int, receipt: Receipt) -> int | None:
    """Return the bank line a receipt came by, or was brought to the bank with."""
    found = fetch_value(
        HERE, "payments/line_of.sql", entity=entity_id, receipt=receipt.id, deposit_key=receipt.deposit_key
    )
    return None if found is None else int(found)
