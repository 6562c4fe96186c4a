"""What will not come any more is given up: by reason and limit, remainders by rule, and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from duly.events.actions import undo
from duly.kernel.money import Money
from duly.kernel.refusals import Refused
from duly.payments.actions import apply_oldest_first
from duly.receivables.actions.accounts import NewHold, hold_accounts
from duly.receivables.actions.on_account import put_on_account, release_on_account
from duly.receivables.actions.writeoffs import (
    WriteOff,
    set_small_rule,
    take_write_offs_back,
    write_off,
    write_off_small,
)
from duly.receivables.queries.corrections import kept_on_account, write_offs
from tests.payments.scenario_money import DAY, balance, item_of, one, open_minor, owe, paid
from tests.scenario import Office, account


def last_event(office: Office) -> int:
    return int(one("select max(id) from events_event where entity_id = %s", office.entity_id))


def test_a_bad_debt_leaves_receivables_for_the_loss(office: Office) -> None:
    owed = owe(office, account(office), 300_00)

    write_off([WriteOff(owed)], reason="insolvent", today=DAY, by=office.system)

    assert open_minor(office, owed) == 0
    assert (balance(office, "6950"), balance(office, "1200")) == (300_00, 0)  # Dr 6950 300.00, Cr 1200 300.00
    [row] = write_offs(office.entity_id)
    assert (row.number, row.amount_minor, row.gl_code, row.reason) == ("WO-2026-000001", 300_00, "6950", "insolvent")


def test_a_part_is_written_off_and_the_rest_stays_owed(office: Office) -> None:
    owed = owe(office, account(office), 300_00)

    write_off([WriteOff(owed, 120_00)], reason="settled_for_less", note="40 %", today=DAY, by=office.system)

    assert open_minor(office, owed) == 180_00
    assert (balance(office, "6950"), balance(office, "1200")) == (120_00, 180_00)


def test_undo_of_a_write_off_opens_the_debt_and_takes_the_loss_back(office: Office) -> None:
    owed = owe(office, account(office), 300_00)
    write_off([WriteOff(owed)], reason="insolvent", today=DAY, by=office.system)

    undo(last_event(office), today=date(2026, 3, 9), by=office.system)

    assert open_minor(office, owed) == 300_00
    assert (balance(office, "6950"), balance(office, "1200")) == (0, 300_00)
    taken_back = {row.id: row.taken_back for row in write_offs(office.entity_id)}
    assert sorted(taken_back.values()) == [False, True]
    with pytest.raises(Refused, match=r"receivables\.write_off_taken_back_already"):
        take_write_offs_back(list(taken_back), today=DAY, by=office.system)


def test_a_debt_is_not_written_off_while_the_account_has_money_with_us(office: Office) -> None:
    ann = account(office)
    owed = owe(office, ann, 300_00)
    cash = item_of(office, paid(office, ann, 10_00))

    with pytest.raises(Refused, match=r"receivables\.money_lies_on_the_account"):
        write_off([WriteOff(owed)], reason="insolvent", today=DAY, by=office.system)

    put_on_account([cash], reason="deposit", review_on=date(2026, 6, 1), today=DAY, by=office.system)
    write_off([WriteOff(owed)], reason="insolvent", today=DAY, by=office.system)
    assert open_minor(office, owed) == 0


def test_money_of_theirs_is_never_written_off_but_for_a_small_difference(office: Office) -> None:
    cash = item_of(office, paid(office, account(office), 50_00))

    with pytest.raises(Refused, match=r"receivables\.money_of_theirs_is_not_written_off"):
        write_off([WriteOff(cash)], reason="time_barred", today=DAY, by=office.system)
    with pytest.raises(Refused, match=r"receivables\.difference_is_not_small"):
        write_off([WriteOff(cash)], reason="small_difference", today=DAY, by=office.system)

    assert balance(office, "2150") == -50_00


@pytest.mark.parametrize("reason", ["other", "settled_for_less"])
def test_some_reasons_need_words(office: Office, reason: str) -> None:
    owed = owe(office, account(office), 3_00)

    with pytest.raises(Refused, match=r"receivables\.reason_missing"):
        write_off([WriteOff(owed)], reason=reason, today=DAY, by=office.system)


def test_the_same_debt_twice_in_one_act_is_refused(office: Office) -> None:
    owed = owe(office, account(office), 3_00)

    with pytest.raises(Refused, match=r"receivables\.item_named_twice"):
        write_off([WriteOff(owed, 1_00), WriteOff(owed, 1_00)], reason="insolvent", today=DAY, by=office.system)


def test_remainders_within_the_rule_are_written_off_as_one_set_and_once(office: Office) -> None:
    # due Mar 3: Ann owes 0.99 (goes), Bob 1.00 (above), Carl 0.60 + 0.60 (together above), Dora 0.40 not old enough,
    # Eve has 0.30 with us (goes the other way)
    due, later = date(2026, 2, 1), date(2026, 3, 20)
    gone = owe(office, account(office), 99, on=due)
    above = owe(office, account(office, name="Bob"), 1_00, on=due)
    carl = account(office, name="Carl")
    both = [owe(office, carl, 60, on=due), owe(office, carl, 60, on=due)]
    young = owe(office, account(office, name="Dora"), 40, on=later)
    theirs = item_of(office, paid(office, account(office, name="Eve"), 30, on=due))

    done = write_off_small(currency="EUR", today=date(2026, 4, 10), by=office.system)

    assert (done.items, done.totals[0].lost_minor, done.totals[0].won_minor) == (2, 99, 30)
    assert [open_minor(office, item) for item in (gone, above, *both, young, theirs)] == [0, 1_00, 60, 60, 40, 0]
    assert balance(office, "6900") == 69  # Dr 6900 0.99, Cr 6900 0.30
    assert write_off_small(currency="EUR", today=date(2026, 4, 10), by=office.system).items == 0
    undo(last_event(office), today=date(2026, 4, 11), by=office.system)
    assert (open_minor(office, gone), open_minor(office, theirs), balance(office, "6900")) == (99, -30, 0)


def test_the_rule_is_what_the_office_set_from_a_day_on(office: Office) -> None:
    owed = owe(office, account(office), 4_50)
    set_small_rule(Money(5_00, "EUR"), 10, valid_from=date(2026, 4, 1), by=office.system)

    assert write_off_small(currency="EUR", today=date(2026, 3, 31), by=office.system).items == 0
    assert write_off_small(currency="EUR", today=date(2026, 4, 1), by=office.system).items == 1
    assert open_minor(office, owed) == 0


def test_the_rule_leaves_accounts_alone_that_are_held_or_have_money_with_us(office: Office) -> None:
    held, with_money = account(office), account(office, name="Bob")
    left = [owe(office, held, 50), owe(office, with_money, 50)]
    hold_accounts([NewHold(held, "all", "They dispute an invoice", date(2026, 5, 1))], by=office.specialist)
    paid(office, with_money, 9_00, on=date(2026, 4, 9))

    assert write_off_small(currency="EUR", today=date(2026, 4, 10), by=office.system).items == 0
    assert [open_minor(office, item) for item in left] == [50, 50]


def test_money_put_on_account_is_not_used_by_a_run_until_released(office: Office) -> None:
    ann = account(office)
    owed, cash = owe(office, ann, 40_00), item_of(office, paid(office, ann, 40_00))
    apply_oldest_first([ann], today=DAY, by=office.specialist)

    put_on_account([cash], reason="it is a deposit", review_on=date(2026, 6, 1), today=DAY, by=office.system)

    assert (open_minor(office, owed), open_minor(office, cash)) == (40_00, -40_00)
    assert (balance(office, "1200"), balance(office, "2150")) == (40_00, -40_00)
    assert [row.reason for row in kept_on_account(office.entity_id)] == ["it is a deposit"]
    with pytest.raises(Refused, match=r"receipts\.nothing_to_apply"):
        apply_oldest_first([ann], today=DAY, by=office.specialist)
    release_on_account([cash], today=DAY, by=office.system)
    apply_oldest_first([ann], today=DAY, by=office.specialist)
    assert (open_minor(office, owed), balance(office, "2150")) == (0, 0)


def test_undo_of_putting_on_account_settles_again_what_was_settled(office: Office) -> None:
    ann = account(office)
    owed, cash = owe(office, ann, 40_00), item_of(office, paid(office, ann, 50_00))
    apply_oldest_first([ann], today=DAY, by=office.specialist)
    put_on_account([cash], reason="it is a deposit", review_on=date(2026, 6, 1), today=DAY, by=office.system)

    undo(last_event(office), today=DAY, by=office.system)

    assert (open_minor(office, owed), open_minor(office, cash)) == (0, -10_00)
    assert kept_on_account(office.entity_id) == []
