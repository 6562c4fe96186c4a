"""A difference opens one case, is explained, follows what happens, and goes when it is gone."""

from __future__ import annotations

from datetime import date

from duly.matching.actions import put_on_account, sweep, unapply
from duly.matching.actions.allowances import disallow
from duly.matching.queries.cases import Sought, case, cases, causes_of
from tests.banking.scenario_bank import Booked, bank, lines_in
from tests.matching.scenario_cases import (
    TODAY,
    billed,
    decide,
    first_cause,
    may_take_off,
    open_cases,
    pays,
    pick,
    swept,
)
from tests.payments.scenario_money import balance, open_minor, rows
from tests.scenario import Office, account


def test_a_short_payment_opens_one_case_however_often_is_looked(office: Office) -> None:
    # 119.00 - 114.00 = 5.00.
    bank(office)
    bill = billed(office)
    pays(bill, 114_00)

    [found] = swept(office)
    again = sweep(today=TODAY, by=office.system)

    assert (found.kind, found.favours, found.amount_minor, found.account_id) == (
        "short_payment",
        "them",
        5_00,
        bill.account_id,
    )
    assert (again.opened, again.moved, again.gone) == (0, 0, 0)
    assert [each.id for each in open_cases(office)] == [found.id]
    assert case(office.entity_id, found.id).version == found.version


def test_a_case_follows_its_difference_and_is_closed_when_it_is_gone(office: Office) -> None:
    # 119.00 - 100.00 = 19.00; then 9.00 more: 10.00; then the line is taken back: no payment, no difference.
    bank(office)
    bill = billed(office)
    line_id = pays(bill, 100_00)
    [found] = swept(office)
    pays(bill, 9_00, opening=100_00, no=2)

    [moved] = swept(office)
    unapply([line_id], today=TODAY, by=office.specialist)
    unapply([line_id + 1], today=TODAY, by=office.specialist)

    assert (found.amount_minor, moved.amount_minor, moved.id) == (19_00, 10_00, found.id)
    assert swept(office) == []
    closed = case(office.entity_id, found.id)
    assert (closed.state, closed.resolution, closed.resolved_by) == ("resolved", "gone", "Duly")


def test_the_same_difference_after_it_was_gone_is_the_same_case_again(office: Office) -> None:
    bank(office)
    bill = billed(office)
    line_id = pays(bill, 114_00)
    [found] = swept(office)
    unapply([line_id], today=TODAY, by=office.specialist)
    assert swept(office) == []
    from duly.matching.actions import apply_line

    apply_line(line_id, bill.account_id, [(bill.item_id, 114_00)], line_version=3, today=TODAY, by=office.specialist)

    [again] = swept(office)

    assert (again.id, again.opened_times) == (found.id, 2)


def test_an_over_payment_can_stay_on_account_and_is_not_asked_again(office: Office) -> None:
    # 129.00 - 119.00 = 10.00.
    bank(office)
    bill = billed(office)
    pays(bill, 129_00)
    [found] = swept(office)

    assert (found.kind, found.favours, found.amount_minor) == ("over_payment", "us", 10_00)
    assert decide(office, found, "on_account") == "dropped"

    assert swept(office) == []
    assert balance(office, "2150") == -10_00


def test_a_double_payment_is_found_with_the_item_it_paid_before(office: Office) -> None:
    bank(office)
    bill = billed(office)
    pays(bill, 119_00)
    line = lines_in(office, [Booked(119_00, bill.number, payer="Ann")], opening_minor=119_00, sequence=2)[-1]
    put_on_account(line.id, bill.account_id, line_version=line.version, today=TODAY, by=office.specialist)

    [found] = swept(office)

    assert (found.kind, found.amount_minor) == ("double_payment", 119_00)
    assert bill.number in found.sentence
    assert first_cause(office, found).cause == "duplicate_payment"


def test_a_line_taxed_against_the_rules_is_a_case(office: Office) -> None:
    # 19 % of 100.00 = 19.00; the account is exempt: 0.00.
    owner = account(office)
    bill = billed(office, account_id=owner)
    rows(
        "update receivables_account set tax_profile = 'exempt' where entity_id = %s and id = %s",
        office.entity_id,
        owner,
    )

    [found] = [each for each in swept(office) if each.kind == "tax"]

    assert (found.amount_minor, found.favours, found.invoice_id) == (19_00, "us", bill.invoice_id)
    assert first_cause(office, found).cause == "tax"
    pick(office, found)
    assert swept(office) == []
    assert open_minor(office, bill.item_id) == 0


def test_a_journal_on_the_bank_account_without_a_bank_line_is_a_case(office: Office) -> None:
    # Dr 1100 40.00 by hand; no statement holds it.
    from duly.ledger.actions import post_journal
    from duly.ledger.rules import JournalLine

    bank(office)
    lines = [JournalLine("1100", "EUR", 40_00), JournalLine("6100", "EUR", -40_00)]
    post_journal(lines, effective_on=date(2026, 3, 5), memo="typed", by=office.accountant)
    [found] = [each for each in swept(office) if each.kind == "ledger_bank"]

    assert (found.amount_minor, found.favours) == (40_00, "them")
    from duly.matching.actions import Decision, Part, resolve

    decision = Decision((Part("input_error", "journal", 40_00, {"gl_code": "6100"}),))
    resolve(found.id, decision, version=found.version, today=TODAY, by=office.system)

    assert balance(office, "1100") == 0
    assert case(office.entity_id, found.id).state == "resolved"
    assert swept(office) == [], "a journal and its correction are no difference together"


def test_a_case_that_waits_comes_back_on_its_day(office: Office) -> None:
    bank(office)
    bill = billed(office)
    pays(bill, 114_00)
    [found] = swept(office)

    assert decide(office, found, "ask") == "open"

    [waiting] = open_cases(office)
    assert (waiting.waiting_on, waiting.due_on) == ("customer", date(2026, 3, 16))
    assert swept(office)[0].waiting_on == "customer"
    assert cases(office.entity_id, Sought(waiting_on="customer"))[0].id == found.id


def test_a_practice_explains_what_is_open_from_then_on_until_it_ends(office: Office) -> None:
    # 15 % of net 100.00 = 15.00; 119.00 - 15.00 = 104.00.
    bank(office)
    bill = billed(office)
    pays(bill, 104_00)
    [found] = swept(office)
    assert "withholding" not in [each.cause for each in causes_of(office.entity_id, found.id)]

    practice = may_take_off(office, "withholding", "0.15", account_id=bill.account_id)
    sweep(today=TODAY, by=office.system)
    best = first_cause(office, found)
    disallow(practice, valid_to=date(2026, 1, 1), by=office.system)
    sweep(today=TODAY, by=office.system)

    assert (best.cause, "15 % of net 100.00 EUR = 15.00 EUR" in best.sentence) == ("withholding", True)
    assert "withholding" not in [each.cause for each in causes_of(office.entity_id, found.id)]
