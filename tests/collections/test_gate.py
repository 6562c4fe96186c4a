"""What the gate allows: the law packs as they are shipped, on real days, in the person's own time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from duly.collections.law import shipped
from duly.collections.rules.gate import Ask, Facts, Law, Stop, asks_to_stop, may_contact
from duly.collections.rules.holidays import easter, holidays
from duly.collections.rules.zones import zones_of

LISTED = ("person_kinds", "countries", "regions", "channels", "purposes")


def law_of(row: dict[str, Any]) -> Law:
    lists = {name: tuple(row.get(name, ())) for name in LISTED}
    valid_from = date.fromisoformat(row["valid_from"])
    return Law(row["pack"], row["code"], row["kind"], **lists, params=row.get("params", {}), valid_from=valid_from)


LAWS = [law_of(row) for row in shipped("contact")]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def person(country: str = "US", region: str = "NY", area: str = "", **more: Any) -> Facts:
    return Facts("person", country, region, zones_of(country, region, area, otherwise="UTC"), **more)


def test_a_new_york_number_with_a_pacific_address_may_be_called_from_eleven_to_nine_in_new_york() -> None:
    """The example of the commentary to 12 CFR 1006.6(b)(1)."""
    both = person(region="CA", area="212")

    answers = [may_contact(Ask("call", "dunning", at(f"2026-03-06 {hour}")), both, LAWS) for hour in ("15:59", "16:00")]
    evening = [may_contact(Ask("call", "dunning", at(f"2026-03-07 {hour}")), both, LAWS) for hour in ("01:59", "02:00")]

    assert [answer.allowed for answer in answers + evening] == [False, True, True, False]
    assert answers[0].next_allowed_at == at("2026-03-06 16:00")  # 8:00 in Los Angeles, 11:00 in New York


@pytest.mark.parametrize(
    ("asked", "opens"),
    [("2026-03-07 06:00", "2026-03-07 13:00"), ("2026-03-09 06:00", "2026-03-09 12:00")],
    ids=["the Saturday before the clocks change", "the Monday after"],
)
def test_eight_o_clock_is_the_persons_eight_o_clock_whatever_the_season(asked: str, opens: str) -> None:
    answer = may_contact(Ask("call", "dunning", at(asked)), person(), LAWS)

    assert (answer.allowed, answer.next_allowed_at) == (False, at(opens))


def test_a_sunday_call_waits_for_monday_morning_even_over_the_change_of_clocks() -> None:
    answer = may_contact(Ask("call", "dunning", at("2026-03-08 18:00")), person(), LAWS)

    assert (answer.reason, answer.next_allowed_at) == ("day_of_rest", at("2026-03-09 12:00"))


def test_after_seven_calls_in_seven_days_the_eighth_waits_until_the_first_is_seven_days_old() -> None:
    calls = tuple(at("2026-03-02 15:00") + timedelta(hours=n) for n in range(7))

    six = may_contact(Ask("call", "dunning", at("2026-03-04 15:00")), person(calls=calls[:6]), LAWS)
    seven = may_contact(Ask("call", "dunning", at("2026-03-04 15:00")), person(calls=calls), LAWS)

    assert six.allowed
    assert (seven.reason, seven.next_allowed_at) == ("called_too_often", at("2026-03-09 12:00"))


def test_after_a_conversation_nobody_calls_for_seven_days_its_own_the_first() -> None:
    spoken = person(conversations=(at("2026-03-02 15:00"),))

    sixth = may_contact(Ask("call", "dunning", at("2026-03-07 15:00")), spoken, LAWS)
    eighth = may_contact(Ask("call", "dunning", at("2026-03-09 15:00")), spoken, LAWS)

    assert (sixth.reason, sixth.next_allowed_at) == ("spoken_lately", at("2026-03-09 12:00"))
    assert eighth.allowed


def test_massachusetts_allows_two_calls_in_seven_days() -> None:
    calls = (at("2026-03-02 15:00"), at("2026-03-03 15:00"))

    answer = may_contact(Ask("call", "dunning", at("2026-03-04 15:00")), person(region="MA", calls=calls), LAWS)

    assert not answer.allowed
    assert answer.laws[0] == "us-ma/two-in-seven"


def test_a_text_to_an_american_number_needs_consent_and_stop_takes_it_back() -> None:
    noon = Ask("text", "dunning", at("2026-03-06 17:00"))

    answers = [may_contact(noon, person(consent=consent), LAWS) for consent in (None, True, False)]

    assert [(answer.allowed, answer.reason) for answer in answers] == [
        (False, "no_consent"),
        (True, ""),
        (False, "opted_out"),
    ]


def test_a_cease_request_stops_every_channel_but_not_the_bill_itself() -> None:
    ceased = person(stops=(Stop("cease"),))

    answers = [
        may_contact(Ask("letter", purpose, at("2026-03-06 17:00")), ceased, LAWS) for purpose in ("dunning", "invoice")
    ]

    assert [(answer.allowed, answer.next_allowed_at) for answer in answers] == [(False, None), (True, None)]
    assert answers[1].laws == ("base/transactional",)


def test_a_stop_until_a_day_ends_with_that_day() -> None:
    resting = person(stops=(Stop("hardship", until_on=date(2026, 3, 10)),))

    answer = may_contact(Ask("letter", "dunning", at("2026-03-06 17:00")), resting, LAWS)

    assert answer.next_allowed_at == at("2026-03-11 04:00")  # midnight in New York, summer time


def test_where_only_the_country_is_known_all_its_zones_must_agree() -> None:
    somewhere = replace(person(), zones=zones_of("US", "", "", otherwise="UTC"))

    answer = may_contact(Ask("call", "dunning", at("2026-07-07 14:00")), somewhere, LAWS)

    assert answer.next_allowed_at == at("2026-07-07 18:00")  # 8:00 in Honolulu, 14:00 in New York


def test_without_any_law_pack_nobody_is_contacted() -> None:
    assert may_contact(Ask("letter", "dunning", at("2026-03-06 17:00")), person(), []).reason == "no_law_pack"


def test_businesses_are_called_while_somebody_works_there() -> None:
    berlin = Facts("business", "DE", "", zones_of("DE", "", "", otherwise="UTC"))

    answer = may_contact(Ask("call", "dunning", at("2026-04-02 16:30")), berlin, LAWS)

    # Thursday 18:30 in Berlin; Friday is Good Friday, Saturday is a working day here, Monday Easter Monday
    assert answer.next_allowed_at == at("2026-04-04 06:00")


@pytest.mark.parametrize(
    ("said", "heard"),
    [("STOP", "stop"), ("Stop!", "stop"), ("opt-out please", "opt out"), ("please go on", None), ("unstoppable", None)],
)
def test_stop_words_are_heard_at_the_beginning_of_a_reply(said: str, heard: str | None) -> None:
    assert asks_to_stop(said, LAWS) == heard


def test_holidays_follow_easter_and_the_weekday_of_the_month() -> None:
    assert (easter(2026), easter(2038)) == (date(2026, 4, 5), date(2038, 4, 25))
    assert {date(2026, 11, 26), date(2026, 5, 25), date(2026, 1, 19)} <= holidays("US", 2026)
    assert {date(2026, 4, 3), date(2026, 5, 25), date(2026, 10, 3)} <= holidays("DE", 2026)
