"""Credit notes: in full, by line, by amount, repeatedly; always ending at zero, settled on their invoice."""

from __future__ import annotations

from datetime import date

import pytest

from duly.invoicing.actions.credit import credit_invoice
from duly.invoicing.actions.void import correct_invoice, void_invoice
from duly.kernel.refusals import Proposed, Refused
from tests.invoicing.scenario_invoicing import FEB28, Paper, charge, issue, ledger_minor, papers, rows
from tests.scenario import Office, account

FEB3 = date(2026, 2, 3)


def billed(office: Office, *net_minors: int, **more: str) -> tuple[int, int]:
    """An account with one invoice of these charges; returns account and invoice."""
    ann = account(office, **more)
    for net_minor in net_minors:
        charge(office, ann, net_minor)
    return ann, issue(office, ann).document_ids[0]


def test_a_full_credit_leaves_nothing_open_and_nothing_in_the_books(office: Office) -> None:
    ann, invoice = billed(office, 10_00, 5_50)

    credit_invoice(invoice, reason="not delivered", today=FEB3, by=office.coordinator)

    assert papers(office, ann) == [
        Paper("INV-2026-000001", "invoice", 15_50, 2_95, 18_45, 0),
        Paper("CN-2026-000001", "credit_note", -15_50, -2_95, -18_45, 0),
    ]
    assert [ledger_minor(office, code) for code in ("1200", "4000", "2200")] == [0, 0, 0]


def test_credits_by_amount_line_and_rest_end_at_zero(office: Office) -> None:
    ann, invoice = billed(office, 33_33, 66_67)  # 100.00 + 19.00 = 119.00

    credit_invoice(invoice, amount_minor=1, reason="a cent", today=FEB3, by=office.coordinator)
    credit_invoice(invoice, amount_minor=50_00, reason="part", today=FEB3, by=office.coordinator)
    credit_invoice(invoice, lines={2: 10_01}, reason="line", today=FEB3, by=office.coordinator)
    credit_invoice(invoice, reason="rest", today=FEB3, by=office.coordinator)

    assert sum(paper.total_minor for paper in papers(office, ann)) == 0
    assert sum(paper.tax_minor for paper in papers(office, ann)) == 0
    assert {paper.open_minor for paper in papers(office, ann)} == {0}
    with pytest.raises(Refused, match=r"credit\.nothing_left"):
        credit_invoice(invoice, reason="again", today=FEB3, by=office.coordinator)


def test_no_more_than_is_left_can_be_credited(office: Office) -> None:
    _, invoice = billed(office, 10_00)

    with pytest.raises(Refused, match=r"credit\.exceeds_invoice"):
        credit_invoice(invoice, amount_minor=11_91, reason="too much", today=FEB3, by=office.coordinator)


def test_a_sales_tax_of_two_components_is_credited_component_by_component(office: Office) -> None:
    ann, invoice = billed(office, 99_99, tax_profile="us_ny")  # 4 % = 4.00, 4.5 % = 4.50

    credit_invoice(invoice, amount_minor=33_33, reason="part", today=FEB3, by=office.coordinator)
    credit_invoice(invoice, reason="rest", today=FEB3, by=office.coordinator)

    taxes = rows(
        "select t.component, sum(t.tax_minor), sum(t.taxable_minor)"
        " from invoicing_tax t join invoicing_invoice v"
        " on v.entity_id = t.entity_id and v.id = t.invoice_id where v.account_id = %s group by 1",
        ann,
    )
    assert sorted(taxes) == [("New York City", 0, 0), ("New York State", 0, 0)]


def test_a_credit_above_the_limit_is_sent_for_approval(office: Office) -> None:
    _, invoice = billed(office, 9_000_000_00)

    with pytest.raises(Proposed, match="Owner"):
        credit_invoice(invoice, reason="all of it", today=FEB3, by=office.specialist)


def test_a_voided_invoice_frees_its_charges_for_the_next_bill(office: Office) -> None:
    ann, invoice = billed(office, 10_00)

    void_invoice(invoice, reason="wrong customer", today=FEB3, by=office.coordinator)
    again = issue(office, ann, on=FEB28)

    assert again.documents == 1
    assert [paper.total_minor for paper in papers(office, ann)] == [11_90, -11_90, 11_90]
    versions = rows("select version from invoicing_line where invoice_id = %s", again.document_ids[0])
    assert versions == [(2,)]
    with pytest.raises(Refused, match=r"invoice\.voided_already"):
        void_invoice(invoice, reason="again", today=FEB3, by=office.coordinator)


def test_a_correction_is_a_credit_and_a_new_invoice_in_one_act(office: Office) -> None:
    ann, invoice = billed(office, 10_00, 5_00)

    made = correct_invoice(
        invoice,
        {1: {"net_minor": 8_00}, 2: {"drop": True}},
        reason="agreed price",
        today=FEB3,
        by=office.coordinator,
    )

    # 15.00 + 2.85; back; 8.00 + 1.52
    assert [paper.total_minor for paper in papers(office, ann)] == [17_85, -17_85, 9_52]
    corrects = rows("select corrects_id from invoicing_invoice where id = %s", made.invoice_id)
    assert corrects == [(invoice,)]
    assert ledger_minor(office, "1200") == 9_52
