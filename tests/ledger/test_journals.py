"""Journals by hand and what the books show of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from duly.kernel.refusals import NotAllowed, NotFound, Refused
from duly.ledger.actions import accept_journal, close_period, post_journal, refuse_journal, reverse_journal
from duly.ledger.queries import (
    balance_minor,
    gl_account_id,
    gl_detail,
    journals,
    period_of,
    postings_of,
    trial_balance,
)
from duly.ledger.rules import JournalLine, off_by
from tests.ledger.scenario_ledger import journal
from tests.scenario import Office

JAN = date(2026, 1, 31)
FEB = date(2026, 2, 28)
MAR = date(2026, 3, 31)


def balance(office: Office, code: str, as_of: date, currency: str = "EUR") -> int:
    return balance_minor(office.entity_id, gl_account_id(office.entity_id, code), currency, as_of)


def test_trial_balance_as_of_a_day_counts_nothing_later(office: Office) -> None:
    journal(office, "6100", "1100", 12_50, on=JAN)
    journal(office, "6100", "1100", 7_50, on=FEB)

    rows = {row.code: row.balance_minor for row in trial_balance(office.entity_id, JAN)}

    assert rows == {"6100": 12_50, "1100": -12_50}
    assert balance(office, "6100", FEB) == 20_00


def test_trial_balance_of_a_span_is_its_movement_and_sums_to_zero(office: Office) -> None:
    journal(office, "6100", "1100", 12_50, on=JAN)
    journal(office, "6100", "1100", 7_50, on=FEB)
    journal(office, "6100", "1100", 3, on=FEB, currency="JPY")

    rows = trial_balance(office.entity_id, MAR, from_on=date(2026, 2, 1))

    assert [(row.code, row.currency, row.balance_minor) for row in rows] == [
        ("1100", "EUR", -7_50),
        ("6100", "EUR", 7_50),
        ("1100", "JPY", -3),
        ("6100", "JPY", 3),
    ]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([JournalLine("6100", "EUR", 1)], "ledger.journal_needs_two_lines"),
        (
            [JournalLine("6100", "EUR", 1), JournalLine("1200", "EUR", -1)],
            "ledger.control_account_is_posted_by_open_items",
        ),
        ([JournalLine("6100", "EUR", 1), JournalLine("9999", "EUR", -1)], "ledger.unknown_account"),
        ([JournalLine("6100", "EUR", 2), JournalLine("1100", "EUR", -1)], "ledger.journal_does_not_balance"),
        ([JournalLine("6100", "EUR", 1), JournalLine("1100", "USD", -1)], "ledger.journal_does_not_balance"),
        (
            [JournalLine("6100", "EUR", 0), JournalLine("1100", "EUR", 0)],
            "ledger.journal_line_without_amount",
        ),
    ],
    ids=[
        "one line",
        "control account",
        "unknown account",
        "uneven",
        "even only across currencies",
        "nothing",
    ],
)
def test_a_journal_that_cannot_stand_is_refused(office: Office, lines: list[JournalLine], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        post_journal(lines, effective_on=JAN, memo="try", by=office.accountant)

    assert refusal.value.code == code


def test_a_journal_above_the_limit_waits_for_a_second_person(office: Office) -> None:
    maker = replace(office.accountant, limits={("ledger.post", "EUR"): 100_00})

    waiting = journal(office, "6100", "1100", 100_01, on=JAN, by=maker)
    with pytest.raises(NotAllowed):
        accept_journal(waiting.id, by=office.accountant)
    accepted = accept_journal(waiting.id, by=office.system)

    assert waiting.state == "waiting"
    assert accepted.state == "posted"
    assert balance(office, "6100", JAN) == 100_01


def test_a_refused_journal_posts_nothing_and_stays_refused(office: Office) -> None:
    maker = replace(office.accountant, limits={("ledger.post", "EUR"): 0})
    waiting = journal(office, "6100", "1100", 1, on=JAN, by=maker)

    refuse_journal(waiting.id, by=office.owner if office.owner.may("ledger.post") else office.system)

    with pytest.raises(Refused, match="cannot_become_posted"):
        accept_journal(waiting.id, by=office.system)
    assert balance(office, "6100", JAN) == 0


def test_a_reversed_journal_leaves_nothing_and_is_reversed_once(office: Office) -> None:
    posted = journal(office, "6100", "1100", 5_00, on=JAN)

    reverse_journal(posted.id, effective_on=FEB, by=office.accountant)

    assert (balance(office, "6100", JAN), balance(office, "6100", FEB)) == (5_00, 0)
    with pytest.raises(Refused, match="cannot_become_reversed"):
        reverse_journal(posted.id, effective_on=FEB, by=office.accountant)


def test_the_page_of_an_account_carries_its_balance_from_page_to_page(office: Office) -> None:
    for amount_minor in (1, 2, 4, 8):
        journal(office, "6100", "1100", amount_minor, on=JAN)
    account = gl_account_id(office.entity_id, "6100")

    first = gl_detail(office.entity_id, account, "EUR", days=(JAN, MAR), limit=3)
    second = gl_detail(office.entity_id, account, "EUR", days=(JAN, MAR), after=first.next, limit=3)

    assert [after for _, after in first.with_balances()] == [1, 3, 7]
    assert [after for _, after in second.with_balances()] == [15]
    assert second.next is None


def test_a_page_that_starts_late_opens_with_the_balance_before_it(office: Office) -> None:
    journal(office, "6100", "1100", 5, on=JAN)
    journal(office, "6100", "1100", 6, on=FEB)
    account = gl_account_id(office.entity_id, "6100")

    page = gl_detail(office.entity_id, account, "EUR", days=(FEB, MAR))

    assert page.opening_minor == 5
    assert [(row.amount_minor, after) for row, after in page.with_balances()] == [(6, 11)]


def test_the_postings_of_a_journal_are_found_by_it(office: Office) -> None:
    posted = journal(office, "6100", "1100", 5, on=JAN)

    rows = postings_of(office.entity_id, "journal", posted.id)

    assert [(row.code, row.amount_minor) for row in rows] == [("6100", 5), ("1100", -5)]
    assert journals(office.entity_id)[0].entry_id == rows[0].entry_id


def test_no_journal_falls_outside_the_periods(office: Office) -> None:
    with pytest.raises(Refused, match=r"ledger\.period_closed"):
        journal(office, "6100", "1100", 5, on=date(2031, 1, 1))
    with pytest.raises(NotFound):
        period_of(office.entity_id, date(2031, 1, 1))


def test_off_by_names_each_currency() -> None:
    lines = [JournalLine("1", "EUR", 2), JournalLine("2", "EUR", -2), JournalLine("3", "USD", 1)]

    assert off_by(lines) == {"USD": 1}


def test_a_closed_period_takes_no_journal(office: Office) -> None:
    journal(office, "6100", "1100", 5, on=JAN)
    close_period(period_of(office.entity_id, JAN).id, today=FEB, by=office.accountant)

    with pytest.raises(Refused, match=r"ledger\.period_closed"):
        journal(office, "6100", "1100", 5, on=JAN)
