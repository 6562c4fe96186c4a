"""Open items in the office's language, each made by the action that makes it in life; no tax, so sums stay
plain."""

from __future__ import annotations

import itertools
from datetime import date

from django.db import connection

from duly.invoicing.actions import NewCharge, add_charges, issue_invoices
from duly.invoicing.actions.review import decide_surprises
from duly.kernel.actions import action
from duly.kernel.actor import Actor
from duly.payments.actions import ReceiptRow, record
from duly.receivables.actions import allocation_batch
from duly.receivables.queries import item_of_document
from tests import scenario
from tests.scenario import Office

_places = itertools.count(1)


def account(office: Office, *, name: str = "Ann", currency: str = "EUR") -> int:
    """Open an account that is billed without tax and without sending anything."""
    return scenario.account(office, name=name, currency=currency, tax_profile="export", delivery="none")


def _bill(office: Office, account_id: int, minor: int, on: date, terms: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("update receivables_account set terms_days = %s where id = %s", [terms, account_id])
    wanted = NewCharge(account_id=account_id, net_minor=minor, bill_on=on, item_code="SUPPORT")
    add_charges([wanted], by=office.system)
    issued = _issue(office, account_id, on)
    if not issued:  # held: the amount surprised the charge review, and somebody looks and says it is right
        surprises = open_surprises(office.entity_id, account_id)
        decide_surprises(surprises, decision="accepted", by=office.system)
        issued = _issue(office, account_id, on)
    [document] = issued
    return item_of_document(office.entity_id, "invoice" if minor > 0 else "credit_note", document).id


def _issue(office: Office, account_id: int, on: date) -> tuple[int, ...]:
    return issue_invoices([account_id], through_on=on, issued_on=on, today=on, by=office.system).document_ids


def open_surprises(entity_id: int, account_id: int) -> list[int]:
    """What the charge review asks about an account."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from invoicing_surprise where entity_id = %s and account_id = %s and state = 'open'",
            [entity_id, account_id],
        )
        return [row[0] for row in cursor.fetchall()]


def invoice(office: Office, account_id: int, minor: int, *, on: date, terms: int = 30) -> int:
    """Bill an account; returns the open item's id."""
    return _bill(office, account_id, minor, on, terms)


def credit(office: Office, account_id: int, minor: int, *, on: date) -> int:
    """Give credit, unapplied; returns the open item's id."""
    return _bill(office, account_id, -minor, on, 0)


def pay(office: Office, account_id: int, minor: int, *, on: date, currency: str = "EUR") -> int:
    """Take money in, unapplied; returns the open item's id."""
    row = ReceiptRow(account_id, currency, minor, on, source_key=f"test {next(_places)}")
    receipt = record(row, by=office.system)
    return item_of_document(office.entity_id, "payment", receipt).id


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
