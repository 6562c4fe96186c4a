"""A difference is settled through the acts there are, within rights and limits, and taken back with one verb."""

from __future__ import annotations

import pytest

from duly.access.actions.proposals import accept_proposal
from duly.events.actions import undo
from duly.kernel.refusals import NotAllowed, Proposed, Refused
from duly.matching.actions import preview, put_on_account
from duly.matching.actions.resolve import decision_of
from duly.matching.queries.cases import case, causes_of
from duly.payments.actions import apply
from duly.payments.rules import Application
from tests.banking.scenario_bank import ANN_IBAN, Booked, bank, lines_in
from tests.matching.scenario_cases import (
    TODAY,
    billed,
    decide,
    first_cause,
    last_event,
    may_take_off,
    open_cases,
    pays,
    pick,
    swept,
)
from tests.payments.scenario_money import balance, item_of, one, open_minor, paid, rows
from tests.scenario import Office, account


def test_picking_a_bank_fee_books_it_and_closes_the_invoice(office: Office) -> None:
    # Dr 6100 5.00, Cr 1200 5.00.
    bank(office)
    bill = billed(office)
    pays(bill, 114_00, text=f"{bill.number} LESS CHARGES")
    [found] = swept(office)
    shown = preview(office.entity_id, found, decision_of(first_cause(office, found)), today=TODAY)

    assert first_cause(office, found).cause == "bank_fee"
    assert [(line.code, line.amount_minor) for line in shown.lines] == [("6100", 5_00), ("1200", -5_00)]

    assert pick(office, found) == "resolved"

    assert open_minor(office, bill.item_id) == 0
    assert (balance(office, "6100"), balance(office, "1200")) == (5_00, 0)
    assert open_cases(office) == []
    assert swept(office) == []


def test_settling_is_one_act_with_one_undo(office: Office) -> None:
    bank(office)
    bill = billed(office)
    pays(bill, 114_00)
    [found] = swept(office)
    pick(office, found)

    undo(last_event(office), today=TODAY, by=office.coordinator)

    [again] = open_cases(office)
    assert (again.id, again.state, again.cause) == (found.id, "open", "")
    assert open_minor(office, bill.item_id) == 5_00
    assert balance(office, "6100") == 0
    assert [each.cause for each in causes_of(office.entity_id, again.id)]


def test_an_earned_discount_is_a_credit_note_with_its_tax(office: Office) -> None:
    # 2 % of 119.00 = 2.38 = 2.00 net + 0.38 tax; paid on day 29 of 30.
    bank(office)
    bill = billed(office)
    may_take_off(office, "discount", "0.02", days=30, account_id=bill.account_id)
    pays(bill, 116_62, text="2% SKONTO")
    [found] = swept(office)
    best = first_cause(office, found)
    shown = preview(office.entity_id, found, decision_of(best), today=TODAY)

    assert (found.kind, best.cause) == ("deduction", "discount")
    assert "2 % of 119.00 EUR = 2.38 EUR" in best.sentence
    assert [(line.code, line.amount_minor) for line in shown.lines] == [
        ("2200", 38),
        ("4000", 2_00),
        ("1200", -2_38),
    ]

    pick(office, found)

    assert open_minor(office, bill.item_id) == 0
    # 100.00 - 2.00 of revenue, 19.00 - 0.38 of tax.
    assert (balance(office, "4000"), balance(office, "2200")) == (-98_00, -18_62)


def test_a_credit_note_is_taken_back_by_billing_its_lines_again(office: Office) -> None:
    # 2.38 credited and billed again: revenue 100.00, tax 19.00, and 2.38 is missing as before.
    bank(office)
    bill = billed(office)
    pays(bill, 116_62)
    [found] = swept(office)
    decide(office, found, "credit", cause="goodwill")
    assert open_minor(office, bill.item_id) == 0

    undo(last_event(office), today=TODAY, by=office.coordinator)

    assert open_minor(office, bill.item_id) == 2_38
    assert (balance(office, "4000"), balance(office, "2200"), balance(office, "1200")) == (-100_00, -19_00, 2_38)
    assert [each.id for each in open_cases(office)] == [found.id]


def test_a_discount_and_a_fee_together_are_two_parts_of_one_act(office: Office) -> None:
    # 2 % of 119.00 = 2.38; the bank kept 5.00; 119.00 - 7.38 = 111.62.
    bank(office)
    bill = billed(office)
    may_take_off(office, "discount", "0.02", days=30)
    pays(bill, 111_62, text="2% SKONTO LESS BANK CHARGES", kept_minor=5_00)
    [found] = swept(office)

    best = first_cause(office, found)
    pick(office, found)

    assert best.cause == "discount+bank_fee"
    assert (open_minor(office, bill.item_id), balance(office, "6100")) == (0, 5_00)
    assert case(office.entity_id, found.id).cause == "discount+bank_fee"


def test_money_on_the_wrong_account_moves_to_the_right_one_and_settles_it(office: Office) -> None:
    bank(office)
    ann, bob = account(office), billed(office, name="Bob")
    line = lines_in(office, [Booked(119_00, f"Rechnung {bob.number}", payer="Ann")])[-1]
    put_on_account(line.id, ann, line_version=line.version, today=TODAY, by=office.specialist)
    [found] = swept(office)

    assert (found.kind, found.account_id, first_cause(office, found).cause) == ("wrong_account", ann, "misposted")

    pick(office, found)

    assert open_minor(office, bob.item_id) == 0
    assert (balance(office, "2150"), balance(office, "1200"), balance(office, "1100")) == (0, 0, 119_00)
    assert swept(office) == []

    undo(last_event(office), today=TODAY, by=office.coordinator)

    assert open_minor(office, bob.item_id) == 119_00
    assert [each.kind for each in open_cases(office)] == ["wrong_account"]


def test_their_open_credit_settles_what_they_took_off(office: Office) -> None:
    # A cheque of 19.00 lies on the account; 119.00 - 100.00 = 19.00.
    bank(office)
    bill = billed(office)
    cheque = paid(office, bill.account_id, 19_00)
    pays(bill, 100_00)
    [found] = [each for each in swept(office) if each.item_id == bill.item_id]

    assert first_cause(office, found).cause == "open_credit"
    pick(office, found)

    assert open_minor(office, bill.item_id) == 0
    assert cheque > 0
    assert balance(office, "2150") == 0


def test_parts_that_are_not_the_difference_are_refused(office: Office) -> None:
    bank(office)
    bill = billed(office)
    pays(bill, 114_00)
    [found] = swept(office)
    from duly.matching.actions import Decision, Part, resolve

    with pytest.raises(Refused, match=r"discrepancies\.parts_are_not_the_difference"):
        resolve(
            found.id,
            Decision((Part("bank_fee", "fee", 4_99),)),
            version=found.version,
            today=TODAY,
            by=office.coordinator,
        )


def test_a_case_settled_meanwhile_is_not_settled_twice(office: Office) -> None:
    bank(office)
    bill = billed(office)
    pays(bill, 114_00)
    [found] = swept(office)
    pick(office, found)

    with pytest.raises(Refused, match=r"discrepancies\.changed_meanwhile"):
        pick(office, found)

    assert balance(office, "6100") == 5_00


def test_settling_asks_the_right_of_what_it_does(office: Office) -> None:
    bank(office)
    bill = billed(office)
    pays(bill, 114_00)
    [found] = swept(office)

    with pytest.raises(NotAllowed):
        pick(office, found, by=office.auditor)

    assert open_minor(office, bill.item_id) == 5_00


def test_a_difference_beyond_the_limit_waits_for_a_second_person(office: Office) -> None:
    # The specialist settles up to 50.00; 119.00 - 59.00 = 60.00 is missing.
    bank(office)
    bill = billed(office)
    pays(bill, 59_00)
    [found] = swept(office)

    with pytest.raises(Proposed):
        decide(office, found, "fee", cause="bank_fee", by=office.specialist)

    assert open_minor(office, bill.item_id) == 60_00
    assert [(each.id, each.state) for each in open_cases(office)] == [(found.id, "open")]
    proposal = one("select max(id) from access_proposal where entity_id = %s", office.entity_id)

    accept_proposal(proposal, by=office.coordinator)

    assert open_minor(office, bill.item_id) == 0
    assert case(office.entity_id, found.id).state == "resolved"


def test_an_input_error_by_hand_is_entered_again_as_it_should_be(office: Office) -> None:
    # 191.00 typed instead of 119.00: 72.00 too much, two digits swapped.
    bank(office)
    bill = billed(office)
    cheque = paid(office, bill.account_id, 191_00)
    apply([Application(item_of(office, cheque), bill.item_id, 119_00)], today=TODAY, by=office.specialist)
    [found] = swept(office)

    assert first_cause(office, found).cause == "input_error"
    pick(office, found)

    assert (balance(office, "1050"), balance(office, "2150"), open_minor(office, bill.item_id)) == (119_00, 0, 0)
    assert swept(office) == []


def test_too_much_is_asked_back_to_where_it_came_from(office: Office) -> None:
    # 119.00 twice from the same bank account: the second is asked to go back, and a refused refund is a case again.
    bank(office)
    bill = billed(office)
    pays(bill, 119_00)
    booked = Booked(119_00, bill.number, payer="Ann", iban=ANN_IBAN)
    line = lines_in(office, [booked], opening_minor=119_00, sequence=2)[-1]
    put_on_account(line.id, bill.account_id, line_version=line.version, today=TODAY, by=office.specialist)
    [found] = swept(office)

    assert pick(office, found) == "resolved"

    assert rows("select state, amount_minor from payments_refund where entity_id = %s", office.entity_id) == [
        ("requested", 119_00)
    ]
    assert swept(office) == []


def test_two_clerks_on_one_case_settle_it_once(office: Office) -> None:
    bank(office)
    bill = billed(office)
    pays(bill, 114_00)
    [seen_by_both] = swept(office)
    decide(office, seen_by_both, "ask", by=office.specialist)

    with pytest.raises(Refused, match=r"discrepancies\.changed_meanwhile"):
        pick(office, seen_by_both)

    assert open_minor(office, bill.item_id) == 5_00


def test_withholding_tax_waits_in_its_own_account_to_be_claimed(office: Office) -> None:
    # Dr 1310 15.00, Cr 1200 15.00.
    bank(office)
    bill = billed(office)
    may_take_off(office, "withholding", "0.15", account_id=bill.account_id)
    pays(bill, 104_00)
    [found] = swept(office)

    pick(office, found)

    assert (balance(office, "1310"), balance(office, "1200"), open_minor(office, bill.item_id)) == (15_00, 0, 0)
