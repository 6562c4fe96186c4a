"""Reading receipts: one, an account's, what is unapplied and since when."""

from __future__ import annotations

from datetime import date

from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql
from duly.payments.models import Receipt, ReceiptAllocation, UnappliedCash

HERE = "duly.payments"
PAGE = 50


def receipt(entity_id: int, receipt_id: int) -> Receipt:
    """Return one receipt with its number and what of it is not applied (minor units, positive)."""
    found = fetch_one(HERE, "receipt.sql", Receipt, entity=entity_id, id=receipt_id)
    if found is None:
        raise NotFound("receipts.unknown", receipt=receipt_id)
    return found


def receipts(
    entity_id: int,
    *,
    account_id: int | None = None,
    before: tuple[date, int] | None = None,
    limit: int = PAGE,
) -> list[Receipt]:
    """Return receipts, newest first, of one account or all; `before` is the (day, id) of the last one
    shown.
    """
    day, last_id = before or (None, None)
    return fetch_sql(
        HERE,
        "receipts.sql",
        Receipt,
        entity=entity_id,
        account=account_id,
        day=day,
        last_id=last_id,
        limit=limit,
    )


def allocations_of(entity_id: int, receipt_id: int) -> list[ReceiptAllocation]:
    """Return what a receipt settles and what it once settled, oldest first."""
    return fetch_sql(HERE, "allocations_of.sql", ReceiptAllocation, entity=entity_id, id=receipt_id)


def undeposited(entity_id: int, *, currency: str | None = None, limit: int = 200) -> list[Receipt]:
    """Return the receipts recorded by hand that have not met their bank line, oldest first."""
    return fetch_sql(HERE, "undeposited.sql", Receipt, entity=entity_id, currency=currency, limit=limit)


def unapplied_cash(
    entity_id: int,
    *,
    as_of: date,
    owner_id: int | None = None,
    after: tuple[date, int] | None = None,
    limit: int = PAGE,
) -> list[UnappliedCash]:
    """Return money that no document has, oldest first, with the account's owner and what the account owes."""
    day, last_id = after or (None, None)
    return fetch_sql(
        HERE,
        "unapplied_cash.sql",
        UnappliedCash,
        entity=entity_id,
        as_of=as_of,
        owner=owner_id,
        day=day,
        last_id=last_id,
        limit=limit,
    )
