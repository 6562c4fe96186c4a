"""An invoice of the wrong customer is credited there and billed to the right one, in one act."""

from __future__ import annotations

from datetime import date

import pytest

from duly.invoicing.actions import issue_invoices
from duly.invoicing.actions.rebill import rebill_invoice
from duly.kernel.refusals import Refused
from tests.invoicing.scenario_invoicing import Paper, charge, issue, ledger_minor, papers, value
from tests.scenario import Office, account

FEB3 = date(2026, 2, 3)


def test_the_wrong_customer_gets_a_credit_note_and_the_right_one_the_invoice(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob", tax_profile="export")
    charge(office, ann, 100_00)
    [invoice] = issue(office, ann).document_ids

    made = rebill_invoice(invoice, bob, reason="Bob ordered it", today=FEB3, by=office.coordinator)

    assert papers(office, ann) == [
        Paper("INV-2026-000001", "invoice", 100_00, 19_00, 119_00, 0),
        Paper("CN-2026-000001", "credit_note", -100_00, -19_00, -119_00, 0),
    ]
    assert papers(office, bob) == [Paper("INV-2026-000002", "invoice", 100_00, 0, 100_00, 100_00)]
    # 1200 +119.00 -119.00 +100.00; 4000 -100.00 +100.00 -100.00; 2200 -19.00 +19.00 (no tax on exports)
    assert [ledger_minor(office, code) for code in ("1200", "4000", "2200")] == [100_00, -100_00, 0]
    assert made.invoice_id != invoice
    said = value("select summary from events_event where entity_id = %s order by id desc limit 1", office.entity_id)
    assert said.endswith("Bob instead: Bob ordered it")


def test_nothing_of_it_is_billed_again_on_either_account(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    charge(office, ann, 100_00)
    [invoice] = issue(office, ann).document_ids
    rebill_invoice(invoice, bob, reason="Bob ordered it", today=FEB3, by=office.coordinator)

    again = issue_invoices([ann, bob], through_on=FEB3, issued_on=FEB3, today=FEB3, by=office.coordinator)

    assert again.document_ids == ()
    with pytest.raises(Refused, match=r"invoice\.voided_already"):
        rebill_invoice(invoice, bob, reason="again", today=FEB3, by=office.coordinator)


@pytest.mark.parametrize(
    ("to", "code"), [("Ann", "rebill.same_account"), ("Carl", "rebill.account_cannot_take_it")], ids=["itself", "USD"]
)
def test_an_account_that_cannot_take_it_is_refused(office: Office, to: str, code: str) -> None:
    names = {"Ann": account(office), "Carl": account(office, name="Carl", currency="USD")}
    charge(office, names["Ann"], 100_00)
    [invoice] = issue(office, names["Ann"]).document_ids

    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        rebill_invoice(invoice, names[to], reason="x", today=FEB3, by=office.coordinator)

    assert ledger_minor(office, "1200") == 119_00
