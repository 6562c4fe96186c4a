"""How each kind of line is priced, with the sum in the comment."""

from __future__ import annotations

from decimal import Decimal

import pytest

from duly.catalog.actions import set_prices
from duly.catalog.models import NewPrice
from duly.commercial.actions import reach_milestones, unreach_milestones
from duly.commercial.models import NewMilestone, NewTier
from duly.kernel.refusals import Refused
from tests.commercial.scenario_commercial import (
    agreed,
    bill,
    day,
    drafts,
    nets,
    plan,
    rows,
    term,
    use,
)
from tests.scenario import Office, account


def tier(up_to: str | None, price: str, flat: str = "0") -> NewTier:
    return NewTier(Decimal(up_to) if up_to else None, Decimal(price), Decimal(flat))


STEPS = (tier("10", "5.00"), tier("20", "4.00"), tier(None, "3.00", flat="7.00"))


@pytest.mark.parametrize(
    ("model", "quantity", "net_minor"),
    [
        pytest.param("graduated", "10", 50_00, id="graduated, first step full: 10 x 5"),
        pytest.param("graduated", "25", 112_00, id="graduated: 10 x 5 + 10 x 4 + 5 x 3 + 7"),
        pytest.param("graduated", "0", None, id="graduated, nothing"),
        pytest.param("volume", "10", 50_00, id="volume, first step: 10 x 5"),
        pytest.param("volume", "11", 44_00, id="volume, second step: all 11 x 4"),
        pytest.param("volume", "25", 82_00, id="volume, last step: all 25 x 3 + 7"),
    ],
)
def test_steps(office: Office, model: str, quantity: str, net_minor: int | None) -> None:
    agreed(office, "2026-01-01", term(item="SEAT", price=None, model=model, quantity=quantity, tiers=STEPS))

    plan(office, "2026-01-31")

    assert nets(office) == ([] if net_minor is None else [net_minor])


def test_steps_can_come_from_the_list_price(office: Office) -> None:
    steps = ({"up_to": "10", "unit_price": "5.00"}, {"up_to": None, "unit_price": "4.00"})
    set_prices([NewPrice("SEAT", "EUR", Decimal(0), day("2026-01-01"), tiers=steps)], by=office.coordinator)
    agreed(office, "2026-01-01", term(item="SEAT", price=None, model="graduated", quantity="12"))

    plan(office, "2026-01-31")

    assert nets(office) == [58_00]  # 10 x 5 + 2 x 4


def test_a_stepped_price_is_prorated_as_a_whole(office: Office) -> None:
    agreed(office, "2026-01-17", term(item="SEAT", price=None, model="graduated", quantity="20", tiers=STEPS))

    plan(office, "2026-01-31")

    assert nets(office) == [43_55]  # 90.00 - round(90.00 x 16 / 31) = 90.00 - 46.45


def test_packages_are_charged_whole(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="8.00", model="package", package_size="100", quantity="201"))

    plan(office, "2026-01-31")

    assert nets(office) == [24_00]  # 3 packages of 100


def test_a_percentage_of_the_other_lines(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="200.00"), term(price=None, model="percentage", percentage="7.5"))

    plan(office, "2026-01-31")

    assert nets(office) == [200_00, 15_00]


def test_a_percentage_of_what_a_meter_counted(office: Office) -> None:
    account_id = account(office)
    fee = term(price=None, model="percentage", percentage="1.4", meter="turnover")
    agreed(office, "2026-01-01", fee, account_id=account_id)
    use(office, "turnover", ("2026-01-05T12:00Z", "1000.50"), account_id=account_id, today="2026-01-05")

    plan(office, "2026-02-01")

    assert nets(office) == [14_01]  # 1,000.50 x 1.4 % = 14.007


def test_a_minimum_bills_what_the_month_fell_short(office: Office) -> None:
    account_id = account(office)
    agreed(
        office,
        "2026-01-01",
        term(item="USAGE", price="0.10", model="usage", meter="calls"),
        term(price=None, model="minimum", minimum_minor=50_00),
        account_id=account_id,
    )
    use(office, "calls", ("2026-01-05T12:00Z", "300"), account_id=account_id, today="2026-01-05")

    assert bill(office, "2026-02-01") == [30_00, 20_00]
    assert bill(office, "2026-03-01") == [50_00]  # February: nothing was used


def test_a_minimum_counts_what_was_billed_in_advance(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="30.00"), term(price=None, model="minimum", minimum_minor=50_00))

    assert bill(office, "2026-01-31") == [30_00]
    assert bill(office, "2026-02-28") == [20_00, 30_00]


def test_a_yearly_minimum_is_compared_with_the_twelve_months(office: Office) -> None:
    minimum = term(price=None, model="minimum", minimum_minor=1000_00, interval_count=12)
    agreed(office, "2026-01-01", term(price="80.00"), minimum)
    billed = [sum(bill(office, f"2026-{month:02}-28")) for month in range(1, 13)]

    last = bill(office, "2027-01-01")

    assert billed == [80_00] * 12
    assert last == [40_00, 80_00]  # 1,000 - 12 x 80, and January


def test_a_minimum_of_part_of_a_month_shrinks_with_its_days(office: Office) -> None:
    agreed(office, "2026-01-22", term(price=None, model="minimum", minimum_minor=31_00))

    plan(office, "2026-02-01")

    assert nets(office) == [10_00]


def test_a_one_off_is_charged_once(office: Office) -> None:
    agreed(office, "2026-01-15", term(price="250.00", model="one_off"), trial_ends_on="2026-03-01")

    assert bill(office, "2026-01-31") == [250_00]
    assert bill(office, "2026-12-31") == []


def test_a_milestone_is_charged_when_it_is_reached(office: Office) -> None:
    parts = (NewMilestone("Design", Decimal("3000.00")), NewMilestone("Launch"))
    agreed(office, "2026-01-01", term(price="7000.00", model="milestone", milestones=parts))
    assert bill(office, "2026-02-28") == []
    [(design,), (launch,)] = rows("select id from commercial_milestone order by id desc limit 2")[::-1]

    reach_milestones([design], reached_on=day("2026-03-10"), by=office.specialist)
    assert bill(office, "2026-03-31") == [3000_00]
    reach_milestones([launch], reached_on=day("2026-06-01"), by=office.specialist)

    assert bill(office, "2026-06-30") == [7000_00]
    with pytest.raises(Refused, match=r"agreement\.milestone_reached_already"):
        reach_milestones([launch], reached_on=day("2026-06-02"), by=office.specialist)


def test_a_milestone_that_was_not_reached_after_all_is_taken_back(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="700.00", model="milestone", description="Launch"))
    [(launch,)] = rows("select max(id) from commercial_milestone")
    reach_milestones([launch], reached_on=day("2026-01-10"), by=office.specialist)
    bill(office, "2026-01-31")

    unreach_milestones([launch], by=office.specialist)

    assert bill(office, "2026-01-31") == [-700_00]
    reach_milestones([launch], reached_on=day("2026-02-10"), by=office.specialist)
    assert bill(office, "2026-02-28") == [700_00]


def test_each_charge_keeps_how_it_came_to_be(office: Office) -> None:
    agreed(office, "2026-01-17", term(item="SEAT", price="12.00", model="per_unit", quantity="3"))

    plan(office, "2026-01-31")

    [draft] = drafts(office)
    assert draft.pricing == {
        "model": "per_unit",
        "price": 12,
        "quantity": 3,
        "days": 15,
        "of_days": 31,
        "proration": "day",
    }
