"""Recording use: once each, on the day it was in the office's zone, late or early."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from duly.commercial.actions import record_usage, remove_usage
from duly.commercial.models import NewTerm, UsageEvent
from duly.commercial.queries import usage_adrift
from duly.kernel.refusals import Refused
from tests.commercial.scenario_commercial import agreed, bill, day, drafts, nets, plan, rows, term, use
from tests.scenario import Office, account, open_office

NOON = datetime(2026, 1, 3, 12, tzinfo=UTC)


def calls(price: str = "1.00", **facts: object) -> NewTerm:
    return term(item="USAGE", price=price, model="usage", meter="calls", **facts)


def metered(office: Office, *terms: NewTerm, starts: str = "2026-01-01", **facts: object) -> int:
    """An account with an agreement on the meter `calls`; returns the account."""
    account_id = account(office)
    agreed(office, starts, *(terms or (calls(),)), account_id=account_id, **facts)
    return account_id


def test_use_is_billed_after_its_month(office: Office) -> None:
    user = metered(office, calls("0.015"))
    use(office, "calls", ("2026-01-03T09:00Z", "100"), ("2026-01-30T09:00Z", "50"), account_id=user, today="2026-01-30")

    plan(office, "2026-01-31")
    assert nets(office) == []
    plan(office, "2026-02-01")

    assert nets(office) == [2_25]  # 150 x 0.015


def test_the_same_event_sent_twice_counts_once(office: Office) -> None:
    user = metered(office)
    sent = [("2026-01-03T09:00Z", "2"), ("2026-01-03T09:00Z", "2")]
    first = use(office, "calls", *sent, account_id=user, today="2026-01-03", ids=["a", "a"])

    again = use(office, "calls", sent[0], account_id=user, today="2026-01-04", ids=["a"])

    assert (first.recorded, first.repeated) == (1, 1)
    assert (again.recorded, again.repeated) == (0, 1)


def test_two_honest_equal_events_with_ids_of_their_own_both_count(office: Office) -> None:
    user = metered(office)

    use(office, "calls", *[("2026-01-03T09:00Z", "2")] * 2, account_id=user, today="2026-01-03", ids=["a", "b"])

    plan(office, "2026-02-01")
    assert nets(office) == [4_00]


def test_the_same_id_with_other_content_is_refused_by_hand_and_rejected_in_a_file(office: Office) -> None:
    user = metered(office)
    use(office, "calls", ("2026-01-03T09:00Z", "2"), account_id=user, today="2026-01-03", ids=["a"])

    with pytest.raises(Refused, match=r"usage\.same_id_other_content"):
        use(office, "calls", ("2026-01-03T09:00Z", "3"), account_id=user, today="2026-01-03", ids=["a"])
    sent = [("2026-01-03T09:00Z", "3"), ("2026-01-04T09:00Z", "5")]
    taken = use(office, "calls", *sent, account_id=user, today="2026-01-04", ids=["a", "b"], import_batch_id=1)

    assert (taken.recorded, [row.code for row in taken.rejected]) == (1, ["usage.same_id_other_content"])


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        pytest.param("2026-03-31T21:59:59Z", "March", id="the last second of March in Berlin (summer time)"),
        pytest.param("2026-03-31T22:00:00Z", "April", id="the first second of April in Berlin"),
        pytest.param("2026-03-28T23:30:00Z", "March", id="the night before the clocks go forward"),
        pytest.param("2026-10-31T22:59:59Z", "October", id="the last second of October in Berlin (winter time)"),
        pytest.param("2026-10-31T23:00:00Z", "November", id="the first second of November in Berlin"),
    ],
)
def test_use_falls_on_the_day_it_was_in_the_offices_zone(office: Office, moment: str, month: str) -> None:
    user = metered(office)
    use(office, "calls", (moment, "1"), account_id=user, today="2026-12-01")

    plan(office, "2026-12-31")

    [draft] = drafts(office)
    assert draft.period is not None
    assert f"{draft.period[0]:%B}" == month


def test_the_same_moment_is_another_day_in_another_zone(db: None) -> None:
    tokyo = open_office(zone="Asia/Tokyo", country="JP")
    user = metered(tokyo)
    use(tokyo, "calls", ("2026-03-31T15:00:00Z", "1"), account_id=user, today="2026-04-01")

    plan(tokyo, "2026-04-30")
    assert nets(tokyo) == []  # already April in Tokyo
    plan(tokyo, "2026-05-01")

    assert nets(tokyo) == [1_00]


@pytest.mark.parametrize(
    ("aggregate", "quantity"),
    [
        pytest.param("sum", "15", id="sum"),
        pytest.param("max", "8", id="the most at once"),
        pytest.param("last", "3", id="the last reading"),
        pytest.param("unique", "2", id="different users"),
    ],
)
def test_aggregates(office: Office, aggregate: str, quantity: str) -> None:
    user = metered(office, calls("1.00", aggregate=aggregate))
    events = [("2026-01-20T09:00Z", "3"), ("2026-01-05T09:00Z", "4"), ("2026-01-10T09:00Z", "8")]
    use(office, "calls", *events, account_id=user, today="2026-01-20", keys=["ann", "bob", "ann"])

    plan(office, "2026-02-01")

    assert [draft.quantity for draft in drafts(office)] == [Decimal(quantity)]


def test_included_use_is_free_and_shrinks_with_the_days_covered(office: Office) -> None:
    user = metered(office, calls("1.00", included_quantity="31"), starts="2026-01-22")
    use(office, "calls", ("2026-01-25T09:00Z", "12"), account_id=user, today="2026-01-25")

    plan(office, "2026-02-01")

    assert nets(office) == [2_00]  # 12 - 31 x 10 / 31


def test_use_in_trial_and_pause_is_not_billed(office: Office) -> None:
    user = metered(office, trial_ends_on="2026-01-10")
    use(office, "calls", ("2026-01-09T09:00Z", "5"), ("2026-01-10T09:00Z", "1"), account_id=user, today="2026-01-10")

    plan(office, "2026-02-01")

    assert nets(office) == [1_00]


def test_use_that_comes_late_reverses_the_months_charge_and_bills_it_anew(office: Office) -> None:
    user = metered(office)
    use(office, "calls", ("2026-01-03T09:00Z", "2"), account_id=user, today="2026-01-03")
    assert bill(office, "2026-02-01") == [2_00]

    use(office, "calls", ("2026-01-30T09:00Z", "5"), account_id=user, today="2026-02-03", ids=["late"])

    assert sorted(bill(office, "2026-02-28")) == [-2_00, 7_00]
    assert bill(office, "2026-02-28") == []


def test_use_that_comes_late_for_a_month_without_any_is_billed(office: Office) -> None:
    user = metered(office)
    assert bill(office, "2026-02-01") == []

    use(office, "calls", ("2026-01-30T09:00Z", "5"), account_id=user, today="2026-02-03")

    assert bill(office, "2026-02-28") == [5_00]


def test_use_taken_back_is_credited(office: Office) -> None:
    user = metered(office)
    use(office, "calls", ("2026-01-03T09:00Z", "2"), account_id=user, today="2026-01-03", ids=["wrong"])
    bill(office, "2026-02-01")

    remove_usage(["wrong"], by=office.specialist)

    assert bill(office, "2026-02-01") == [-2_00]


def test_use_before_its_agreement_waits_for_it_and_is_listed_meanwhile(office: Office) -> None:
    user = account(office)
    use(office, "calls", ("2026-01-03T09:00Z", "2"), account_id=user, today="2026-01-03")
    assert [(row.account_id, row.events) for row in usage_adrift(office.entity_id)] == [(user, 1)]

    agreed(office, "2026-01-01", calls(), account_id=user)

    assert usage_adrift(office.entity_id) == []
    assert bill(office, "2026-02-01") == [2_00]


def test_use_on_a_meter_of_two_agreements_must_name_one(office: Office) -> None:
    user = metered(office)
    agreed(office, "2026-01-01", calls(), account_id=user, number="A-SECOND")
    event = UsageEvent("a", "calls", NOON, Decimal(1), account_id=user)

    with pytest.raises(Refused, match=r"usage\.agreement_ambiguous"):
        record_usage([event], today=day("2026-01-03"), by=office.specialist)
    named = UsageEvent("a", "calls", NOON, Decimal(1), account_id=user, agreement_number="A-SECOND")
    record_usage([named], today=day("2026-01-03"), by=office.specialist)

    assert bill(office, "2026-02-01") == [1_00]


def test_use_of_another_entitys_account_is_refused(office: Office) -> None:
    stranger = account(open_office())

    with pytest.raises(Refused, match=r"usage\.account_unknown"):
        use(office, "calls", ("2026-01-03T09:00Z", "1"), account_id=stranger, today="2026-01-03")


def test_ten_thousand_events_are_recorded_in_one_go(office: Office) -> None:
    user = metered(office)
    events = (UsageEvent(f"e{n}", "calls", NOON, Decimal(1), account_id=user) for n in range(10_000))

    taken = record_usage(events, today=day("2026-01-03"), by=office.specialist)

    assert taken.recorded == 10_000
    assert rows("select sum(quantity) from commercial_usage_event where account_id = %s", user) == [(10_000,)]


def test_months_without_use_are_not_computed_for_ever_and_late_use_is_still_found(office: Office) -> None:
    user = metered(office)
    bill(office, "2026-12-31")
    assert rows("select quiet_from::text from commercial_term where account_id = %s", user) == [("2026-11-01",)]

    use(office, "calls", ("2026-03-30T09:00Z", "5"), account_id=user, today="2027-01-03")

    assert bill(office, "2026-12-31") == [5_00]
    assert bill(office, "2026-12-31") == []


def test_use_in_a_month_that_was_billed_ahead_of_its_end_is_not_lost(office: Office) -> None:
    user = metered(office)
    bill(office, "2026-12-31")

    use(office, "calls", ("2026-03-30T09:00Z", "5"), account_id=user, today="2026-03-30")

    assert bill(office, "2026-12-31") == [5_00]
