"""A credit note written by mistake is taken back by its mirror: numbered, booked, nothing deleted."""

from __future__ import annotations

from datetime import date

import pytest

from duly.access.actions import NewLimit, set_limit
from duly.access.queries import actor_of
from duly.events.actions import undo
from duly.events.outbox import lease_due, mark
from duly.invoicing.actions import reverse_credit
from duly.invoicing.actions.credit import credit_invoice
from duly.invoicing.actions.void import void_invoice
from duly.invoicing.queries.documents import explain_document
from duly.kernel import clock
from duly.kernel.actions import last_event_id
from duly.kernel.refusals import Proposed, Refused
from duly.ledger.actions import close_period
from duly.ledger.queries import period_of
from duly.payments.actions import ReceiptRow, apply_oldest_first, record_receipts
from tests.invoicing.scenario_invoicing import Paper, charge, issue, ledger_minor, papers, value
from tests.scenario import Office, account

FEB3 = date(2026, 2, 3)
FEB5 = date(2026, 2, 5)


def billed(office: Office, *net_minors: int, **more: str) -> tuple[int, int]:
    """An account with one invoice of these charges; returns account and invoice."""
    ann = account(office, **more)
    for net_minor in net_minors:
        charge(office, ann, net_minor)
    return ann, issue(office, ann).document_ids[0]


def books(office: Office) -> list[int]:
    """Receivables, revenue, tax: debit positive."""
    return [ledger_minor(office, code) for code in ("1200", "4000", "2200")]


def send_everything(office: Office) -> None:
    for row in lease_due(office.entity_id, ["mail"], clock.now().replace(year=2100)):
        mark(row, "sent", at=clock.now())


def test_a_credit_taken_back_leaves_the_invoice_as_it_was_and_three_numbered_papers(office: Office) -> None:
    # 100.00 + 19 % = 119.00; credited 59.50 = 50.00 + 9.50; taken back 59.50.
    ann, invoice = billed(office, 33_33, 66_67)
    credit = credit_invoice(invoice, lines={2: 50_00}, reason="wrong one", today=FEB3, by=office.coordinator)
    after_credit = books(office)

    reverse_credit(credit, reason="was meant for another", today=FEB5, by=office.coordinator)

    assert after_credit == [59_50, -50_00, -9_50]
    assert books(office) == [119_00, -100_00, -19_00]
    assert papers(office, ann) == [
        Paper("INV-2026-000001", "invoice", 100_00, 19_00, 119_00, 119_00),
        Paper("CN-2026-000001", "credit_note", -50_00, -9_50, -59_50, 0),
        Paper("INV-2026-000002", "invoice", 50_00, 9_50, 59_50, 0),
    ]


def test_what_was_taken_back_can_be_credited_again_to_exactly_zero(office: Office) -> None:
    ann, invoice = billed(office, 33_33, 66_67)
    first = credit_invoice(invoice, amount_minor=33_33, reason="one", today=FEB3, by=office.coordinator)
    credit_invoice(invoice, amount_minor=10_01, reason="two", today=FEB3, by=office.coordinator)

    reverse_credit(first, today=FEB3, by=office.coordinator)
    credit_invoice(invoice, reason="all of it", today=FEB5, by=office.coordinator)

    assert sum(paper.total_minor for paper in papers(office, ann)) == 0
    assert sum(paper.tax_minor for paper in papers(office, ann)) == 0
    assert {paper.open_minor for paper in papers(office, ann)} == {0}
    assert books(office) == [0, 0, 0]


def test_undo_of_a_credit_is_its_reversal_and_neither_paper_leaves(office: Office) -> None:
    ann, invoice = billed(office, 10_00)
    send_everything(office)
    credit = credit_invoice(invoice, reason="wrong one", today=FEB3, by=office.coordinator)
    event_id = last_event_id()
    assert event_id is not None

    undo(event_id, by=office.coordinator, today=FEB3)

    waiting = value("select count(*) from events_outbox where entity_id = %s and state = 'queued'", office.entity_id)
    assert waiting == 0
    assert [paper.open_minor for paper in papers(office, ann)] == [11_90, 0, 0]
    [link] = [each for each in explain_document(office.entity_id, credit).links if each.relation == "corrected_by"]
    assert link.number == "INV-2026-000002"
    with pytest.raises(Refused, match=r"credit\.reversed_already"):
        reverse_credit(credit, today=FEB3, by=office.coordinator)


def test_a_credit_that_settled_another_invoice_opens_that_one_again(office: Office) -> None:
    ann, invoice = billed(office, 10_00)
    record_receipts([ReceiptRow(ann, "EUR", 11_90, FEB3, method="cash")], by=office.specialist)
    apply_oldest_first([ann], today=FEB3, by=office.specialist)
    credit = credit_invoice(invoice, reason="wrong one", today=FEB3, by=office.coordinator)
    charge(office, ann, 20_00, bill_on=FEB3)
    issue(office, ann, on=FEB5)
    apply_oldest_first([ann], today=FEB5, by=office.specialist)
    assert [paper.open_minor for paper in papers(office, ann)] == [0, 0, 11_90]

    reverse_credit(credit, today=FEB5, by=office.coordinator)

    assert [paper.open_minor for paper in papers(office, ann)] == [0, 0, 23_80, 0]


def test_a_credit_that_has_left_is_not_taken_back_silently(office: Office) -> None:
    _, invoice = billed(office, 10_00)
    credit = credit_invoice(invoice, reason="wrong one", today=FEB3, by=office.coordinator)
    send_everything(office)
    before = books(office)

    with pytest.raises(Refused, match=r"credit\.sent_already"):
        reverse_credit(credit, today=FEB5, by=office.coordinator)

    assert books(office) == before


def test_the_credit_of_a_void_stays_for_its_charges_are_drafts_again(office: Office) -> None:
    _, invoice = billed(office, 10_00)
    credit = void_invoice(invoice, reason="wrong customer", today=FEB3, by=office.coordinator)

    with pytest.raises(Refused, match=r"credit\.voids_an_invoice"):
        reverse_credit(credit, today=FEB5, by=office.coordinator)


def test_an_invoice_is_no_credit_and_its_mirror_is_credited_through_the_invoice(office: Office) -> None:
    _, invoice = billed(office, 10_00)
    credit = credit_invoice(invoice, reason="wrong one", today=FEB3, by=office.coordinator)
    mirror = reverse_credit(credit, today=FEB3, by=office.coordinator)

    with pytest.raises(Refused, match=r"credit\.not_a_credit_of_an_invoice"):
        reverse_credit(invoice, today=FEB3, by=office.coordinator)
    with pytest.raises(Refused, match=r"credit\.nothing_left"):
        credit_invoice(mirror, reason="twice?", today=FEB3, by=office.coordinator)
    with pytest.raises(Refused, match=r"invoice\.takes_back_lines"):
        void_invoice(mirror, reason="twice?", today=FEB3, by=office.coordinator)


def test_the_limit_of_crediting_holds_for_taking_back_too(office: Office) -> None:
    _, invoice = billed(office, 100_00)
    credit = credit_invoice(invoice, reason="wrong one", today=FEB3, by=office.coordinator)
    set_limit(NewLimit("specialist", "invoices.credit", "EUR", 50_00, date(2026, 1, 1)), by=office.system)
    specialist = actor_of(office.specialist.user_id or 0, office.entity_id)

    with pytest.raises(Proposed):
        reverse_credit(credit, today=FEB3, by=specialist)


def test_in_a_closed_month_nothing_is_taken_back(office: Office) -> None:
    _, invoice = billed(office, 10_00)
    credit = credit_invoice(invoice, reason="wrong one", today=FEB3, by=office.coordinator)
    for day in (date(2026, 1, 31), FEB3):
        close_period(period_of(office.entity_id, day).id, today=date(2026, 3, 2), by=office.accountant)

    with pytest.raises(Refused):
        reverse_credit(credit, today=FEB5, by=office.coordinator)
    assert reverse_credit(credit, today=date(2026, 3, 2), by=office.coordinator)
