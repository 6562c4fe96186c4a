"""What was open on a day, whatever happened since."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from duly.kernel.refusals import Refused
from duly.receivables.actions import unallocate
from duly.receivables.queries import (
    account_aging,
    aging_page,
    aging_totals,
    balance_minor,
    control_totals,
    explain_balance,
    open_items_page,
    statement,
    stream_aging,
    stream_open_items,
    unapplied_page,
    unapplied_totals,
)
from tests.receivables.scenario_receivables import account, credit, invoice, pay, settle
from tests.scenario import Office

JAN1, JAN31, FEB10, FEB28, MAR31 = (
    date(2026, 1, 1),
    date(2026, 1, 31),
    date(2026, 2, 10),
    date(2026, 2, 28),
    date(2026, 3, 31),
)


def buckets(office: Office, as_of: date, currency: str = "EUR") -> tuple[int, ...]:
    for row in aging_totals(office.entity_id, as_of):
        if row.currency == currency:
            return (*row.buckets, row.unapplied_minor, row.total_minor)
    return (0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("days_late", "bucket"),
    [(-1, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)],
    ids=lambda value: str(value),
)
def test_an_item_stands_in_the_bucket_of_its_days_late(office: Office, days_late: int, bucket: int) -> None:
    due_on = date(2026, 3, 1)
    invoice(office, account(office), 10_00, on=JAN1, terms=(due_on - JAN1).days)

    row = aging_totals(office.entity_id, due_on + timedelta(days=days_late))[0]

    assert row.buckets[bucket] == row.total_minor == 10_00


def test_an_item_paid_later_was_open_before(office: Office) -> None:
    ann = account(office)
    bill, money = invoice(office, ann, 100_00, on=JAN1, terms=9), pay(office, ann, 60_00, on=FEB10)
    settle(office, bill, money, 60_00, on=FEB10)

    assert buckets(office, JAN31) == (0, 100_00, 0, 0, 0, 0, 100_00)
    assert buckets(office, FEB10) == (0, 0, 40_00, 0, 0, 0, 40_00)


def test_money_not_applied_stands_apart_from_what_is_due(office: Office) -> None:
    ann = account(office)
    invoice(office, ann, 100_00, on=JAN1)
    pay(office, ann, 60_00, on=JAN31)

    assert buckets(office, JAN31) == (100_00, 0, 0, 0, 0, -60_00, 40_00)


def test_an_allocation_taken_back_was_there_on_the_days_between(office: Office) -> None:
    ann = account(office)
    bill, money = invoice(office, ann, 50_00, on=JAN1), pay(office, ann, 50_00, on=JAN31)
    allocation = settle(office, bill, money, 50_00, on=JAN31)
    unallocate([allocation], effective_on=FEB28, by=office.system)

    assert buckets(office, FEB10)[-1] == 0
    assert buckets(office, FEB28) == (0, 50_00, 0, 0, 0, -50_00, 0)


def test_an_allocation_never_takes_effect_before_its_items(office: Office) -> None:
    ann = account(office)
    bill, money = invoice(office, ann, 50_00, on=FEB10), pay(office, ann, 50_00, on=JAN31)
    settle(office, bill, money, 50_00, on=JAN31)

    assert buckets(office, JAN31) == (0, 0, 0, 0, 0, -50_00, -50_00)
    assert buckets(office, FEB10)[-1] == 0


def test_an_item_settled_again_is_closed_on_the_later_day_whatever_the_order(office: Office) -> None:
    ann = account(office)
    bill = invoice(office, ann, 50_00, on=JAN1)
    late, early = pay(office, ann, 30_00, on=FEB28), pay(office, ann, 20_00, on=JAN31)
    settle(office, bill, late, 30_00, on=FEB28)
    settle(office, bill, early, 20_00, on=JAN31)

    assert buckets(office, FEB10) == (0, 30_00, 0, 0, 0, 0, 30_00)


def test_items_of_two_accounts_do_not_settle_each_other(office: Office) -> None:
    bill, money = invoice(office, account(office), 5, on=JAN1), pay(office, account(office), 5, on=JAN1)

    with pytest.raises(Refused, match=r"receivables\.accounts_differ"):
        settle(office, bill, money, 5, on=JAN1)


@pytest.mark.parametrize("as_of", [JAN1, JAN31, FEB10, FEB28, MAR31], ids=str)
def test_accounts_pages_and_totals_of_a_day_agree_with_each_other_and_with_the_ledger(
    office: Office, as_of: date
) -> None:
    for name in ("Ann", "Bob", "Cem"):
        who = account(office, name=name)
        bill = invoice(office, who, 90_00, on=JAN1)
        invoice(office, account(office, name=f"{name} KK", currency="JPY"), 7, on=JAN31)
        settle(office, bill, pay(office, who, 40_00, on=FEB10), 40_00, on=FEB10)
        settle(office, bill, credit(office, who, 60_00, on=FEB28), 50_00, on=FEB28)

    total = aging_totals(office.entity_id, as_of)
    by_account = list(stream_aging(office.entity_id, as_of))
    paged, after = [], None
    while rows := aging_page(office.entity_id, as_of, after=after, limit=2):
        paged += rows
        after = (rows[-1].account_id or 0, rows[-1].currency)
    items = list(stream_open_items(office.entity_id, as_of))

    assert paged == by_account
    for row in total:
        mine = [one for one in by_account if one.currency == row.currency]
        assert sum(one.total_minor for one in mine) == row.total_minor
        assert [sum(column) for column in zip(*(one.buckets for one in mine), strict=True)] == list(row.buckets)
        assert sum(item.open_minor for item in items if item.currency == row.currency) == row.total_minor
    assert [row.difference_minor for row in control_totals(office.entity_id, as_of) if row.difference_minor] == []
    for row in by_account:
        assert row in account_aging(office.entity_id, row.account_id or 0, as_of)


def test_a_statement_opens_with_what_was_owed_and_closes_with_its_last_balance(office: Office) -> None:
    ann = account(office)
    bill = invoice(office, ann, 100_00, on=JAN1)
    second = invoice(office, ann, 20_00, on=FEB10)
    money = pay(office, ann, 110_00, on=FEB28)
    settle(office, bill, money, 100_00, on=FEB28)
    settle(office, second, money, 10_00, on=MAR31)

    paper = statement(office.entity_id, ann, from_on=date(2026, 2, 1), to_on=FEB28)

    # 100.00 + 20.00 - 110.00 = 10.00
    assert (paper.opening_minor, paper.closing_minor) == (100_00, 10_00)
    assert [(line.amount_minor, line.open_minor, line.balance_minor) for line in paper.lines] == [
        (20_00, 20_00, 120_00),
        (-110_00, -10_00, 10_00),
    ]
    assert [settled.amount_minor for settled in paper.lines[1].settled] == [100_00]
    assert paper.closing_minor == balance_minor(office.entity_id, ann, FEB28)
    assert paper.aging is not None
    assert paper.aging.total_minor == 10_00


def test_a_balance_is_its_opening_charges_credits_and_payments(office: Office) -> None:
    ann = account(office)
    invoice(office, ann, 100_00, on=JAN1)
    invoice(office, ann, 50_00, on=FEB10)
    credit(office, ann, 5_00, on=FEB10)
    pay(office, ann, 80_00, on=FEB28)

    why = explain_balance(office.entity_id, ann, MAR31, from_on=date(2026, 2, 1))

    # 100.00 + 50.00 - 5.00 - 80.00 = 65.00
    assert [(line.kind, line.items, line.amount_minor) for line in why.lines] == [
        ("opening", 1, 100_00),
        ("invoice", 1, 50_00),
        ("credit_note", 1, -5_00),
        ("payment", 1, -80_00),
    ]
    assert why.balance_minor == balance_minor(office.entity_id, ann, MAR31) == 65_00


def test_unapplied_money_is_aged_from_the_day_it_came(office: Office) -> None:
    ann = account(office)
    pay(office, ann, 5_00, on=JAN1)
    bill, money = invoice(office, ann, 4_00, on=JAN31), pay(office, ann, 4_00, on=JAN31)
    settle(office, bill, money, 4_00, on=FEB28)

    then = unapplied_page(office.entity_id, FEB10)
    now = unapplied_totals(office.entity_id, MAR31)

    assert [(row.days, row.left_minor) for row in then] == [(40, 5_00), (10, 4_00)]
    assert [(row.up_to_90_minor, row.total_minor) for row in now] == [(5_00, 5_00)]
    assert unapplied_page(office.entity_id, FEB10, after=(then[0].issued_on, then[0].item_id)) == then[1:]


def test_open_items_are_paged_by_due_day_and_each_is_seen_once(office: Office) -> None:
    ann = account(office)
    made = [invoice(office, ann, 1_00, on=JAN1, terms=terms) for terms in (5, 5, 3, 9)]

    seen, after = [], None
    while rows := open_items_page(office.entity_id, after=after, limit=2):
        seen += [row.id for row in rows]
        after = (rows[-1].due_on, rows[-1].id)

    assert seen == [made[2], made[0], made[1], made[3]]
    assert [row.id for row in open_items_page(office.entity_id, past_due_on=JAN1 + timedelta(days=5))] == [made[2]]


def test_an_item_that_does_not_tie_is_found_with_the_account_it_is_on(office: Office) -> None:
    from duly.receivables.queries import items_off_the_ledger
    from duly.receivables.verify import checks

    bill = invoice(office, account(office), 9_00, on=JAN1)
    with connection.cursor() as cursor:
        cursor.execute("update receivables_item set open_minor = 8_00 where id = %s", [bill])

        found = {problem.check for problem in checks(office.entity_id)}
        off = items_off_the_ledger(office.entity_id)

        cursor.execute("update receivables_item set open_minor = 9_00 where id = %s", [bill])
    assert found == {"receivables.item", "receivables.control"}
    assert [(row.item_id, row.items_minor, row.ledger_minor) for row in off] == [(bill, 8_00, 9_00)]


@pytest.mark.parametrize("side", ["debit", "credit"])
def test_what_was_taken_back_is_not_settled_again_before_that_day(office: Office, side: str) -> None:
    ann = account(office)
    bill, money = invoice(office, ann, 50_00, on=JAN1), pay(office, ann, 50_00, on=JAN1)
    unallocate([settle(office, bill, money, 50_00, on=JAN31)], effective_on=FEB28, by=office.system)
    debit = bill if side == "debit" else invoice(office, ann, 50_00, on=JAN1)
    with_what = money if side == "credit" else pay(office, ann, 50_00, on=JAN1)

    settle(office, debit, with_what, 50_00, on=FEB10)

    assert [row.difference_minor for row in control_totals(office.entity_id, FEB10)] == [0, 0]
    assert buckets(office, FEB10)[-2] == (-50_00 if side == "debit" else 0)


def test_an_allocation_is_not_taken_back_before_it_was_made(office: Office) -> None:
    ann = account(office)
    allocation = settle(office, invoice(office, ann, 50_00, on=JAN1), pay(office, ann, 50_00, on=JAN1), 50_00, on=FEB28)

    unallocate([allocation], effective_on=JAN31, by=office.system)

    assert [row.difference_minor for row in control_totals(office.entity_id, FEB10)] == [0, 0]
    assert buckets(office, FEB10)[-2] == -50_00
