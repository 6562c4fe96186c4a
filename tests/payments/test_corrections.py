"""Putting payments right: reversed and entered again as one step, moved, shared out over accounts; and undone."""

from __future__ import annotations

from datetime import date

import pytest

from duly.access.queries import actor_of
from duly.events.actions import undo
from duly.kernel.refusals import BadInput, Refused
from duly.payments.actions import AccountShare, AsItShouldBe, apply_oldest_first, correct, move, split
from duly.payments.queries import receipt
from tests.payments.scenario_money import DAY, balance, item_of, one, open_minor, owe, paid, rows
from tests.scenario import Office, account

LATER = date(2026, 3, 9)


def last_event(office: Office) -> int:
    return int(one("select max(id) from events_event where entity_id = %s", office.entity_id))


def events_of(office: Office, account_id: int) -> list[str]:
    return [
        row[0]
        for row in rows(
            "select action from events_event where entity_id = %s and account_id = %s and action like 'receipts%%'"
            " order by id",
            *(office.entity_id, account_id),
        )
    ]


def with_us(office: Office, account_id: int) -> int:
    """What the account has with us unapplied, minor units above zero."""
    return int(
        one(
            "select coalesce(-sum(open_minor), 0) from receivables_item where entity_id = %s and account_id = %s"
            " and open_minor < 0",
            *(office.entity_id, account_id),
        )
    )


def test_a_wrong_amount_is_put_right_in_one_step_and_settles_what_it_settled(office: Office) -> None:
    ann = account(office)
    first, second = owe(office, ann, 60_00), owe(office, ann, 60_00, on=date(2026, 2, 5))
    wrong = paid(office, ann, 100_00, reference="cheque 17")
    apply_oldest_first([ann], today=DAY, by=office.specialist)

    new = correct(wrong, AsItShouldBe(ann, 80_00, DAY, "cheque", reference="cheque 17"), reason="misread", today=LATER,
                  by=office.specialist)  # fmt: skip

    assert (open_minor(office, first), open_minor(office, second)) == (0, 40_00)
    # 1050: +100.00 -100.00 +80.00; 1200: 120.00 - 80.00; 2150: all applied
    assert (balance(office, "1050"), balance(office, "1200"), balance(office, "2150")) == (80_00, 40_00, 0)
    assert receipt(office.entity_id, wrong).state == "reversed"
    assert receipt(office.entity_id, new).reference == "cheque 17"
    assert events_of(office, ann) == ["receipts.record", "receipts.apply_oldest_first", "receipts.correct"]


def test_a_receipt_entered_for_the_wrong_account_settles_nothing_there(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    owed = owe(office, ann, 50_00)
    wrong = paid(office, ann, 50_00)
    apply_oldest_first([ann], today=DAY, by=office.specialist)

    correct(wrong, AsItShouldBe(bob, 50_00, DAY, "cheque"), reason="Bob's cheque", today=LATER, by=office.specialist)

    assert open_minor(office, owed) == 50_00
    assert (with_us(office, ann), with_us(office, bob)) == (0, 50_00)
    assert (balance(office, "1050"), balance(office, "2150")) == (50_00, -50_00)


def test_undo_of_a_correction_enters_the_receipt_again_as_it_was(office: Office) -> None:
    ann = account(office)
    owed = owe(office, ann, 100_00)
    wrong = paid(office, ann, 100_00)
    apply_oldest_first([ann], today=DAY, by=office.specialist)
    correct(wrong, AsItShouldBe(ann, 80_00, DAY, "cash"), reason="misread", today=LATER, by=office.specialist)

    undo(last_event(office), today=LATER, by=office.specialist)

    assert (balance(office, "1050"), balance(office, "1200"), balance(office, "2150")) == (100_00, 20_00, -20_00)
    assert open_minor(office, owed) == 20_00  # the corrected receipt settled 80.00, that stays settled
    again = one("select method from payments_receipt where entity_id = %s order by id desc limit 1", office.entity_id)
    assert again == "cheque"


def test_a_receipt_is_corrected_once_and_never_to_nothing(office: Office) -> None:
    ann = account(office)
    wrong = paid(office, ann, 10_00)
    right = AsItShouldBe(ann, 11_00, DAY, "cheque")
    with pytest.raises(BadInput, match=r"receipts\.amount_not_above_zero"):
        correct(wrong, AsItShouldBe(ann, 0, DAY, "cheque"), reason="x", today=LATER, by=office.specialist)
    correct(wrong, right, reason="misread", today=LATER, by=office.specialist)

    with pytest.raises(Refused, match=r"receipts\.cannot_become_reversed"):
        correct(wrong, right, reason="misread", today=LATER, by=office.specialist)

    assert balance(office, "1050") == 11_00


def test_a_payment_moves_to_another_account_and_opens_what_it_paid(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    owed = owe(office, ann, 70_00)
    receipt_id = paid(office, ann, 100_00)
    apply_oldest_first([ann], today=DAY, by=office.specialist)

    move(receipt_id, bob, reason="it was Bob's", today=LATER, by=office.system)

    assert open_minor(office, owed) == 70_00
    assert (with_us(office, ann), with_us(office, bob)) == (0, 100_00)
    assert (balance(office, "1200"), balance(office, "2150"), balance(office, "1050")) == (70_00, -100_00, 100_00)
    assert events_of(office, ann)[-1] == "receipts.move"


def test_a_payment_is_shared_out_and_only_as_much_is_opened_as_is_needed(office: Office) -> None:
    # 100.00 paid: 40.00 and 50.00 settled, 10.00 free; 25.00 for Bob and 20.00 for Carl open the later one only
    ann, bob, carl = account(office), account(office, name="Bob"), account(office, name="Carl")
    first, second = owe(office, ann, 40_00), owe(office, ann, 50_00, on=date(2026, 2, 5))
    receipt_id = paid(office, ann, 100_00)
    apply_oldest_first([ann], today=DAY, by=office.specialist)

    split(receipt_id, [AccountShare(bob, 25_00), AccountShare(carl, 20_00)], reason="paid for all three", today=LATER,
          by=office.system)  # fmt: skip

    assert (open_minor(office, first), open_minor(office, second)) == (0, 50_00)
    assert [with_us(office, who) for who in (ann, bob, carl)] == [15_00, 25_00, 20_00]
    assert (balance(office, "1200"), balance(office, "2150")) == (50_00, -60_00)  # 2150: 15 + 25 + 20
    undo(last_event(office), today=LATER, by=office.system)
    assert (open_minor(office, second), item_open(office, receipt_id)) == (0, -10_00)
    assert [with_us(office, who) for who in (ann, bob, carl)] == [10_00, 0, 0]


def item_open(office: Office, receipt_id: int) -> int:
    return open_minor(office, item_of(office, receipt_id))


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        pytest.param([100_01], "receipts.less_money_left", id="more than was paid"),
        pytest.param([0], "receipts.amount_not_above_zero", id="nothing"),
        pytest.param([], "receipts.each_account_once", id="no share"),
    ],
)
def test_a_split_that_cannot_be_is_refused(office: Office, shares: list[int], code: str) -> None:
    ann, bob = account(office), account(office, name="Bob")
    receipt_id = paid(office, ann, 100_00)

    with pytest.raises((Refused, BadInput), match=code.replace(".", r"\.")):
        split(receipt_id, [AccountShare(bob, minor) for minor in shares], reason="x", today=LATER, by=office.system)

    assert with_us(office, ann) == 100_00


def test_money_that_was_moved_is_not_moved_twice(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    receipt_id = paid(office, ann, 100_00)
    move(receipt_id, bob, reason="it was Bob's", today=LATER, by=office.system)

    with pytest.raises(Refused, match=r"receipts\.less_money_left"):
        move(receipt_id, bob, reason="it was Bob's", today=LATER, by=office.system)
    with pytest.raises(Refused, match=r"receipts\.money_has_moved_on"):
        correct(receipt_id, AsItShouldBe(ann, 90_00, DAY, "cheque"), reason="x", today=LATER, by=office.specialist)


def test_an_account_of_another_office_gets_nothing(office: Office) -> None:
    from tests.scenario import open_office

    stranger = account(open_office())
    receipt_id = paid(office, account(office), 10_00)

    with pytest.raises(Refused, match=r"receivables\.unknown_account"):
        move(receipt_id, stranger, reason="wrong office", today=LATER, by=office.system)


def test_the_coordinator_moves_a_payment_within_the_limit(office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    receipt_id = paid(office, ann, 10_00)
    coordinator = actor_of(int(office.coordinator.user_id or 0), office.entity_id)

    move(receipt_id, bob, reason="it was Bob's", today=LATER, by=coordinator)

    assert with_us(office, bob) == 10_00
