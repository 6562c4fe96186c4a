"""A year of billing in stories: periods, month ends, trials, starts and ends, catch-up."""

from __future__ import annotations

import pytest

from tests.commercial.scenario_commercial import agreed, bill, day, drafts, expected, nets, plan, rows, term
from tests.scenario import Office, account


def periods(office: Office) -> list[tuple[str, str]]:
    return [(f"{d.period[0]:%m-%d}", f"{d.period[1]:%m-%d}") for d in drafts(office) if d.period]


def test_a_monthly_agreement_in_advance_is_billed_on_the_first_of_each_month(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="100.00"))

    plan(office, "2026-03-01")

    assert nets(office) == [100_00, 100_00, 100_00]
    assert [draft.bill_on for draft in drafts(office)] == [day(f"2026-0{month}-01") for month in (1, 2, 3)]


def test_in_arrears_a_month_is_billed_the_day_after_it(office: Office) -> None:
    agreed(office, "2026-01-01", term(), timing="arrears")

    plan(office, "2026-01-31")
    assert nets(office) == []
    plan(office, "2026-02-01")

    assert [draft.bill_on for draft in drafts(office)] == [day("2026-02-01")]


def test_planning_twice_stages_nothing_new(office: Office) -> None:
    agreed(office, "2026-01-01", term())
    plan(office, "2026-02-01")

    again = plan(office, "2026-02-01")

    assert (again.made, again.changed, again.withdrawn) == (0, 0, 0)


def test_what_is_billed_is_not_billed_again(office: Office) -> None:
    agreed(office, "2026-01-01", term())

    assert bill(office, "2026-01-31") == [100_00]
    assert bill(office, "2026-01-31") == []
    assert bill(office, "2026-02-28") == [100_00]


def test_missed_months_are_caught_up_in_one_run(office: Office) -> None:
    agreed(office, "2026-01-01", term())
    bill(office, "2026-01-31")

    assert bill(office, "2026-06-30") == [100_00] * 5  # February to June


def test_an_anchor_on_the_31st_is_clamped_each_month_and_never_moves(office: Office) -> None:
    agreed(office, "2027-01-31", term(), anchor_kind="anniversary")

    plan(office, "2027-05-31")

    assert periods(office) == [
        ("01-31", "02-28"),
        ("02-28", "03-31"),
        ("03-31", "04-30"),
        ("04-30", "05-31"),
        ("05-31", "06-30"),
    ]
    assert nets(office) == [100_00] * 5


def test_an_anchor_on_the_31st_knows_leap_years(office: Office) -> None:
    agreed(office, "2028-01-31", term(), anchor_kind="anniversary")

    plan(office, "2028-02-29")

    assert periods(office) == [("01-31", "02-29"), ("02-29", "03-31")]


def test_a_start_within_the_month_is_charged_by_days_and_february_has_29_in_a_leap_year(office: Office) -> None:
    agreed(office, "2028-02-10", term(price="100.00"))

    plan(office, "2028-03-01")

    # Feb 10 to 29 is 20 of 29 days: 100.00 x 20 / 29 = 68.9655, rounded from running totals:
    # round(100.00 x 29/29) - round(100.00 x 9/29) = 100.00 - 31.03 = 68.97
    assert nets(office) == [68_97, 100_00]


def test_without_proration_a_start_within_the_month_costs_the_whole_month(office: Office) -> None:
    agreed(office, "2026-01-20", term(), proration="none")

    plan(office, "2026-02-01")

    assert nets(office) == [100_00, 100_00]


def test_an_end_within_the_month_is_charged_by_days(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="31.00"), ends_on="2026-02-15")

    plan(office, "2026-12-31")

    assert nets(office) == [31_00, 15_50]  # February: 14 of 28 days


def test_in_arrears_an_end_within_the_month_is_billed_on_that_day(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="31.00"), ends_on="2026-01-11", timing="arrears")

    plan(office, "2026-01-11")

    assert nets(office) == [10_00]


def test_a_trial_is_free_and_the_rest_of_its_month_is_charged_by_days(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="31.00"), trial_ends_on="2026-01-22")

    plan(office, "2026-02-01")

    assert nets(office) == [10_00, 31_00]  # Jan 22 to 31 is 10 of 31 days


def test_an_anniversary_counts_from_the_end_of_the_trial(office: Office) -> None:
    agreed(office, "2026-01-01", term(), trial_ends_on="2026-01-15", anchor_kind="anniversary")

    plan(office, "2026-02-15")

    assert periods(office) == [("01-15", "02-15"), ("02-15", "03-15")]


@pytest.mark.parametrize(
    ("interval", "bill_days"),
    [
        pytest.param({"interval_count": 3}, ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"], id="quarterly"),
        pytest.param({"interval_count": 12}, ["2026-01-01"], id="yearly"),
        pytest.param({"interval_count": 5}, ["2026-01-01", "2026-06-01", "2026-11-01"], id="every five months"),
        pytest.param(
            {"interval_unit": "day", "interval_count": 100, "anchor_kind": "anniversary"},
            ["2026-01-01", "2026-04-11", "2026-07-20", "2026-10-28"],
            id="every hundred days",
        ),
    ],
)
def test_intervals_of_all_lengths_are_billed_at_their_start(
    office: Office, interval: dict[str, object], bill_days: list[str]
) -> None:
    agreed(office, "2026-01-01", term(), **interval)

    plan(office, "2026-12-31")

    assert [draft.bill_on for draft in drafts(office)] == [day(text) for text in bill_days]


def test_calendar_quarters_begin_with_the_year_whenever_the_agreement_began(office: Office) -> None:
    agreed(office, "2026-02-01", term(price="90.00"), interval_count=3)

    plan(office, "2026-04-01")

    assert nets(office) == [59_00, 90_00]  # Feb 1 to Mar 31 is 59 of the quarter's 90 days


def test_a_line_can_keep_an_interval_of_its_own(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="10.00"), term(price="120.00", interval_count=12))

    plan(office, "2026-03-01")

    assert nets(office) == [120_00, 10_00, 10_00, 10_00]


@pytest.mark.parametrize(
    ("currency", "price", "net_minor"),
    [pytest.param("JPY", "1001", 500, id="no decimals"), pytest.param("KWD", "1.001", 500, id="three decimals")],
)
def test_proration_rounds_to_the_currencys_own_digits(
    office: Office, currency: str, price: str, net_minor: int
) -> None:
    agreed(office, "2026-04-16", term(price=price), currency=currency)  # 15 of 30 days

    plan(office, "2026-04-30")

    assert nets(office) == [net_minor]  # the first half, round(500.5) = 501, is not covered: 1001 - 501 = 500


def test_every_account_with_an_agreement_says_what_it_expects(office: Office) -> None:
    due, idle = account(office), account(office)
    agreed(office, "2026-01-01", term(), account_id=due)
    agreed(office, "2026-01-01", term(), account_id=idle, interval_count=12)
    bill(office, "2026-01-31")

    assert expected(office, "2026-02-28") == {(due, "EUR"): (100_00, ""), (idle, "EUR"): (0, "")}


def test_a_charge_without_a_price_is_reported_and_the_others_are_staged(office: Office) -> None:
    account_id = account(office)
    agreed(office, "2026-01-01", term(), term(item="SEAT", price=None, model="per_unit"), account_id=account_id)

    found = expected(office, "2026-01-31")

    assert found == {(account_id, "EUR"): (100_00, "No price for SEAT in EUR on 2026-01-01")}


def test_a_charge_that_no_tax_rule_covers_is_reported(office: Office) -> None:
    account_id = account(office, tax_profile="unheard_of")
    agreed(office, "2026-01-01", term(), account_id=account_id)

    [(due_minor, reason)] = expected(office, "2026-01-31").values()

    assert (due_minor, reason[:33]) == (0, "No tax rule for profile unheard_o")


def test_the_tax_point_is_the_first_day_in_advance_and_the_last_in_arrears(office: Office) -> None:
    agreed(office, "2026-01-01", term(), term(timing="arrears"))

    plan(office, "2026-02-01")

    points = rows("select distinct tax_point_on::text from invoicing_charge order by 1")
    assert points == [("2026-01-01",), ("2026-01-31",), ("2026-02-01",)]
