"""Every kind of document can be put on paper as it stands in the books."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from duly.formats.pdf import Kind
from duly.invoicing.actions.credit import credit_invoice
from duly.invoicing.actions.paper import render, sheet
from duly.invoicing.actions.void import correct_invoice
from tests.invoicing.scenario_invoicing import charge, issue
from tests.scenario import Office, account

FEB3 = date(2026, 2, 3)


@pytest.mark.parametrize(
    ("buyer", "net_minor"),
    [
        pytest.param({"language": "de"}, 10_01, id="German VAT, in German"),
        pytest.param({"tax_profile": "us_ny"}, 99_99, id="two sales taxes"),
        pytest.param({"tax_profile": "reverse_charge", "language": "fr"}, 10_00, id="reverse charge, in French"),
        pytest.param({"currency": "JPY"}, 1001, id="a currency without digits"),
        pytest.param({"currency": "KWD", "language": "es"}, 1_001, id="a currency with three digits, in Spanish"),
        pytest.param({"po_number": "PO 7781"}, 0, id="nothing to pay"),
    ],
)
def test_an_invoice_goes_on_paper(office: Office, buyer: dict[str, Any], net_minor: int) -> None:
    ann = account(office, **buyer)
    charge(office, ann, net_minor)
    [invoice] = issue(office, ann).document_ids

    assert sheet(office.entity_id, invoice).net_minor == net_minor
    assert render(office.entity_id, invoice).startswith(b"%PDF")


def test_a_partial_credit_shows_positive_amounts_and_its_invoice(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 100_00)
    [invoice] = issue(office, ann).document_ids
    credit = credit_invoice(invoice, amount_minor=33_33, reason="late", today=FEB3, by=office.coordinator)

    paper = sheet(office.entity_id, credit)

    assert (paper.kind, paper.gross_minor, paper.preceding_number) == (Kind.CREDIT_NOTE, 33_33, "INV-2026-000001")
    assert render(office.entity_id, credit).startswith(b"%PDF")


def test_a_correction_names_what_it_corrects(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 100_00)
    [invoice] = issue(office, ann).document_ids
    made = correct_invoice(invoice, {1: {"net_minor": 80_00}}, reason="price", today=FEB3, by=office.coordinator)

    paper = sheet(office.entity_id, made.invoice_id)

    assert (paper.kind, paper.gross_minor, paper.preceding_number) == (Kind.CORRECTION, 95_20, "INV-2026-000001")
    assert render(office.entity_id, made.invoice_id).startswith(b"%PDF")


def test_a_run_that_gives_back_makes_a_credit_note_on_paper(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 100_00)
    issue(office, ann)
    charge(office, ann, -10_00, item_code="", description="Goodwill", tax_code="DE-S")
    [credit] = issue(office, ann).document_ids

    paper = sheet(office.entity_id, credit)

    assert (paper.kind, paper.gross_minor, paper.preceding_number) == (Kind.CREDIT_NOTE, 11_90, "INV-2026-000001")
