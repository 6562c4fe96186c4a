"""Whatever somebody has in their hands says why it is what it is, down to the rows."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from duly.banking.queries import lines
from duly.invoicing.actions.credit import credit_invoice
from duly.kernel.refusals import NotFound
from duly.ledger.actions import close_period
from duly.ledger.queries import period_of
from duly.matching.actions import auto_apply, propose
from duly.receivables.actions.accounts import NewHold, hold_accounts
from duly.receivables.queries import account as account_facts
from duly.receivables.queries import items_of_account
from duly.reports.why import Why, why
from tests import scenario
from tests.banking.scenario_bank import ANN_IBAN, Booked, bank, lines_in
from tests.commercial.scenario_commercial import agreed, plan, term
from tests.invoicing.scenario_invoicing import charge, full_run, issue
from tests.ledger.scenario_ledger import journal
from tests.payments.scenario_money import number_of, owe
from tests.receivables.scenario_receivables import account, invoice, pay, settle
from tests.scenario import Office

JAN5, JAN31, FEB10, TODAY = date(2026, 1, 5), date(2026, 1, 31), date(2026, 2, 10), date(2026, 2, 28)


def ask(office: Office, subject: str, as_of: date = TODAY) -> Why:
    return why(office.entity_id, subject, as_of=as_of)


def said(one: Why) -> str:
    return "\n".join(one.lines())


def number(office: Office, account_id: int) -> str:
    return account_facts(office.entity_id, account_id).number


def adds_up(one: Why, *labels: str) -> bool:
    """Whether the amounts of the named steps make the amount."""
    parts = [step.amount_minor or 0 for step in one.because if step.sentence.startswith(labels)]
    return sum(parts) == one.amount_minor


def test_a_balance_is_explained_by_steps_that_add_up_to_it_and_lead_to_their_rows(office: Office) -> None:
    ann = account(office)
    bill = invoice(office, ann, 100_00, on=JAN5)
    settle(office, bill, pay(office, ann, 30_00, on=FEB10), 30_00, on=FEB10)

    told = ask(office, number(office, ann))

    # 100.00 - 30.00 = 70.00
    assert told.sentence.endswith("owes 70.00 EUR at the end of 2026-02-28")
    assert adds_up(told, "Opening balance", "Charges", "Credits", "Payments")
    assert all(step.href.startswith("/accounts/") for step in told.because[:4])
    assert "70.00 EUR is 1–30 days late" in said(told)
    assert ask(office, number(office, ann), JAN31).amount_minor == 100_00


def test_a_hold_says_who_stopped_what_why_and_until_when(office: Office) -> None:
    ann = account(office)
    hold = NewHold(ann, scope="billing", reason="disputes the price", deadline_on=TODAY, note="call on Monday")
    hold_accounts([hold], by=office.coordinator)

    assert "by Coordinator until 2026-02-28: disputes the price (call on Monday)" in said(
        ask(office, number(office, ann))
    )


def test_an_invoice_is_its_lines_and_taxes_and_each_tax_names_its_law(office: Office) -> None:
    ann = scenario.account(office, delivery="none")
    charge(office, ann, 100_00)
    issue(office, ann)
    [item] = items_of_account(office.entity_id, ann)

    told = ask(office, item.number)

    # 100.00 + 19 % = 119.00
    assert told.amount_minor == 119_00
    assert adds_up(told, "Net", "Tax")
    assert "VAT 19 % of 100.00, rounded half up on the document, is 19.00 EUR" in said(told)
    assert "applies to accounts of tax profile domestic" in said(told)
    assert "debit 1200 Accounts receivable 119.00 EUR" in said(told)
    assert any(step.href == "/why/DE-S" for step in told.walk())


def test_a_credited_invoice_names_its_credit_note_and_the_reason(office: Office) -> None:
    ann = scenario.account(office, delivery="none")
    charge(office, ann, 100_00)
    issue(office, ann)
    [item] = items_of_account(office.entity_id, ann)
    credit_invoice(item.document_id, amount_minor=11_90, reason="late delivery", today=FEB10, by=office.system)

    told = said(ask(office, item.number))

    assert "CN-2026-000001" in told
    assert "of which 107.10 is open" in told
    assert "late delivery" in said(ask(office, "CN-2026-000001"))


def test_a_payment_reference_finds_its_invoice(office: Office) -> None:
    ann = account(office)
    invoice(office, ann, 5_00, on=JAN5)
    with connection.cursor() as cursor:
        cursor.execute(
            "select number, reference from receivables_number where entity_id = %s and document_kind = 'invoice'",
            [office.entity_id],
        )
        bill, reference = cursor.fetchone()

    spaced = " ".join(reference[i : i + 4] for i in range(0, len(reference), 4)).lower()

    assert ask(office, spaced).sentence.startswith(bill)


def test_a_match_is_explained_by_its_evidence_from_receipt_and_from_bank_line(office: Office) -> None:
    bank(office)
    item = owe(office, scenario.account(office), 100_00)
    cited = number_of(office, item)
    lines_in(office, [Booked(100_00, cited, payer="Ann", iban=ANN_IBAN)])
    propose(by=office.specialist)
    auto_apply(today=date(2026, 3, 9), by=office.specialist)
    [line] = lines(office.entity_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "select number from receivables_number where entity_id = %s and document_kind = 'receipt'",
            [office.entity_id],
        )
        [receipt] = cursor.fetchone()

    by_receipt, by_line, by_item = ask(office, receipt), ask(office, f"line {line.id}"), ask(office, cited)

    assert f"our number {cited} is on the line" in said(by_receipt)
    assert f"our number {cited} is on the line" in said(by_line)
    assert by_line.href == f"/match/{line.id}"
    assert "of which 0.00 is open" in said(by_item)
    assert receipt in said(by_item)


def test_a_ledger_account_is_explained_by_what_moved_it(office: Office) -> None:
    ann = account(office)
    invoice(office, ann, 100_00, on=JAN5)
    journal(office, "6100", "1100", 5_00, on=JAN31)

    control, bank_charges = ask(office, "1200"), ask(office, "6100")

    assert "100.00 EUR from invoices (1 postings)" in said(control)
    assert "The open items on it have 100.00 EUR: the same" in said(control)
    assert "5.00 EUR from journals by hand (1 postings)" in said(bank_charges)


def test_an_entry_and_a_journal_say_what_they_were_made_for(office: Office) -> None:
    made = journal(office, "6100", "1100", 5_00, on=JAN31, memo="bank fee")

    by_journal, by_entry = ask(office, f"journal {made.id}"), ask(office, f"entry-{made.entry_id}")

    assert "by Accountant, posted: bank fee" in by_journal.sentence
    assert "debit 6100 Bank charges 5.00 EUR" in said(by_journal)
    assert by_entry.sentence.endswith(f"was made for journal {made.id}: bank fee")


def test_a_month_says_what_keeps_it_open_or_who_closed_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from duly.ledger import closing

    monkeypatch.setattr(closing, "CLOSE_CHECKS", closing.CLOSE_CHECKS[:3])
    journal(office, "6100", "1100", 5_00, on=JAN31)

    before = said(ask(office, "2026-02"))
    close_period(period_of(office.entity_id, JAN31).id, today=TODAY, by=office.accountant)

    assert "✗ All earlier periods are closed\n      January 2026 is still open" in before
    assert "closed by Accountant" in ask(office, "2026-01").sentence


def test_a_run_explains_itself_by_its_certificate_and_whom_it_holds(office: Office) -> None:
    ann, bob = scenario.account(office, name="Ann"), scenario.account(office, name="Bob")
    charge(office, ann, 10_00)
    charge(office, bob, 20_00)
    hold_accounts([NewHold(bob, "billing", "disputes the price", TODAY)], by=office.coordinator)
    run_id = full_run(office)

    told = said(ask(office, f"run {run_id}"))

    assert "2 accounts expected = 1 billed + 0 with nothing due + 1 held" in told
    assert "disputes the price, 20.00 EUR" in told


def test_an_agreement_names_every_version_of_its_lines(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="12.00"))
    with connection.cursor() as cursor:
        cursor.execute("select number from commercial_agreement where id = %s", [agreement])
        [its_number] = cursor.fetchone()

    told = ask(office, its_number)

    assert told.href == f"/agreements/{its_number}"
    assert "at 12 EUR, from 2026-01-01" in said(told)


def test_a_line_leads_from_the_invoice_to_the_agreement_it_bills(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="12.00"))
    with connection.cursor() as cursor:
        cursor.execute("select number, account_id from commercial_agreement where id = %s", [agreement])
        its_number, account_id = cursor.fetchone()
    plan(office, "2026-01-01")
    issue(office, account_id)
    [bill] = items_of_account(office.entity_id, account_id)

    told = ask(office, bill.number)

    assert f"Agreed in {its_number}" in said(told)
    assert "for 2026-01-01 to 2026-01-31" in said(told)
    assert any(step.href == f"/why/{its_number}" for step in told.walk())


def test_an_item_and_a_tax_code_say_their_prices_rates_and_rules(office: Office) -> None:
    assert "accounts of profile domestic pay DE-S" in said(ask(office, "SUPPORT"))
    assert "VAT 19 %" in said(ask(office, "DE-S"))
    assert "profile domestic on class standard" in said(ask(office, "DE-S"))


@pytest.mark.parametrize(
    "subject", ["nonsense", "line 999999", "entry 999999", "journal 999999", "run 999999", "1999-01", ""]
)
def test_what_is_not_there_is_not_found(office: Office, subject: str) -> None:
    with pytest.raises(NotFound):
        ask(office, subject)


def test_another_office_is_not_explained(office: Office) -> None:
    ann = number(office, account(office))
    other = scenario.open_office()
    account(other)

    assert ask(office, ann)
    if number(other, account(other)) != ann:
        with pytest.raises(NotFound):
            why(other.entity_id, "A-999999", as_of=TODAY)
