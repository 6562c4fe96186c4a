"""Charges by hand: entered, edited, removed, each undone by its mirror; twice is the same as once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from duly.events.actions import undo
from duly.invoicing.actions import NewCharge, add_charges, edit_charge, remove_charges
from duly.invoicing.actions.held import release_held
from duly.kernel.refusals import NotAllowed, Refused
from tests.invoicing.scenario_invoicing import JAN31, charge, full_run, issue, papers, rows, value
from tests.scenario import Office, account

JAN15 = date(2026, 1, 15)


def last_event() -> int:
    return int(value("select max(id) from events_event"))


@pytest.mark.parametrize(
    ("currency", "quantity", "price", "net_minor"),
    [
        pytest.param("EUR", "3", "9.99", 29_97, id="euro"),
        pytest.param("JPY", "3", "333.5", 1001, id="yen have no digits, half up"),
        pytest.param("KWD", "1.5", "0.333", 500, id="dinar have three digits, half up"),
    ],
)
def test_quantity_times_price_is_the_net(
    office: Office, currency: str, quantity: str, price: str, net_minor: int
) -> None:
    ann = account(office, currency=currency)
    entered = NewCharge(
        account_id=ann, bill_on=JAN15, item_code="SEAT", quantity=Decimal(quantity), unit_price=Decimal(price)
    )

    add_charges([entered], by=office.specialist)

    assert rows("select net_minor, currency from invoicing_charge") == [(net_minor, currency)]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        pytest.param({"item_code": "NONE"}, r"charge\.item_unknown", id="item"),
        pytest.param({"account_id": 999_999}, r"charge\.account_unknown", id="account"),
        pytest.param({"net_minor": None}, r"charge\.price_missing", id="price"),
        pytest.param({"item_code": ""}, r"charge\.description_missing", id="words"),
        pytest.param({"tax_code": "XX"}, r"charge\.tax_code_missing", id="tax code"),
    ],
)
def test_a_charge_that_is_unclear_is_refused_with_its_place(office: Office, wrong: dict[str, Any], code: str) -> None:
    ann = account(office)
    good = {"account_id": ann, "bill_on": JAN15, "item_code": "SEAT", "net_minor": 1_00}

    with pytest.raises(Refused, match=code):
        add_charges([NewCharge(**good), NewCharge(**{**good, **wrong})], by=office.specialist)  # type: ignore[arg-type]


def test_entering_the_same_key_twice_is_the_same_as_once(office: Office) -> None:
    ann = account(office)
    first = charge(office, ann, 10_00, charge_key="order 7")

    again = charge(office, ann, 10_00, charge_key="order 7")

    assert again == first
    issue(office, ann)
    with pytest.raises(Refused, match=r"charge\.billed_already"):
        charge(office, ann, 10_00, charge_key="order 7")


def test_an_edit_is_undone_by_its_mirror(office: Office) -> None:
    ann = account(office)
    drafted = charge(office, ann, 10_00)
    edit_charge(drafted, net_minor=8_00, description="Discounted", by=office.specialist)

    undo(last_event(), by=office.specialist)

    assert rows("select net_minor, description from invoicing_charge") == [(10_00, "Support")]


def test_a_removed_charge_comes_back_by_undo(office: Office) -> None:
    ann = account(office)
    drafted = charge(office, ann, 10_00)
    remove_charges([drafted], note="goodwill", by=office.specialist)
    assert issue(office, ann).documents == 0
    [removal] = rows("select id from events_event where action = 'charges.remove'")

    undo(removal[0], by=office.specialist)

    assert issue(office, ann).documents == 1


def test_issuing_one_invoice_is_undone_by_voiding_it_before_it_leaves(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    issue(office, ann)

    undo(last_event(), by=office.coordinator, today=JAN31)

    assert [paper.total_minor for paper in papers(office, ann)] == [11_90, -11_90]
    assert rows("select distinct state from events_outbox") == [("cancelled",)]
    assert value("select count(*) from invoicing_charge") == 1


def test_who_may_not_edit_charges_is_refused(office: Office) -> None:
    with pytest.raises(NotAllowed):
        add_charges([], by=office.auditor)


def test_held_accounts_of_an_issued_run_are_released_and_billed(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob", street="")
    charge(office, ann, 10_00)
    charge(office, ann, 10_00)
    charge(office, bob, 5_00)
    run_id = full_run(office)

    released = release_held(run_id, [ann, bob], note="both right", today=JAN31, by=office.coordinator)

    assert [row.account_id for row in released.still_held] == [bob]
    assert released.issued is not None
    assert released.issued.documents == 1
    assert [paper.net_minor for paper in papers(office, ann)] == [20_00]
