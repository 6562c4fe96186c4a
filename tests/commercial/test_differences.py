"""What was agreed and what was billed: a price off, a period nobody billed; each settled by its case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from duly.commercial.actions.collect import collect_charges
from duly.invoicing.actions import issue_invoices
from duly.invoicing.actions.charge_batch import charge_batch
from duly.invoicing.actions.void import correct_invoice
from duly.invoicing.collect import CollectScope
from duly.matching.actions import sweep
from duly.matching.models import Case
from duly.matching.queries.cases import Sought, case, cases, causes_of
from tests.commercial.scenario_commercial import agreed, term
from tests.invoicing.scenario_invoicing import ledger_minor, rows
from tests.matching.scenario_cases import decide, pick
from tests.scenario import Office, account

MAR9 = date(2026, 3, 9)


def bill(office: Office, account_id: int, on: date) -> None:
    issue_invoices([account_id], through_on=on, issued_on=on, today=on, by=office.coordinator)


def found(office: Office, kind: str) -> list[Case]:
    sweep(today=MAR9, by=office.system)
    return [each for each in cases(office.entity_id, Sought()) if each.kind == kind]


def overcharged(office: Office) -> int:
    """Ten seats agreed and billed at 12.00, then corrected to 13.00 without a word in the agreement."""
    ann = account(office)
    agreed(office, "2026-03-01", term("SEAT", "12.00", model="per_unit", quantity="10"), account_id=ann)
    bill(office, ann, date(2026, 3, 1))
    [(invoice_id,)] = rows("select id from invoicing_invoice where entity_id = %s", office.entity_id)
    wanted = {1: {"unit_price": Decimal("13.00")}}
    correct_invoice(invoice_id, wanted, reason="as they asked", today=date(2026, 3, 1), by=office.coordinator)
    return ann


def test_a_line_billed_above_the_agreed_price_is_credited_with_its_tax(office: Office) -> None:
    # 10 x (13.00 - 12.00) = 10.00 net, 1.90 tax: 11.90 too much.
    overcharged(office)

    [off] = found(office, "price")

    assert (off.amount_minor, off.favours, off.invoice_line) == (11_90, "us", 1)
    assert "10 x 13 billed, 12 agreed" in off.sentence
    assert causes_of(office.entity_id, off.id)[0].cause == "price"

    pick(office, off)

    # 130.00 - 10.00 of revenue, 24.70 - 1.90 of tax.
    assert (ledger_minor(office, "4000"), ledger_minor(office, "2200")) == (-120_00, -22_80)
    assert found(office, "price") == []


def test_a_price_a_person_says_is_right_is_not_asked_again(office: Office) -> None:
    overcharged(office)
    [off] = found(office, "price")

    decide(office, off, "keep", cause="goodwill")

    assert found(office, "price") == []
    assert case(office.entity_id, off.id).state == "dropped"


def test_a_period_between_two_billed_ones_that_nobody_billed_is_billed_by_its_case(office: Office) -> None:
    # Support at 100.00 a month for January to March; February was dropped from the draft table by a fault.
    ann = account(office)
    agreed(office, "2026-01-01", term("SUPPORT", "100.00"), account_id=ann)
    bill(office, ann, date(2026, 1, 1))
    with charge_batch():
        collect_charges(CollectScope(office.entity_id, 0, 2**62, date(2026, 3, 1)))
    rows_left = "delete from invoicing_charge where entity_id = %s and period_from = '2026-02-01' returning id"
    assert len(rows(rows_left, office.entity_id)) == 1
    drafts = "select id from invoicing_charge where entity_id = %s and period_from = '2026-03-01'"
    assert len(rows(drafts, office.entity_id)) == 1
    issue_march(office, ann)

    [gap] = found(office, "missing_charge")

    assert (gap.amount_minor, gap.favours, gap.happened_on) == (100_00, "them", date(2026, 2, 1))
    assert causes_of(office.entity_id, gap.id)[0].cause == "missing_charge"

    pick(office, gap)

    [(net, begins)] = rows(
        "select net_minor, period_from from invoicing_charge where entity_id = %s and charge_key like 'gap:%%'",
        office.entity_id,
    )
    assert (net, begins) == (100_00, date(2026, 2, 1))
    assert found(office, "missing_charge") == []


def issue_march(office: Office, account_id: int) -> None:
    """Bill the March draft alone, as if February had been lost before."""
    from duly.invoicing.actions.credit import Locked
    from duly.invoicing.actions.issue import number_documents
    from duly.invoicing.actions.void import bill_named
    from duly.kernel.actions import perform

    day = date(2026, 3, 1)
    [(draft,)] = rows("select id from invoicing_charge where entity_id = %s", office.entity_id)
    invoice = Locked(0, "invoice", account_id, "EUR", day, 0, 0, 0, "", None, None)

    def issue() -> None:
        made = bill_named(invoice, [draft], reason="", today=day, by_actor=office.system, corrects=False)
        number_documents(office.entity_id, [made])

    perform("invoices.issue", office.system, issue)
