"""Refunds in the bank: the line that shows one leaving, the one that brings it back, and a whole file in one line."""

from __future__ import annotations

from datetime import date

import pytest

from duly.banking.actions import unplace
from duly.banking.queries import reconcile
from duly.events.actions import undo
from duly.kernel.refusals import Refused
from duly.matching.actions.refunds import match_refunds, place_refunds, place_returned_refund
from duly.payments.actions.refunds_seen import close_refunds
from duly.payments.queries.refunds import refund, refund_files
from tests.banking.scenario_bank import ANN_IBAN, BOB_IBAN, Booked, lines_in, open_lines
from tests.payments.scenario_money import balance, one
from tests.payments.scenario_refunds import DAY, bank, paid_by_bank, released, requested, state_of
from tests.scenario import Office, account

SEEN = date(2026, 3, 11)


@pytest.fixture
def on_its_way(office: Office) -> int:
    """100.00 came in, 60.00 of it is on its way back."""
    ann, ours = account(office), bank(office)
    return released(office, ann, 60_00, paid_by_bank(office, ann, 100_00), ours)


def test_the_line_that_names_the_refund_shows_that_it_left(office: Office, on_its_way: int) -> None:
    lines_in(
        office, [Booked(-60_00, "RFD-2026-000001 Refund", on=SEEN, iban=ANN_IBAN)], sequence=2, opening_minor=100_00
    )

    done = match_refunds(today=SEEN, by=office.specialist)

    assert (done.seen, done.returned, state_of(office, on_its_way)) == (1, 0, "seen")
    # 1100 +100.00 -60.00; 2170 -60.00 +60.00; 2150 -40.00
    assert (balance(office, "1100"), balance(office, "2170"), balance(office, "2150")) == (40_00, 0, -40_00)
    assert open_lines(office) == []
    assert reconcile(office.entity_id, SEEN).reconciled
    close_refunds([on_its_way], today=SEEN, by=office.accountant)
    assert state_of(office, on_its_way) == "closed"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(Booked(-60_01, "RFD-2026-000001", on=SEEN), id="another amount"),
        pytest.param(Booked(-60_00, "RFD-2026-0000011", on=SEEN), id="another number"),
        pytest.param(Booked(-60_00, "refund", on=SEEN), id="no number"),
    ],
)
def test_a_line_that_does_not_name_it_exactly_is_left_to_a_person(
    office: Office, on_its_way: int, line: Booked
) -> None:
    lines_in(office, [line], sequence=2, opening_minor=100_00)

    assert match_refunds(today=SEEN, by=office.specialist).lines == 0

    assert state_of(office, on_its_way) == "released"


def test_a_person_says_which_line_it_is(office: Office, on_its_way: int) -> None:
    [line] = lines_in(office, [Booked(-60_00, "Ueberweisung", on=SEEN)], sequence=2, opening_minor=100_00)

    place_refunds(line.id, [on_its_way], today=SEEN, by=office.accountant)

    assert (state_of(office, on_its_way), balance(office, "2170")) == ("seen", 0)


def test_a_line_of_another_amount_is_refused(office: Office, on_its_way: int) -> None:
    [line] = lines_in(office, [Booked(-59_00, "Ueberweisung", on=SEEN)], sequence=2, opening_minor=100_00)

    with pytest.raises(Refused, match=r"refunds\.line_differs"):
        place_refunds(line.id, [on_its_way], today=SEEN, by=office.accountant)


def test_undo_lets_the_refund_be_on_its_way_again(office: Office, on_its_way: int) -> None:
    lines_in(office, [Booked(-60_00, "RFD-2026-000001", on=SEEN)], sequence=2, opening_minor=100_00)
    match_refunds(today=SEEN, by=office.specialist)
    event = one("select max(id) from events_event where entity_id = %s", office.entity_id)

    undo(event, today=SEEN, by=office.specialist)

    assert (state_of(office, on_its_way), balance(office, "2170")) == ("released", -60_00)
    assert len(open_lines(office)) == 1
    assert match_refunds(today=SEEN, by=office.specialist).seen == 1


def test_a_whole_file_booked_as_one_line_shows_all_its_refunds(office: Office) -> None:
    from duly.banking.actions.refunds import release_refunds
    from duly.payments.actions.refunds import approve_refund

    ann, bob, ours = account(office), account(office, name="Bob"), bank(office)
    first = requested(office, ann, 60_00, paid_by_bank(office, ann, 60_00))
    second = requested(
        office, bob, 5_00, paid_by_bank(office, bob, 5_00, iban=BOB_IBAN, sequence=2, opening_minor=60_00)
    )
    for refund_id in (first, second):
        approve_refund(refund_id, today=DAY, by=office.coordinator)
    release_refunds([first, second], bank_account_id=ours, today=DAY, by=office.accountant)
    [file] = refund_files(office.entity_id)
    lines_in(office, [Booked(-65_00, f"Sammler {file.message_id}", on=SEEN)], sequence=3, opening_minor=65_00)

    assert match_refunds(today=SEEN, by=office.specialist).seen == 2

    assert (state_of(office, first), state_of(office, second), balance(office, "2170")) == ("seen", "seen", 0)


@pytest.mark.parametrize("shown_first", [True, False], ids=["seen, then returned", "both in one statement"])
def test_a_returned_refund_is_unapplied_money_again(office: Office, on_its_way: int, shown_first: bool) -> None:
    left = Booked(-60_00, "RFD-2026-000001", on=SEEN)
    back = Booked(60_00, "RFD-2026-000001 returned", on=SEEN, returned=True)
    if shown_first:
        lines_in(office, [left], sequence=2, opening_minor=100_00)
        match_refunds(today=SEEN, by=office.specialist)
        lines_in(office, [back], sequence=3, opening_minor=40_00)
    else:
        lines_in(office, [left, back], sequence=2, opening_minor=100_00)

    done = match_refunds(today=SEEN, by=office.specialist)

    assert (done.returned, state_of(office, on_its_way)) == (1, "returned")
    assert refund(office.entity_id, on_its_way).returned_because == "AC04"
    # 1100 +100.00 -60.00 +60.00; 2170 -60.00 +60.00 -60.00 +60.00; 2150 -100.00
    assert (balance(office, "1100"), balance(office, "2170"), balance(office, "2150")) == (100_00, 0, -100_00)
    assert match_refunds(today=SEEN, by=office.specialist).lines == 0


def test_the_line_of_a_returned_refund_is_not_taken_back(office: Office, on_its_way: int) -> None:
    lines_in(office, [Booked(-60_00, "RFD-2026-000001", on=SEEN)], sequence=2, opening_minor=100_00)
    match_refunds(today=SEEN, by=office.specialist)
    [line] = lines_in(office, [Booked(60_00, "Ruecklauf", on=SEEN)], sequence=3, opening_minor=40_00)
    place_returned_refund(line.id, on_its_way, reason="account closed", today=SEEN, by=office.accountant)

    with pytest.raises(Refused, match=r"refunds\.return_stands"):
        unplace([line.id], today=SEEN, by=office.accountant)

    assert balance(office, "2150") == -100_00
