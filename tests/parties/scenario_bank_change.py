"""The steps of a change of bank details, in the words of the office."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from duly.kernel.actor import Actor
from duly.parties.actions.bank_changes import (
    NewDetails,
    bring_into_force,
    call_back,
    confirm_bank_change,
    request_bank_change,
)
from duly.parties.contacts import contact_batch
from duly.parties.queries import bank_details_of
from tests.scenario import Office

NEW_IBAN = "DE44500105175407324931"
KNOWN = date(2026, 1, 5)


def contact(office: Office, party_id: int, *, name: str = "Paula", phone: str = "+49 30 1", since: date = KNOWN) -> int:
    """A contact known since a day; returns its id."""
    with transaction.atomic(), connection.cursor() as cursor:
        with contact_batch(office.entity_id, today=since):
            cursor.execute(
                "insert into staged_contact (party_id, name, email, phone) values (%s, %s, %s, %s)",
                [party_id, name, f"{name.lower()}@example.com", phone],
            )
        cursor.execute(
            "select id from parties_contact where entity_id = %s and party_id = %s and name = %s",
            [office.entity_id, party_id, name],
        )
        return int(cursor.fetchone()[0])


def party_of(office: Office, account_id: int) -> int:
    """The customer of an account."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select party_id from receivables_account where entity_id = %s and id = %s", [office.entity_id, account_id]
        )
        return int(cursor.fetchone()[0])


def asked(office: Office, party_id: int, *, on: date, account: str = NEW_IBAN, by: Actor | None = None) -> int:
    """A letter asks for another bank account; returns the change's id."""
    wanted = NewDetails(party_id, account, "they changed banks", "letter")
    return request_bank_change(wanted, today=on, by=by or office.specialist)


def in_force(office: Office, party_id: int, *, asked_on: date, on: date, account: str = NEW_IBAN) -> int:
    """A new bank account after all steps; returns the bank detail's id."""
    whom = contact(office, party_id)
    change = asked(office, party_id, on=asked_on, account=account)
    call_back(change, whom, said_yes=True, note="it is theirs", today=asked_on, by=office.coordinator)
    confirm_bank_change(change, today=asked_on, by=office.accountant)
    bring_into_force(today=on, by=office.system)
    return next(one.id for one in bank_details_of(office.entity_id, party_id) if one.in_force_from)
