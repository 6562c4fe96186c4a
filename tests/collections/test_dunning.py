"""Who is reminded of what, who is left out and why, and what it costs."""

from __future__ import annotations

from datetime import date, timedelta

from tests.collections.scenario_collections import customer, dun, left_out, letters, owe, rows, value
from tests.payments.scenario_money import balance, paid
from tests.scenario import Office

JAN1 = date(2026, 1, 1)


def test_one_letter_a_payer_lists_the_items_of_all_its_accounts(office: Office) -> None:
    first = customer(office, "Ann")
    party = value("select party_id from receivables_account where id = %s", first)
    second = customer(office, "Ann two", party_id=party)
    for account, minor in ((first, 10_00), (first, 20_00), (second, 40_00)):
        owe(office, account, minor, on=JAN1, terms_days=10)

    run = dun(office, date(2026, 1, 20))

    [letter] = letters(office, run)
    assert (letter.items, letter.accounts, letter.dunned_minor, letter.step) == (3, 2, 70_00, 1)
    assert run.certificate["adds_up"]


def test_nothing_is_sent_within_the_grace_of_the_first_step(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 10_00, on=JAN1, terms_days=10)  # due January 11; five days late and two of grace

    early, late = dun(office, date(2026, 1, 17)), dun(office, date(2026, 1, 18))

    assert (early.letters, late.letters) == (0, 1)
    assert early.certificate["resting_items"] == 1


def test_a_step_is_taken_once_and_the_next_when_it_is_due(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 10_00, on=JAN1, terms_days=10)

    steps = []
    for day in range(18, 18 + 60):
        run = dun(office, date(2025, 12, 31) + timedelta(days=day))
        steps += [(run.through_on, letter.step) for letter in letters(office, run)]

    # the due days of the second and third step follow the first one, which came two days of grace later
    assert steps == [
        (date(2026, 1, 18), 1),
        (date(2026, 2, 1), 2),
        (date(2026, 2, 15), 3),
        (date(2026, 2, 27), 4),
    ]


def test_the_final_notice_charges_a_business_the_interest_and_lump_sum_of_the_law(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 10_000_00, on=JAN1, terms_days=10)
    for day in (date(2026, 1, 20), date(2026, 2, 5)):
        dun(office, day)

    run = dun(office, date(2026, 2, 20))

    # due January 11, 40 days, 1.27 + 9 = 10.27 % a year: 10,000.00 * 10.27 / 36,500 * 40 = 112.55
    assert sorted(
        rows("select kind, amount_minor, from_on, to_on from collections_charge where account_id = %s", ann)
    ) == [("interest", 112_55, date(2026, 1, 11), date(2026, 2, 20)), ("lump", 40_00, None, None)]
    assert run.certificate["adds_up"]
    assert balance(office, "4950") == -152_55
    assert balance(office, "1200") == 10_152_55
    assert sorted(rows("select kind, open_minor from receivables_item where account_id = %s", ann)) == [
        ("late_charge", 40_00),
        ("late_charge", 112_55),
        ("opening", 10_000_00),
    ]


def test_a_consumer_is_charged_nothing_by_default(office: Office) -> None:
    ann = customer(office, kind="person")
    owe(office, ann, 10_000_00, on=JAN1, terms_days=10)

    for day in (date(2026, 1, 20), date(2026, 2, 5), date(2026, 2, 20)):
        run = dun(office, day)

    assert [letter.step for letter in letters(office, run)] == [3]
    assert rows("select kind from collections_charge where account_id = %s", ann) == []


def test_nobody_is_chased_while_money_of_theirs_is_not_applied(office: Office) -> None:
    ann = customer(office)
    owe(office, ann, 100_00, on=JAN1, terms_days=10)
    paid(office, ann, 1_00, on=date(2026, 1, 15))

    run = dun(office, date(2026, 1, 20))

    assert run.letters == 0
    assert [(out.reason, out.detail, out.amount_minor) for out in left_out(office, run)] == [
        ("unplaced_money", "1.00 EUR, unapplied", 100_00)
    ]
    assert run.certificate["adds_up"]
