"""Due charges become documents: numbered, taxed, posted, open."""

from __future__ import annotations

from tests.invoicing.scenario_invoicing import Paper, charge, issue, ledger_minor, papers
from tests.scenario import Office, account


def test_due_charges_become_one_invoice_in_the_books(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    charge(office, ann, 5_50)

    issued = issue(office, ann)

    assert (issued.documents, issued.held) == (1, 0)
    # 10.00 + 5.50 = 15.50, VAT 19 % = 2.945 -> 2.95
    assert papers(office, ann) == [Paper("INV-2026-000001", "invoice", 15_50, 2_95, 18_45, 18_45)]
    assert ledger_minor(office, "1200") == 18_45
    assert ledger_minor(office, "4000") == -15_50
    assert ledger_minor(office, "2200") == -2_95


def test_issuing_twice_bills_nothing_twice(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    issue(office, ann)

    again = issue(office, ann)

    assert (again.documents, again.held) == (0, 0)
    assert len(papers(office, ann)) == 1
