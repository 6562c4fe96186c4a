"""Reading: pages by key, documents that explain themselves, runs beside the run before."""

from __future__ import annotations

from datetime import date

from duly.invoicing.actions.credit import credit_invoice
from duly.invoicing.queries.charges import DraftFilter, SurpriseFilter, drafts_page, surprises_page
from duly.invoicing.queries.documents import (
    DocumentFilter,
    document_by_number,
    documents_page,
    explain_document,
)
from duly.invoicing.queries.runs import held_page, preview
from tests.invoicing.scenario_invoicing import JAN31, charge, full_run, issue
from tests.scenario import Office, account


def test_documents_are_paged_by_key(office: Office) -> None:
    ann = account(office)
    made = []
    for _ in range(3):
        charge(office, ann, 10_00)
        made.extend(issue(office, ann).document_ids)

    first = documents_page(office.entity_id, DocumentFilter(account_id=ann), today=JAN31, limit=2)
    last = (first[-1].issued_on, first[-1].id)
    rest = documents_page(office.entity_id, DocumentFilter(state="open"), today=JAN31, before=last, limit=2)

    assert [row.id for row in first + rest] == made[::-1]


def test_a_document_explains_itself(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    [invoice] = issue(office, ann).document_ids
    credit_invoice(invoice, amount_minor=5_00, reason="late", today=date(2026, 2, 3), by=office.coordinator)

    found = explain_document(office.entity_id, document_by_number(office.entity_id, "INV-2026-000001").id)

    assert (found.document.total_minor, found.document.open_minor) == (11_90, 6_90)
    assert [(line.net_minor, line.credited_net_minor) for line in found.lines] == [(10_00, 4_20)]
    assert [(tax.tax_code, tax.tax_minor) for tax in found.taxes] == [("DE-S", 1_90)]
    assert {link.relation for link in found.links} == {"corrected_by", "taken_back_by"}
    assert len(found.settlements) == 1
    assert [dispatch.state for dispatch in found.dispatches] == ["queued"]


def test_drafts_and_surprises_are_listed(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    charge(office, ann, 10_00)
    charge(office, ann, 10_00)
    charge(office, bob, 5_00)

    issue(office, ann)

    drafts = drafts_page(office.entity_id, DraftFilter())
    assert [row.net_minor for row in drafts] == [10_00, 10_00, 5_00]
    after = (drafts[1].account_id, drafts[1].bill_on, drafts[1].id)
    assert [row.id for row in drafts_page(office.entity_id, DraftFilter(), after=after)] == [drafts[2].id]
    [surprise] = surprises_page(office.entity_id, SurpriseFilter())
    assert (surprise.kind, surprise.at_stake_minor, surprise.deadline_on) == ("doubled", 10_00, date(2026, 2, 3))


def test_a_run_is_previewed_beside_the_run_before(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob", street="")
    charge(office, ann, 10_00)
    full_run(office)
    charge(office, ann, 25_00, bill_on=date(2026, 2, 1))
    charge(office, bob, 7_00, bill_on=date(2026, 2, 1))

    run_id = full_run(office, on=date(2026, 2, 28), approve=False)

    seen = preview(office.entity_id, run_id)
    assert (seen.run.planned_accounts, seen.run.held_accounts) == (1, 1)
    assert seen.run.to_bill_net == {"EUR": 25_00}
    assert seen.previous is not None
    assert seen.previous.billed_net == {"EUR": 10_00}
    assert [(row.net_minor, row.before_minor) for row in seen.biggest_changes] == [(25_00, 10_00), (7_00, 0)]
    [held] = held_page(office.entity_id, run_id)
    assert (held.account_id, held.reason) == (bob, "The billing address is missing.")
