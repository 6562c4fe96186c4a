"""What happens in one room is heard in the room above, in the same transaction."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from duly.banking.actions import NewBankAccount, open_bank_accounts
from duly.catalog.actions import set_prices
from duly.catalog.models import NewPrice
from duly.events.actions import undo
from duly.events.queries import recent_events
from tests.commercial.scenario_commercial import agreed, bill, term
from tests.scenario import Office


def value(query: str, *params: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchone()[0]


def follow_the_list(office: Office) -> None:
    """A price list of 12.00 from January on, and an agreement that follows it and was billed for February."""
    set_prices([NewPrice("SEAT", "EUR", Decimal(12), date(2026, 1, 1))], by=office.coordinator)
    agreed(office, "2026-01-01", term("SEAT", None))
    bill(office, "2026-02-01")


def test_a_new_list_price_puts_the_agreements_that_follow_it_in_doubt(office: Office) -> None:
    follow_the_list(office)
    assert value("select recheck_from from commercial_agreement") is None

    set_prices([NewPrice("SEAT", "EUR", Decimal(13), date(2026, 2, 1))], by=office.coordinator)

    assert value("select recheck_from from commercial_agreement") == date(2026, 2, 1)
    assert recent_events(office.entity_id)[0].summary == "1 list price set"


def test_taking_the_price_back_puts_them_in_doubt_too(office: Office) -> None:
    follow_the_list(office)
    set_prices([NewPrice("SEAT", "EUR", Decimal(13), date(2026, 2, 1))], by=office.coordinator)
    changed = recent_events(office.entity_id)[0]
    bill(office, "2026-02-01")
    bill(office, "2026-02-01")  # the run after the correction finds that all agrees
    assert value("select recheck_from from commercial_agreement") is None

    undo(changed.id, by=office.coordinator)

    assert value("select recheck_from from commercial_agreement") == date(2026, 2, 1)


def test_customers_are_asked_to_pay_to_the_first_bank_account(office: Office) -> None:
    for name, iban, code in (("First", "DE02120300000000202051", "1100"), ("Second", "DE02500105170137075030", "1110")):
        open_bank_accounts([NewBankAccount(name, "EUR", code, iban=iban)], by=office.accountant)

    assert (
        value("select bank ->> 'iban' from access_entity where id = %s", office.entity_id) == "DE02120300000000202051"
    )
