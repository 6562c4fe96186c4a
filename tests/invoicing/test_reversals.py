"""Reversal charges of a run count as credited: with credits by hand they end at exactly zero, and never beyond."""

from __future__ import annotations

from datetime import date

from django.db import connection

from duly.invoicing.actions.charge_batch import charge_batch
from duly.invoicing.actions.credit import credit_invoice
from duly.kernel.actions import action
from duly.kernel.actor import Actor
from tests.invoicing.scenario_invoicing import FEB28, charge, issue, papers, rows, value
from tests.scenario import Office, account

STAGE = """
insert into staged_charge (entity_id, account_id, currency, charge_key, source_kind, description, bill_on, tax_point_on,
    net_minor, tax_code_id, revenue_account_id, reverses_invoice_id, reverses_line)
select l.entity_id, l.account_id, 'EUR', 'reverse:' || %(key)s, 'reversal', 'Back: ' || l.description, %(day)s,
    l.tax_point_on, %(net)s, l.tax_code_id, l.revenue_account_id, l.invoice_id, l.line
from invoicing_line as l where l.invoice_id = %(invoice)s and l.line = 1
"""


@action("charges.edit", name="tests.reverse")
def reverse(invoice: int, net_minor: int, key: str, *, by: Actor) -> None:
    """Stage a reversal of so much of an invoice's first line, as an agreement's backdated change would."""
    with charge_batch(), connection.cursor() as cursor:
        values = {"key": key, "day": date(2026, 2, 1), "net": net_minor, "invoice": invoice}
        cursor.execute(STAGE, values)


def billed(office: Office, net_minor: int) -> tuple[int, int]:
    ann = account(office)
    charge(office, ann, net_minor)
    return ann, issue(office, ann).document_ids[0]


def test_a_reversal_and_credits_take_an_invoice_to_exactly_zero(office: Office) -> None:
    ann, invoice = billed(office, 10_01)  # tax 1.9019 -> 1.90
    credit_invoice(invoice, amount_minor=3_33, reason="part", today=FEB28, by=office.coordinator)
    reverse(invoice, -2_01, "first", by=office.specialist)
    reverse(invoice, -1_00, "second", by=office.specialist)

    issue(office, ann, on=FEB28)
    credit_invoice(invoice, reason="rest", today=FEB28, by=office.coordinator)

    found = papers(office, ann)
    assert [sum(getattr(paper, name) for paper in found) for name in ("net_minor", "tax_minor")] == [0, 0]
    assert found[2].net_minor == -3_01


def test_a_reversal_of_more_than_is_left_is_held(office: Office) -> None:
    ann, invoice = billed(office, 10_00)
    credit_invoice(invoice, lines={1: 9_00}, reason="most of it", today=FEB28, by=office.coordinator)
    reverse(invoice, -5_00, "late", by=office.specialist)

    issued = issue(office, ann, on=FEB28)

    assert (issued.documents, issued.held) == (0, 1)
    reason = value("select reason from invoicing_run_item where run_id = %s", issued.run_id)
    assert reason == 'Taking back -5.00 EUR for "Back: Support", but only 1.00 EUR of that line is left.'


def test_a_reversal_beside_new_charges_stands_on_one_invoice(office: Office) -> None:
    ann, invoice = billed(office, 10_00)
    reverse(invoice, -10_00, "whole", by=office.specialist)
    charge(office, ann, 12_00, bill_on=date(2026, 2, 1))

    issue(office, ann, on=FEB28)

    # -10.00 - 1.90 and 12.00 + 2.28
    assert papers(office, ann)[1].total_minor == 2_38
    shares = rows("select net_minor, tax_minors from invoicing_line where invoice_id <> %s order by line", invoice)
    assert sorted(shares) == [(-10_00, [-1_90]), (12_00, [2_28])]
