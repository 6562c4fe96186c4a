"""The bill run as an object: planned, approved, issued in chunks, certified; held accounts stop nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection

from duly.invoicing.actions import edit_charge, plan_run, remove_charges
from duly.invoicing.actions.runs import approve_run, cancel_run
from duly.invoicing.collect import COLLECTORS, CollectScope
from duly.invoicing.jobs import work_run
from duly.invoicing.queries.runs import run
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotAllowed, Proposed, Refused
from duly.receivables.actions.accounts import NewHold, hold_accounts, release_holds
from tests.invoicing.scenario_invoicing import FEB28, JAN31, charge, full_run, issue, papers, rows, value
from tests.scenario import Office, account


def items(run_id: int) -> dict[int, tuple[str, str]]:
    """What became of each account of a run."""
    found = rows("select account_id, state, reason from invoicing_run_item where run_id = %s", run_id)
    return {account_id: (state, reason) for account_id, state, reason in found}


def test_a_run_bills_everybody_and_its_certificate_adds_up(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob", currency="JPY")
    charge(office, ann, 10_00)
    charge(office, bob, 500, currency="JPY")

    done = run(office.entity_id, full_run(office))

    assert (done.state, done.documents, done.certificate["adds_up"]) == ("issued", 2, True)
    assert done.certificate["expected_net"] == {"EUR": 10_00, "JPY": 500}
    assert done.certificate["billed_net"] == {"EUR": 10_00, "JPY": 500}
    # JPY has no minor digits: 500 + 19 % = 95
    assert [paper.total_minor for paper in papers(office, bob)] == [595]


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        pytest.param({"street": ""}, "The billing address is missing.", id="no address"),
        pytest.param({"email": ""}, "Invoices go by e-mail, and there is no e-mail address.", id="no e-mail"),
    ],
)
def test_an_account_that_cannot_be_billed_is_held_and_the_others_go_on(
    office: Office, trouble: dict[str, str], reason: str
) -> None:
    ann, bob = account(office), account(office, name="Bob", **trouble)
    charge(office, ann, 10_00)
    charge(office, bob, 7_00)

    run_id = full_run(office)

    assert items(run_id) == {ann: ("billed", ""), bob: ("held", reason)}
    done = run(office.entity_id, run_id)
    assert (done.billed_accounts, done.held_accounts, done.held_net) == (1, 1, {"EUR": 7_00})
    assert value("select deadline_on from invoicing_run_item where account_id = %s", bob) == date(2026, 2, 3)


def test_a_held_account_is_billed_once_released(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    hold = NewHold(ann, "billing", "disputed", deadline_on=FEB28)
    [hold_id] = hold_accounts([hold], by=office.coordinator)
    run_id = full_run(office)
    assert items(run_id) == {ann: ("held", "Billing is on hold: disputed")}

    release_holds([hold_id], by=office.coordinator)

    assert issue(office, ann).documents == 1


def test_a_run_planned_twice_bills_nothing_twice(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    first = plan_run(JAN31, JAN31, today=JAN31, by=office.coordinator)
    second = plan_run(JAN31, JAN31, today=JAN31, by=office.coordinator)
    for run_id in (first, second):
        work_run(run_id, by=office.coordinator, workers=1)
        approve_run(run_id, by=office.system)

    certificates = [work_run(run_id, by=office.coordinator, workers=1) for run_id in (first, second)]

    assert [c is not None and c.adds_up for c in certificates] == [True, True]
    assert [c.elsewhere_accounts for c in certificates if c] == [0, 1]
    assert items(second) == {ann: ("elsewhere", "Another run billed it meanwhile.")}
    assert len(papers(office, ann)) == 1


def test_a_draft_edited_before_approval_is_billed_as_edited(office: Office) -> None:
    ann = account(office)
    drafted = charge(office, ann, 10_00)
    run_id = full_run(office, approve=False)

    edit_charge(drafted, net_minor=8_00, by=office.specialist, note="agreed by phone")

    assert run(office.entity_id, run_id).to_bill_net == {"EUR": 8_00}
    approve_run(run_id, by=office.system)
    certificate = work_run(run_id, by=office.coordinator, workers=1)
    assert certificate is not None
    assert (certificate.adds_up, certificate.billed_net) == (True, {"EUR": 8_00})


def test_a_draft_changed_after_approval_holds_its_account(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    run_id = full_run(office, approve=False)
    approve_run(run_id, by=office.system)

    charge(office, ann, 4_00)
    certificate = work_run(run_id, by=office.coordinator, workers=1)

    assert certificate is not None
    assert (certificate.adds_up, certificate.documents, certificate.held_net) == (True, 0, {"EUR": 10_00})
    assert items(run_id)[ann][1] == "Planned were 1 charges of 10.00 EUR, now there are 2 of 14.00 EUR."


def test_a_draft_removed_before_approval_leaves_nothing_due(office: Office) -> None:
    ann = account(office)
    drafted = charge(office, ann, 10_00)
    run_id = full_run(office, approve=False)

    remove_charges([drafted], note="not billable", by=office.specialist)

    assert items(run_id) == {ann: ("nothing_due", "")}


def test_a_charge_for_later_is_not_billed_now(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00, bill_on=FEB28)

    assert issue(office, ann).documents == 0
    assert issue(office, ann, on=FEB28).documents == 1


def test_more_to_give_back_than_to_bill_makes_a_credit_note(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    charge(office, ann, -30_00, item_code="", tax_code="DE-S")

    issue(office, ann)

    [paper] = papers(office, ann)
    assert (paper.number, paper.kind, paper.total_minor) == ("CN-2026-000001", "credit_note", -23_80)


def test_charges_that_cancel_out_make_a_zero_invoice_without_an_item(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    charge(office, ann, -10_00, item_code="", tax_code="DE-S")

    issue(office, ann)

    [paper] = papers(office, ann)
    assert (paper.kind, paper.total_minor, paper.open_minor) == ("invoice", 0, None)


def test_each_purchase_order_has_its_own_invoice(office: Office) -> None:
    ann = account(office, po_number="PO-1")
    charge(office, ann, 10_00)
    charge(office, ann, 20_00, po_number="PO-2")
    charge(office, ann, 30_00, po_number="PO-1", description="More")

    issue(office, ann)

    assert [paper.net_minor for paper in papers(office, ann)] == [40_00, 20_00]


def test_tax_is_rounded_on_the_document_not_on_the_line(office: Office) -> None:
    ann = account(office)
    for _ in range(3):
        charge(office, ann, 3, description=f"Line {_}")

    issue(office, ann)

    # 3 x 0.03 = 0.09, 19 % of it 0.0171 -> 0.02; by the line it would be 3 x 0.01
    assert [paper.tax_minor for paper in papers(office, ann)] == [2]
    assert sorted(rows("select tax_minors from invoicing_line")) == [([0],), ([1],), ([1],)]


def test_a_run_above_the_limit_is_not_approved(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    run_id = full_run(office, approve=False)
    careful = Actor(office.entity_id, 7, "Cora", frozenset(["runs.approve"]), limits={("runs.approve", "EUR"): 5_00})

    with pytest.raises(Proposed):
        approve_run(run_id, by=careful)

    assert run(office.entity_id, run_id).state == "planned"


def test_above_a_limit_the_maker_of_a_run_is_not_its_approver(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    run_id = full_run(office, approve=False)
    maker = Actor(
        office.entity_id,
        office.coordinator.user_id,
        "Cora",
        frozenset(["runs.approve"]),
        limits={("runs.approve_own", "EUR"): 0},
    )

    with pytest.raises(NotAllowed, match=r"runs\.approver_is_maker"):
        approve_run(run_id, by=maker)


def test_a_cancelled_run_leaves_its_drafts_for_the_next(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    run_id = full_run(office, approve=False)

    cancel_run(run_id, by=office.coordinator)

    with pytest.raises(Refused, match=r"run\.cannot_become_approved"):
        approve_run(run_id, by=office.system)
    assert issue(office, ann).documents == 1


def test_a_closed_month_is_refused_before_any_work(office: Office) -> None:
    with pytest.raises(Refused, match=r"ledger\.period_closed"):
        plan_run(JAN31, date(2035, 1, 1), today=JAN31, by=office.coordinator)


@pytest.fixture
def collector() -> Iterator[list[tuple[int, int, int]]]:
    """A collector of the test's own: (account, staged net, expected net)."""
    wanted: list[tuple[int, int, int]] = []

    def collect(scope: CollectScope) -> None:
        with connection.cursor() as cursor:
            for account_id, net_minor, expected_minor in wanted:
                values = {"e": scope.entity_id, "a": account_id, "n": net_minor, "x": expected_minor}
                if net_minor:
                    cursor.execute(STAGE, values)
                cursor.execute("insert into staged_expected values (%(e)s, %(a)s, 'EUR', %(x)s)", values)

    before = COLLECTORS[:]
    COLLECTORS[:] = [collect]
    yield wanted
    COLLECTORS[:] = before


STAGE = """
insert into staged_charge (entity_id, account_id, currency, charge_key, source_kind, source_id, description, bill_on,
    tax_point_on, net_minor, tax_code_id, revenue_account_id)
select %(e)s, %(a)s, 'EUR', 'term:' || %(a)s || ':2026-01', 'agreement', 1, 'Plan', date '2026-01-01',
    date '2026-01-01', %(n)s, k.id, g.id
from catalog_tax_code k join ledger_account g on g.entity_id = k.entity_id and g.code = '4000'
where k.entity_id = %(e)s and k.code = 'DE-S'
"""


def test_an_account_with_nothing_due_is_counted_as_such(office: Office, collector: list[tuple[int, int, int]]) -> None:
    ann, bob = account(office), account(office, name="Bob")
    collector[:] = [(ann, 10_00, 10_00), (bob, 0, 0)]

    done = run(office.entity_id, full_run(office))

    assert (done.expected_accounts, done.billed_accounts, done.nothing_due) == (2, 1, 1)


def test_an_agreement_that_expects_more_than_is_drafted_holds_its_account(
    office: Office, collector: list[tuple[int, int, int]]
) -> None:
    ann, bob = account(office), account(office, name="Bob")
    collector[:] = [(ann, 10_00, 12_00), (bob, 0, 5_00)]

    run_id = full_run(office)

    assert items(run_id) == {
        ann: ("held", "Agreements and waiting drafts say 12.00 EUR is due, the drafts say 10.00 EUR."),
        bob: ("held", "Agreements and waiting drafts say 5.00 EUR is due, the drafts say 0.00 EUR."),
    }
    assert run(office.entity_id, run_id).certificate["held_net"] == {"EUR": 17_00}


def test_a_collected_draft_that_was_edited_is_not_overwritten(
    office: Office, collector: list[tuple[int, int, int]]
) -> None:
    ann = account(office)
    collector[:] = [(ann, 10_00, 10_00)]
    full_run(office, approve=False)
    [(drafted,)] = rows("select id from invoicing_charge")
    edit_charge(drafted, net_minor=9_00, by=office.specialist)

    full_run(office)

    assert [paper.net_minor for paper in papers(office, ann)] == [9_00]


def test_a_collected_draft_that_was_removed_stays_removed(
    office: Office, collector: list[tuple[int, int, int]]
) -> None:
    ann = account(office)
    collector[:] = [(ann, 10_00, 10_00)]
    full_run(office, approve=False)
    [(drafted,)] = rows("select id from invoicing_charge")
    remove_charges([drafted], note="goodwill", by=office.specialist)

    done = run(office.entity_id, full_run(office))

    assert (done.documents, done.nothing_due) == (0, 1)


def test_a_collected_draft_follows_its_agreement(office: Office, collector: list[tuple[int, int, int]]) -> None:
    ann = account(office)
    collector[:] = [(ann, 10_00, 10_00)]
    full_run(office, approve=False)
    collector[:] = [(ann, 11_00, 11_00)]

    full_run(office)

    assert [paper.net_minor for paper in papers(office, ann)] == [11_00]


def test_a_run_that_does_not_add_up_is_not_called_issued(office: Office) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    run_id = full_run(office, approve=False)
    approve_run(run_id, by=office.system)
    with connection.cursor() as cursor:
        cursor.execute("update invoicing_run_chunk set expected_net = '{\"EUR\": 1001}' where run_id = %s", [run_id])

    first = work_run(run_id, by=office.coordinator, workers=1)
    events = value("select count(*) from events_event")
    again = work_run(run_id, by=office.coordinator, workers=1)

    assert first is not None
    assert (first.adds_up, first.off_by) == (False, {"EUR": 1})
    assert again == first
    assert value("select count(*) from events_event") == events
    assert run(office.entity_id, run_id).state == "issuing"
