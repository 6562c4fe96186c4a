"""What a line is thought to pay, why, and what is left to a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from duly.banking.models import BankLine
from duly.kernel.money import Money
from duly.matching.actions import match, propose, refuse, set_first_payment_limit
from duly.matching.queries import desk, explain, line_detail
from duly.matching.rules import mask
from tests.banking.scenario_bank import ANN_IBAN, BOB_IBAN, Booked, bank, lines_in
from tests.payments.scenario_money import number_of, one, open_minor, owe, rows
from tests.scenario import Office, account

TODAY = date(2026, 3, 9)


def desk_of(office: Office, booked: Booked, **more: Any) -> tuple[str, str, str]:
    """State, rule and sentence of one line after proposing."""
    [line] = lines_in(office, [booked], **more)
    return said(office, line)


def said(office: Office, line: BankLine) -> tuple[str, str, str]:
    propose(by=office.specialist)
    detail = line_detail(office.entity_id, line.id)
    state = one("select state from matching_result where entity_id = %s and line_id = %s", office.entity_id, line.id)
    return state, detail.proposal.proposal.rule if detail.proposal else "", detail.sentence


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("{number}", id="as printed"),
        pytest.param("Invoice {number}, thank you", id="in a sentence"),
        pytest.param("OPEN 2026 000001", id="blanks for dashes"),
        pytest.param("open/2026/000001", id="lower case and slashes"),
        pytest.param("SVWZ+OPEN-2026-00 0001 DATUM 02.03.", id="cut into chunks"),
        pytest.param("{rf}", id="reference in the text"),
        pytest.param("RF {rf_spaced}", id="reference in groups of four"),
    ],
)
def test_a_document_cited_with_its_exact_amount_is_ready(office: Office, printed: str) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)
    rf = number_of(office, item, "reference")
    spaced = " ".join(rf[place : place + 4] for place in range(0, len(rf), 4)).removeprefix("RF")
    text = printed.format(number=number_of(office, item), rf=rf, rf_spaced=spaced)

    state, rule, sentence = desk_of(office, Booked(100_00, text))

    assert (state, rule) == ("ready", "cited")
    assert sentence.startswith("OPEN-2026-000001 is cited and the amount is exactly what is open.")


def test_the_reference_of_its_own_field_is_ready_too(office: Office) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)

    state, rule, _ = desk_of(office, Booked(100_00, "no words", rf=number_of(office, item, "reference")))

    assert (state, rule) == ("ready", "cited")


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("OPEN-2026-0000011", id="a digit more"),
        pytest.param("OPEN-2026-00001", id="a digit less"),
        pytest.param("XOPEN-2026-000001", id="a letter before"),
        pytest.param("2026-000001", id="without its prefix"),
        pytest.param("000001", id="the bare number"),
        pytest.param("OPEN-2025-000001", id="another year"),
    ],
)
def test_what_only_looks_like_a_number_of_ours_is_not(office: Office, printed: str) -> None:
    bank(office)
    owe(office, account(office), 100_00)

    state, rule, _ = desk_of(office, Booked(100_00, printed))

    assert (state, rule) == ("none", "")


def test_numbers_never_match_inside_longer_ones() -> None:
    found = mask("invoice", "INV-2026-", 6, 12)

    assert found.bounded.startswith("(?<![0-9A-Z])INV")
    assert found.bounded.endswith("(?![0-9A-Z])")
    assert found.spaced.endswith("(?![0-9])")
    assert mask("opening", "2026-", 4, 3).spaced == ""


def test_one_payment_for_several_documents_is_ready_when_together_they_are_the_amount(office: Office) -> None:
    # 100.00 + 50.00 = 150.00
    bank(office)
    ann = account(office)
    items = [owe(office, ann, 100_00), owe(office, ann, 50_00)]

    state, rule, sentence = desk_of(office, Booked(150_00, " ".join(number_of(office, item) for item in items)))

    assert (state, rule) == ("ready", "cited")
    assert "together they are exactly the amount" in sentence


@pytest.mark.parametrize(
    ("amount_minor", "rule", "words"),
    [
        pytest.param(60_00, "cited_in_part", "60.00 EUR was paid of 100.00 EUR, the rest stays open", id="a part"),
        pytest.param(130_00, "cited_and_more", "30.00 EUR more was paid and stays unapplied", id="more"),
    ],
)
def test_a_part_or_more_than_cited_is_for_a_person(office: Office, amount_minor: int, rule: str, words: str) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)

    state, found, sentence = desk_of(office, Booked(amount_minor, number_of(office, item)))

    assert (state, found) == ("decide", rule)
    assert words in sentence


def pays_once(office: Office, ann: int, iban: str = ANN_IBAN) -> None:
    """Ann pays an invoice from her bank account, so that it is known as hers."""
    item = owe(office, ann, 7_77)
    lines_in(office, [Booked(7_77, number_of(office, item), iban=iban)], sequence=90)
    assert match(today=TODAY, by=office.specialist).applied == 1


def test_a_payer_known_by_bank_account_with_one_document_of_the_amount_is_ready(office: Office) -> None:
    bank(office)
    ann = account(office)
    pays_once(office, ann)
    owe(office, ann, 100_00)
    owe(office, ann, 55_00)

    state, rule, sentence = desk_of(office, Booked(100_00, "thanks", iban=ANN_IBAN), opening_minor=7_77, sequence=91)

    assert (state, rule) == ("ready", "payer_amount")
    assert sentence.startswith("The payer's bank account has paid Ann once; OPEN-2026-000002 is the only open document")


def test_within_one_customer_the_last_digits_of_the_numbers_are_enough(office: Office) -> None:
    # 100.00 + 55.00 = 155.00
    bank(office)
    ann = account(office)
    pays_once(office, ann)
    owe(office, ann, 100_00, number="RE 26/014120")
    owe(office, ann, 55_00, number="RE 26/014121")

    state, rule, sentence = desk_of(
        office, Booked(155_00, "invoices 14120+14121", iban=ANN_IBAN), opening_minor=7_77, sequence=91
    )

    assert (state, rule) == ("ready", "cited")
    assert "RE 26/014120, RE 26/014121 are cited" in sentence


def test_a_number_that_is_not_known_speaks_against_amount_and_payer_alone(office: Office) -> None:
    bank(office)
    owe(office, account(office, name="Nordwind"), 100_00)

    state, rule, sentence = desk_of(office, Booked(100_00, "our order 77120", payer="Nordwind"))

    assert (state, rule) == ("decide", "payer_amount")
    assert "the text names a number that is not known here" in sentence


def test_a_payer_of_exactly_the_accounts_name_is_known_whatever_the_case(office: Office) -> None:
    bank(office)
    owe(office, account(office, name="Nordwind Handel GmbH"), 100_00)

    state, rule, sentence = desk_of(office, Booked(100_00, "thanks", payer="NORDWIND  HANDEL GMBH"))

    assert (state, rule) == ("ready", "payer_amount")
    assert "exactly the name of Nordwind Handel GmbH" in sentence


def test_two_documents_of_the_same_amount_leave_the_choice_to_a_person(office: Office) -> None:
    bank(office)
    ann = account(office, name="Nordwind")
    owe(office, ann, 100_00)
    owe(office, ann, 100_00)
    [line] = lines_in(office, [Booked(100_00, "thanks", payer="Nordwind")])

    state, rule, _ = said(office, line)

    assert (state, rule) == ("decide", "payer_amount")
    assert len(line_detail(office.entity_id, line.id).others) == 1


def test_two_customers_of_the_same_name_are_nobody(office: Office) -> None:
    bank(office)
    for _ in range(2):
        owe(office, account(office, name="Smith"), 100_00)

    state, rule, sentence = desk_of(office, Booked(100_00, "thanks", payer="Smith"))

    assert (state, rule) == ("none", "")
    assert "known as 2 accounts" in sentence


def test_everything_that_is_open_at_once_is_likely(office: Office) -> None:
    # 100.00 + 55.00 = 155.00
    bank(office)
    ann = account(office, name="Nordwind")
    owe(office, ann, 100_00)
    owe(office, ann, 55_00)

    state, rule, _ = desk_of(office, Booked(155_00, "thanks", payer="Nordwind"))

    assert (state, rule) == ("decide", "payer_all_open")


def test_the_number_of_another_customer_speaks_against_the_payer(office: Office) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)
    account(office, name="Bob Ltd")

    state, rule, sentence = desk_of(office, Booked(100_00, number_of(office, item), payer="Bob Ltd"))

    assert (state, rule) == ("decide", "cited")
    assert "the payer is known as Bob Ltd" in sentence


def test_a_document_paid_already_is_never_paid_again_without_a_person(office: Office) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)
    lines_in(office, [Booked(100_00, number_of(office, item))])
    match(today=TODAY, by=office.specialist)

    state, rule, sentence = desk_of(office, Booked(100_00, number_of(office, item)), opening_minor=100_00, sequence=2)

    assert (state, rule) == ("decide", "on_account")
    assert "settled already" in sentence
    assert "perhaps paid twice" in sentence


def test_two_lines_for_one_document_are_both_left_to_a_person(office: Office) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)
    cited = number_of(office, item)
    lines_in(office, [Booked(100_00, cited), Booked(100_00, f"{cited} again")])

    matched = match(today=TODAY, by=office.specialist)

    assert matched.applied == 0
    assert open_minor(office, item) == 100_00
    assert all("another line pays the same document" in row.sentence for row in desk(office.entity_id, "decide"))


def test_another_currency_is_never_matched(office: Office) -> None:
    bank(office)
    item = owe(office, account(office, currency="USD"), 100_00, currency="USD")

    state, rule, sentence = desk_of(office, Booked(100_00, number_of(office, item)))

    assert (state, rule) == ("none", "")
    assert "another currency" in sentence


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        pytest.param(
            "update receivables_account set state = 'closed' where id = %s", "the account is closed", id="closed"
        ),
        pytest.param(
            "insert into receivables_hold (entity_id, account_id, scope, reason, deadline_on, placed_at, placed_by)"
            " select entity_id, id, 'all', 'lawsuit', '2026-04-01', now(), 'Ann'"
            " from receivables_account where id = %s",
            "the account is held: lawsuit",
            id="held",
        ),
    ],
)
def test_a_closed_or_held_account_is_for_a_person(office: Office, statement: str, words: str) -> None:
    bank(office)
    ann = account(office)
    item = owe(office, ann, 100_00)
    rows(statement, ann)

    state, _, sentence = desk_of(office, Booked(100_00, number_of(office, item)))

    assert state == "decide"
    assert words in sentence


def test_a_large_first_payment_from_a_bank_account_is_for_a_person_the_second_is_not(office: Office) -> None:
    bank(office)
    set_first_payment_limit(Money(100_00, "EUR"), by=office.owner)
    ann = account(office)
    item = owe(office, ann, 100_00)

    state, _, sentence = desk_of(office, Booked(100_00, number_of(office, item), iban=BOB_IBAN))

    assert state == "decide"
    assert "first payment from this bank account" in sentence


def test_a_refused_proposal_makes_room_for_the_next_and_is_not_exact_again(office: Office) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)
    [line] = lines_in(office, [Booked(100_00, number_of(office, item))])
    said(office, line)
    detail = line_detail(office.entity_id, line.id)
    assert detail.proposal is not None

    refuse(detail.proposal.proposal.id, reason="his brother's", by=office.specialist)

    assert [row.line_id for row in desk(office.entity_id, "none")] == [line.id]
    state, _, sentence = said(office, line)
    assert state == "decide"
    assert "taken back before" in sentence


def test_money_out_waits_with_a_sentence(office: Office) -> None:
    bank(office)

    state, rule, sentence = desk_of(office, Booked(-3_00, "fee"))

    assert (state, rule) == ("decide", "")
    assert sentence.startswith("Money went out")


def test_a_proposal_keeps_sentence_and_evidence_for_ever(office: Office) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)
    [line] = lines_in(office, [Booked(100_00, number_of(office, item), payer="Ann", iban=ANN_IBAN)])
    match(today=TODAY, by=office.specialist)

    told = explain(office.entity_id, line.id)

    assert "100.00 EUR from Ann on 2026-03-02 was placed by Specialist" in told.sentence
    assert "evidence: our number OPEN-2026-000001 is on the line" in told.because
    assert "evidence: the payer's name is exactly that of the account Ann" in told.because
