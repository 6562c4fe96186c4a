"""Rules give new work to people who may do it; policies, absence and business days decide when."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from duly.access.actions import revoke_role
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, Refused
from duly.office.actions import assign_by_rules, hand_over, pend, sync_work
from duly.office.actions.planning import (
    NewPolicy,
    NewRule,
    PersonPlan,
    add_rule,
    be_away,
    be_here,
    close_days,
    end_rule,
    open_days,
    plan_person,
    set_policy,
)
from duly.office.queries.people import owners_for
from duly.office.queries.policy import policies, policy_history
from duly.office.queries.queue import business_day
from duly.office.queries.team import team_week
from duly.office.rules import KINDS, Absence, capacity_minutes, spread, week_of, who_covers
from tests.banking.scenario_bank import Booked, bank, lines_in
from tests.office.scenario_work import MONDAY, colleague, held, now, pick, task, waiting
from tests.scenario import Office

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def money(office: Office, *minors: int) -> None:
    bank(office)
    lines_in(office, [Booked(minor, f"Line {minor}") for minor in minors])


def owners(office: Office) -> Counter[str | None]:
    return Counter(one.owner for one in waiting(office) if one.kind == "match")


def policy(kind: str, *, version: int = 0, within_days: int = 2, **changes: int) -> NewPolicy:
    shown = {"minutes": 5, "pend_days": 3, "most_pend_days": 20, "escalate_after_days": 1} | changes
    return NewPolicy(kind, version, within_days, **shown, sample_percent=Decimal(5), procedure="As we do it.")


@pytest.mark.parametrize(
    ("day", "days", "until"),
    [
        pytest.param(FRIDAY, 0, FRIDAY, id="the day itself"),
        pytest.param(SATURDAY, 0, MONDAY, id="a Saturday is the Monday after"),
        pytest.param(FRIDAY, 1, MONDAY, id="one day after Friday is Monday"),
        pytest.param(FRIDAY, 3, date(2026, 11, 25), id="three days over a weekend"),
        pytest.param(SATURDAY, 1, MONDAY, id="one day after a Saturday is Monday"),
        pytest.param(date(2026, 12, 31), 1, date(2027, 1, 1), id="a year's end is no weekend"),
    ],
)
def test_deadlines_count_business_days(office: Office, day: date, days: int, until: date) -> None:
    assert business_day(office.entity_id, day, days) == until


def test_no_deadline_falls_on_a_day_the_office_is_closed(office: Office) -> None:
    close_days([MONDAY, MONDAY + timedelta(days=1)], "Founders' days", by=office.coordinator)
    assert business_day(office.entity_id, FRIDAY, 1) == MONDAY + timedelta(days=2)

    open_days([MONDAY], by=office.coordinator)

    assert business_day(office.entity_id, FRIDAY, 1) == MONDAY


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Europe/Berlin"])
def test_work_is_due_by_the_calendar_of_the_office_wherever_it_is(zone: str, db: None) -> None:
    from tests.scenario import open_office

    office = open_office(zone=zone)

    [one] = [task(office, today=date(2026, 3, 27))]

    assert one.deadline_on == date(2026, 4, 1), "three business days over the weekend on which clocks change"


def test_a_new_policy_moves_deadlines_that_were_computed_and_no_others(office: Office) -> None:
    money(office, 12_00)
    [line] = waiting(office)
    hold = held(office, FRIDAY)

    set_policy(policy("match", within_days=5), by=office.system)
    set_policy(policy("hold", within_days=9), by=office.system)

    assert now(office, line).deadline_on == date(2026, 3, 9)
    assert now(office, hold).deadline_on == FRIDAY


def test_a_policy_written_over_an_older_version_is_refused(office: Office) -> None:
    set_policy(policy("hold"), by=office.system)

    with pytest.raises(Refused, match=r"work.policy_changed_meanwhile"):
        set_policy(policy("hold"), by=office.system)

    assert [one.version for one in policy_history(office.entity_id, "hold")] == [1]
    assert policies(office.entity_id)["match"].version == 0


def test_every_kind_has_a_procedure_a_place_and_a_statement_of_what_is_held() -> None:
    from importlib.resources import files

    there = {path.name.removesuffix(".sql") for path in files("duly.office").joinpath("sql", "held").iterdir()}

    assert there == {kind.name for kind in KINDS.values() if not kind.by_hand}
    assert all(kind.policy.procedure and kind.path.startswith("/") for kind in KINDS.values())


def test_without_rules_new_money_waits_for_who_takes_it(office: Office) -> None:
    money(office, 12_00)

    assert owners(office) == {None: 1}


def test_new_work_goes_round_in_turn_and_the_turn_goes_on(office: Office) -> None:
    colleague(office, "Luis")
    revoke_role(office.coordinator.user_id or 0, "coordinator", by=office.system)
    add_rule(NewRule(1, "In turn", kind="match"), by=office.system)

    money(office, 1_00, 2_00, 3_00)

    assert sorted(owners(office).values()) == [1, 2]


def test_work_goes_to_who_has_least(office: Office) -> None:
    luis = colleague(office, "Luis")
    for place in range(3):
        task_id = task(office, f"Task {place}")
        hand_over(pick(task_id), luis.user_id, today=MONDAY, by=office.coordinator)
    people = (luis.user_id or 0, office.specialist.user_id or 0)
    add_rule(NewRule(1, "Least", "least_loaded", "match", people=people), by=office.coordinator)

    money(office, 1_00, 2_00, 3_00)

    assert owners(office) == {"Specialist": 3}


def test_large_money_goes_to_who_a_rule_names_and_small_money_to_others(office: Office) -> None:
    luis = colleague(office, "Luis")
    add_rule(
        NewRule(1, "Large", kind="match", at_least_minor=1_000_00, currency="EUR", people=(luis.user_id or 0,)),
        by=office.coordinator,
    )
    add_rule(NewRule(2, "Rest", kind="match", people=(office.specialist.user_id or 0,)), by=office.coordinator)

    money(office, 5_000_00, 12_00)

    assert {one.money_minor: one.owner for one in waiting(office)} == {5_000_00: "Luis", 12_00: "Specialist"}


def test_a_rule_asks_for_a_skill_and_for_the_language_of_the_account(office: Office) -> None:
    luis = colleague(office, "Luis")
    plan_person(PersonPlan(luis.user_id or 0, 2_280, ("Disputes ",), ("ES", "en")), by=office.coordinator)
    add_rule(NewRule(1, "Disputes", kind="hold", skill="disputes", language="en"), by=office.coordinator)
    one = held(office)
    hand_over(pick(one), None, today=MONDAY, by=office.coordinator)

    assign_by_rules(today=MONDAY, by=office.coordinator)

    assert now(office, one).owner == "Luis"


def test_accounts_of_a_range_go_to_their_person(office: Office) -> None:
    luis = colleague(office, "Luis")
    one = held(office)
    assert one.account_number is not None
    hand_over(pick(one), None, today=MONDAY, by=office.coordinator)
    add_rule(
        NewRule(
            1, "A to B", account_from=one.account_number, account_to=one.account_number, people=(luis.user_id or 0,)
        ),
        by=office.coordinator,
    )

    assign_by_rules(today=MONDAY, by=office.coordinator)

    assert now(office, one).owner == "Luis"


def test_a_rule_gives_nothing_to_whom_right_or_training_is_missing(office: Office) -> None:
    nobody = (office.accountant.user_id or 0, office.auditor.user_id or 0)
    add_rule(NewRule(1, "Wrong people", kind="match", people=nobody), by=office.coordinator)

    money(office, 12_00)

    assert owners(office) == {None: 1}


def test_a_trainee_whose_gate_is_missing_is_given_no_such_work(office: Office) -> None:
    from duly.access.actions.gates import end_pass

    luis = colleague(office, "Luis")
    end_pass(luis.user_id or 0, "money", on_day=date(2024, 1, 2), by=office.coordinator)
    people = (luis.user_id or 0, office.specialist.user_id or 0)
    add_rule(NewRule(1, "In turn", kind="match", people=people), by=office.coordinator)

    money(office, 1_00, 2_00)

    assert owners(office) == {"Specialist": 2}


def test_a_rule_that_ended_gives_nothing_more(office: Office) -> None:
    rule = add_rule(NewRule(1, "All", kind="match"), by=office.coordinator)
    end_rule(rule, by=office.coordinator)

    money(office, 12_00)

    assert owners(office) == {None: 1}


def test_a_new_first_rule_moves_the_others_on(office: Office) -> None:
    from duly.office.queries.policy import rules

    for name in ("second", "first"):
        add_rule(NewRule(1, name), by=office.coordinator)

    assert [(rule.place, rule.name) for rule in rules(office.entity_id)] == [(1, "first"), (2, "second")]


def test_while_somebody_is_away_new_work_and_what_returns_go_to_the_cover(office: Office) -> None:
    luis = colleague(office, "Luis")
    one = held(office, FRIDAY + timedelta(days=20), owner=luis)
    pend(pick(one), MONDAY, "They call back", today=FRIDAY, by=luis)
    be_away(luis.user_id or 0, MONDAY, MONDAY + timedelta(days=4), office.specialist.user_id, by=office.coordinator)

    sync_work(today=MONDAY, by=office.system)
    assert now(office, one).owner == "Specialist"
    name = hand_over(pick(now(office, one)), luis.user_id, today=MONDAY, by=office.specialist)

    assert name == "Specialist", "what is handed to somebody away goes to their cover"


def test_the_cover_sees_the_work_of_who_is_away_until_they_are_back(office: Office) -> None:
    luis = colleague(office, "Luis")
    away = be_away(luis.user_id or 0, MONDAY, MONDAY + timedelta(days=4), office.specialist.user_id, by=office.system)
    me = office.specialist.user_id

    assert owners_for(office.specialist, MONDAY) == [me, luis.user_id]
    assert owners_for(office.specialist, MONDAY + timedelta(days=4)) == [me]
    be_here(away, by=office.system)
    assert owners_for(office.specialist, MONDAY) == [me]


def test_a_cover_who_is_away_too_passes_on_to_theirs_and_a_circle_ends() -> None:
    days = (MONDAY, MONDAY + timedelta(days=5))

    assert who_covers(1, MONDAY, [Absence(1, 2, *days), Absence(2, 3, *days)]) == 3
    assert who_covers(1, MONDAY, [Absence(1, 2, *days), Absence(2, 1, *days)]) is None
    assert who_covers(1, days[1], [Absence(1, 2, *days)]) == 1


def test_an_absence_ends_after_it_begins_and_nobody_covers_themselves(office: Office) -> None:
    user_id = office.specialist.user_id or 0

    with pytest.raises(BadInput, match=r"work.back_before_away"):
        be_away(user_id, MONDAY, MONDAY, by=office.coordinator)
    with pytest.raises(BadInput, match=r"work.covers_nobody_self"):
        be_away(user_id, MONDAY, MONDAY + timedelta(days=1), user_id, by=office.coordinator)


def test_the_week_sets_work_due_against_the_hours_present(office: Office) -> None:
    user_id = office.specialist.user_id or 0
    plan_person(PersonPlan(user_id, 2_400), by=office.coordinator)
    be_away(user_id, MONDAY + timedelta(days=3), MONDAY + timedelta(days=7), by=office.coordinator)
    held(office, MONDAY - timedelta(days=5), name="Late")
    held(office, MONDAY + timedelta(days=3), name="While away")

    team = team_week(office.entity_id, MONDAY)
    [week] = [each for each in team.people if each.person.user_id == user_id]

    assert [day.present for day in week.days] == [480, 480, 480, 0, 0]
    assert [day.planned for day in week.days] == [6, 0, 0, 6, 0]
    assert (week.open, week.late, week.soon) == (2, 1, 1)
    assert [one.why for one in team.at_risk if one.owner_id == user_id] == ["late", "away"]


def test_minutes_are_spread_over_the_days_with_what_is_late_on_the_first() -> None:
    days = week_of(MONDAY)

    assert spread({MONDAY - timedelta(days=3): 10, days[2]: 5, days[4] + timedelta(days=9): 99}, days) == [
        10,
        0,
        5,
        0,
        0,
    ]
    assert capacity_minutes(2_400, days, closed={days[1]}, absences=[Absence(1, None, days[4], days[4])]) == [
        480, 0, 480, 480, 480,
    ]  # fmt: skip
    assert week_of(SATURDAY)[0] == MONDAY


def test_plans_for_a_person_are_not_overwritten(office: Office) -> None:
    user_id = office.specialist.user_id or 0
    plan_person(PersonPlan(user_id, 2_400), by=office.coordinator)
    plan_person(PersonPlan(user_id, 1_200, version=1), by=office.coordinator)

    with pytest.raises(Refused, match=r"work.person_changed_meanwhile"):
        plan_person(PersonPlan(user_id, 600, version=1), by=office.owner)


def test_the_people_of_another_office_cannot_be_planned(office: Office) -> None:
    from tests.scenario import open_office

    stranger: Actor = open_office().specialist

    with pytest.raises(Refused):
        plan_person(PersonPlan(stranger.user_id or 0, 600), by=office.coordinator)
