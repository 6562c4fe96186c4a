"""Open items in the office's language, through the doors alone: no document behind them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from django.db import connection

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.ledger.actions import posting_batch
from duly.ledger.queries import gl_account_id
from duly.receivables.actions import allocation_batch, item_batch, number_batch
from tests.scenario import Office

_documents = itertools.count(1_000_000)
SIDES = {
    "invoice": ("1200", "4000", "invoice"),
    "credit_note": ("1200", "4900", "credit_note"),
    "payment": ("2150", "1100", "receipt"),
}


@action("tests.item")
def write_item(
    kind: str, account_id: int, amount_minor: int, *, on: date, due_on: date, currency: str, by: Actor
) -> int:
    """One document: its item on the control account, its posting, its number. Returns the item's id."""
    control, other, numbered_as = SIDES[kind]
    entity, document = by.entity_id, next(_documents)
    control_id, other_id = gl_account_id(entity, control), gl_account_id(entity, other)
    with connection.cursor() as cursor:
        with item_batch():
            cursor.execute(
                "insert into staged_item (entity_id, account_id, kind, document_id, gl_account_id, currency,"
                " issued_on, due_on, amount_minor) values (%s, %s, %s, %s, %s, %s, %s, %s, %s) returning item_id",
                [entity, account_id, kind, document, control_id, currency, on, due_on, amount_minor],
            )
            item_id = int(cursor.fetchone()[0])
        with posting_batch():
            cursor.execute(
                "with e as (insert into staged_entry (entity_id, source_kind, source_id, effective_on)"
                " values (%(entity)s, %(kind)s, %(document)s, %(on)s) returning entry_id)"
                " insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor,"
                " account_id, item_id)"
                " select %(entity)s, entry_id, 1, %(control)s, %(currency)s, %(minor)s, %(account)s, %(item)s from e"
                " union all select %(entity)s, entry_id, 2, %(other)s, %(currency)s, -%(minor)s, null, null from e",
                {
                    "entity": entity,
                    "kind": kind,
                    "document": document,
                    "on": on,
                    "control": control_id,
                    "other": other_id,
                    "currency": currency,
                    "minor": amount_minor,
                    "account": account_id,
                    "item": item_id,
                },
            )
        with number_batch(entity):
            cursor.execute(
                "insert into staged_number (entity_id, document_kind, document_id, issued_on, place)"
                " values (%s, %s, %s, %s, 1)",
                [entity, numbered_as, document, on],
            )
    act().about(kind, document, account_id=account_id)
    act().say(f"{kind} of {amount_minor}")
    return item_id


def invoice(
    office: Office, account_id: int, amount_minor: int, *, on: date, terms: int = 30, currency: str = "EUR"
) -> int:
    """Bill an account; returns the open item's id."""
    return write_item(
        "invoice",
        account_id,
        amount_minor,
        on=on,
        due_on=on + timedelta(days=terms),
        currency=currency,
        by=office.system,
    )


def pay(office: Office, account_id: int, amount_minor: int, *, on: date, currency: str = "EUR") -> int:
    """Take money in, unapplied; returns the open item's id."""
    return write_item("payment", account_id, -amount_minor, on=on, due_on=on, currency=currency, by=office.system)


def credit(office: Office, account_id: int, amount_minor: int, *, on: date, currency: str = "EUR") -> int:
    """Give credit, unapplied; returns the open item's id."""
    return write_item("credit_note", account_id, -amount_minor, on=on, due_on=on, currency=currency, by=office.system)


@action("tests.allocate")
def allocate(debit_item: int, credit_item: int, amount_minor: int, *, on: date, by: Actor) -> int:
    """Settle so much of one item by another; returns the allocation's id."""
    with connection.cursor() as cursor, allocation_batch(entity_id=by.entity_id, effective_on=on, by=by):
        cursor.execute(
            "insert into staged_allocation (entity_id, debit_item_id, credit_item_id, amount_minor)"
            " values (%s, %s, %s, %s) returning allocation_id",
            [by.entity_id, debit_item, credit_item, amount_minor],
        )
        return int(cursor.fetchone()[0])


def settle(office: Office, debit_item: int, credit_item: int, amount_minor: int, *, on: date) -> int:
    """Settle so much of one item by another; returns the allocation's id."""
    return allocate(debit_item, credit_item, amount_minor, on=on, by=office.system)
