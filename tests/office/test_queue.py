"""Work is what is held, once, in the order in which it should be done; whoever does it is never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from duly.events.actions import undo
from duly.kernel.actions import last_event_id
from duly.kernel.refusals import BadInput, NotAllowed, NotFound, Refused
from duly.office.actions import claim, drop, finish, hand_over, pend, sync_work
from duly.office.models import Pick
from duly.office.queries import steps_of
from duly.receivables.actions.accounts import NewHold, hold_accounts, release_holds
from tests.banking.scenario_bank import Booked, bank, lines_in
from tests.office.scenario_work import MONDAY, colleague, held, now, pick, task, waiting
from tests.scenario import Office, account, open_office

TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)


def test_a_hold_is_work_of_its_owner_as_soon_as_it_is_placed(office: Office) -> None:
    one = held(office)

    assert (one.kind, one.who, one.reason) == ("hold", "Ann", "They say the price is wrong")
    assert (one.owner_id, one.deadline_on, one.state) == (office.specialist.user_id, MONDAY, "open")


def test_releasing_the_hold_ends_the_work_and_names_who_did_it(office: Office) -> None:
    one = held(office)

    release_holds([one.subject_id], by=office.specialist)

    assert (now(office, one).state, now(office, one).done_by_name) == ("done", "Specialist")
    assert waiting(office) == []


def test_undoing_the_hold_ends_its_work_too(office: Office) -> None:
    one = held(office)
    event = last_event_id()
    assert event is not None

    undo(event, by=office.specialist, today=MONDAY)

    assert now(office, one).state == "done"


def test_a_thing_that_stays_held_is_the_same_work(office: Office) -> None:
    one = held(office)
    sync_work(today=MONDAY, by=office.system)
    sync_work(today=MONDAY, by=office.system)

    assert [each.id for each in waiting(office)] == [one.id]


def test_what_one_may_not_do_alone_is_work_of_who_decides_and_not_of_who_asked(office: Office) -> None:
    from duly.access.actions.policies import NewLimit, set_limit
    from duly.kernel.refusals import Proposed

    with pytest.raises(Proposed):
        set_limit(NewLimit("specialist", "invoices.credit", "EUR", 900_00, MONDAY), by=office.owner)

    [one] = waiting(office)

    assert (one.kind, one.maker_id) == ("approval", office.owner.user_id)


def test_deadline_comes_first_then_money_then_age(office: Office) -> None:
    bank(office)
    lines_in(office, [Booked(12_00, "small"), Booked(900_00, "large"), Booked(-40_00, "middle")])
    late = held(office, date(2024, 1, 2))

    order = [(one.kind, one.money_minor) for one in waiting(office)]

    assert order == [("hold", late.money_minor), ("match", 900_00), ("match", -40_00), ("match", 12_00)]


def test_each_open_bank_line_is_work_due_two_business_days_later(office: Office) -> None:
    bank(office)
    [line] = lines_in(office, [Booked(12_00, "Rent")])

    [one] = waiting(office)

    assert (one.subject_kind, one.subject_id, one.owner_id) == ("bank_line", line.id, None)
    assert (one.since_on, one.deadline_on) == (date(2026, 3, 2), date(2026, 3, 4))


def test_work_says_what_its_thing_says_now(office: Office) -> None:
    one = held(office)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("update receivables_hold set deadline_on = %s where id = %s", [FRIDAY, one.subject_id])
    sync_work(today=MONDAY, by=office.system)

    assert (now(office, one).deadline_on, now(office, one).version) == (FRIDAY, one.version + 1)
    assert steps_of(office.entity_id, one.id)[0].deadline_on == MONDAY


def test_claimed_work_shows_whose_hands_it_is_in(office: Office) -> None:
    one = task(office)

    claim(pick(one), today=MONDAY, by=office.specialist)

    assert (now(office, one).state, now(office, one).owner) == ("claimed", "Specialist")


def test_claiming_what_one_has_already_changes_nothing(office: Office) -> None:
    one = task(office)
    claim(pick(one), today=MONDAY, by=office.specialist)
    claim(pick(now(office, one)), today=MONDAY, by=office.specialist)

    assert now(office, one).version == one.version + 1


def test_who_acts_on_what_somebody_changed_is_refused_and_both_versions_are_known(office: Office) -> None:
    one = task(office)
    hand_over(pick(one), office.specialist.user_id, "Please today", today=MONDAY, by=office.coordinator)

    with pytest.raises(Refused, match=r"work.changed_meanwhile") as refused:
        pend(pick(one), FRIDAY, "They call back", today=MONDAY, by=office.coordinator)

    assert refused.value.facts["picks"] == [{"id": one.id, "version": one.version}]
    [before] = steps_of(office.entity_id, one.id, version=one.version)
    assert (before.owner, now(office, one).owner, now(office, one).state) == (None, "Specialist", "open")


def test_when_one_of_many_was_changed_none_is_touched(office: Office) -> None:
    first, second = task(office), task(office, "Write to the bank")
    claim(pick(second), today=MONDAY, by=office.specialist)

    with pytest.raises(Refused, match=r"work.changed_meanwhile"):
        hand_over(pick(first, second), office.specialist.user_id, today=MONDAY, by=office.coordinator)

    assert now(office, first).owner_id is None


def test_two_people_who_take_the_same_work_at_once_get_it_once(
    own_database: dict[str, str], office: Office, together: Callable[..., list[object]]
) -> None:
    colleagues = [office.specialist, colleague(office, "Luis")]
    one = task(office)

    answers = together([lambda who=who: claim(pick(one), today=MONDAY, by=who) for who in colleagues])

    assert sorted(getattr(answer, "code", "done") for answer in answers) == ["done", "work.changed_meanwhile"]
    assert now(office, one).version == one.version + 1
    assert len(steps_of(office.entity_id, one.id)) == 1


def test_two_syncs_at_once_make_each_held_thing_work_once(
    own_database: dict[str, str], office: Office, together: Callable[..., list[object]]
) -> None:
    from django.db import connection

    accounts = [account(office, name=f"Ann {i}") for i in range(40)]
    hold_accounts([NewHold(one, "all", "Why", MONDAY) for one in accounts], by=office.specialist)
    with connection.cursor() as cursor:
        cursor.execute("delete from office_work")

    answers = together([lambda: sync_work(today=MONDAY, by=office.system)] * 3)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert len(waiting(office)) == 40


def test_work_handed_over_carries_its_note_and_belongs_to_the_other(office: Office) -> None:
    one = held(office)

    name = hand_over(pick(one), office.coordinator.user_id, "She knows them", today=MONDAY, by=office.specialist)

    after = now(office, one)
    assert (name, after.owner, after.note, after.state) == ("Coordinator", "Coordinator", "She knows them", "open")


def test_work_goes_only_to_who_may_do_it_and_the_refusal_names_them(office: Office) -> None:
    one = held(office)

    with pytest.raises(Refused, match=r"work.not_for") as refused:
        hand_over(pick(one), office.accountant.user_id, today=MONDAY, by=office.coordinator)

    assert "Specialist" in refused.value.facts["who"]  # type: ignore[operator]


def test_others_work_is_moved_by_who_assigns_work_only(office: Office) -> None:
    luis = colleague(office, "Luis")
    one = held(office, owner=luis)

    with pytest.raises(NotAllowed, match=r"work.of_somebody_else"):
        hand_over(pick(one), office.specialist.user_id, today=MONDAY, by=office.specialist)
    hand_over(pick(one), office.specialist.user_id, today=MONDAY, by=office.coordinator)

    assert now(office, one).owner == "Specialist"


def test_pended_work_is_out_of_the_list_until_its_day_and_comes_back_to_who_pended_it(office: Office) -> None:
    one = held(office, FRIDAY)
    pend(pick(one), TUESDAY, "They call back", today=MONDAY, by=office.specialist)
    assert waiting(office) == []

    sync_work(today=TUESDAY, by=office.system)

    back = now(office, one)
    assert (back.state, back.owner, back.returned_on) == ("claimed", "Specialist", TUESDAY)
    assert steps_of(office.entity_id, one.id)[0].verb == "returned"


def test_pending_needs_a_reason_and_a_day_to_come_within_the_policy(office: Office) -> None:
    one = held(office)

    for day, reason, code in [
        (TUESDAY, " ", "work.pend_needs_reason"),
        (MONDAY, "Later", "work.pend_to_later"),
        (MONDAY + timedelta(days=90), "Much later", "work.pend_too_long"),
    ]:
        with pytest.raises(BadInput, match=code):
            pend(pick(one), day, reason, today=MONDAY, by=office.specialist)


def test_work_pended_beyond_its_deadline_is_shown_to_the_coordinator_at_once(office: Office) -> None:
    one = held(office, TUESDAY)

    pend(pick(one), FRIDAY, "They are on holiday", today=MONDAY, by=office.specialist)

    assert (now(office, one).escalated_on, now(office, one).escalated_why) == (
        MONDAY,
        "It is pended beyond its deadline",
    )


def test_work_that_came_back_and_was_left_goes_to_the_coordinator(office: Office) -> None:
    one = held(office, MONDAY + timedelta(days=30))
    pend(pick(one), TUESDAY, "They call back", today=MONDAY, by=office.specialist)
    sync_work(today=TUESDAY, by=office.system)
    assert now(office, one).escalated_on is None

    sync_work(today=FRIDAY, by=office.system)

    assert now(office, one).escalated_why == "It came back from pend and was left"


def test_late_work_goes_to_the_coordinator_after_the_policys_business_days_not_over_a_weekend(office: Office) -> None:
    friday = date(2026, 11, 20)
    one = held(office, friday)

    for day in (friday + timedelta(days=1), friday + timedelta(days=3)):
        sync_work(today=day, by=office.system)
        assert now(office, one).escalated_on is None, day
    sync_work(today=date(2026, 11, 24), by=office.system)

    assert now(office, one).escalated_why == "It is late"


def test_handing_over_ends_an_escalation(office: Office) -> None:
    one = held(office, TUESDAY)
    pend(pick(one), FRIDAY, "They are on holiday", today=MONDAY, by=office.specialist)

    hand_over(pick(now(office, one)), office.coordinator.user_id, "Mine now", today=MONDAY, by=office.coordinator)

    assert now(office, one).escalated_on is None


def test_work_of_a_held_thing_is_not_done_before_the_thing_is(office: Office) -> None:
    one = held(office)

    with pytest.raises(Refused, match=r"work.still_held"):
        finish(pick(one), today=MONDAY, by=office.specialist)


def test_a_task_is_done_by_saying_so_with_what_came_of_it(office: Office) -> None:
    one = task(office)

    finish(pick(one), "They will send the file again", today=MONDAY, by=office.specialist)

    assert (now(office, one).state, now(office, one).outcome) == ("done", "They will send the file again")


def test_a_task_that_need_not_be_done_is_dropped_with_a_reason(office: Office) -> None:
    one = task(office)

    drop(pick(one), "The file came", today=MONDAY, by=office.specialist)

    assert now(office, one).state == "dropped"


@pytest.mark.parametrize("verb", ["claim", "pend", "hand over", "finish"])
def test_undo_puts_work_back_as_it_stood(office: Office, verb: str) -> None:
    one = task(office)
    {
        "claim": lambda: claim(pick(one), today=MONDAY, by=office.specialist),
        "pend": lambda: pend(pick(one), FRIDAY, "Later", today=MONDAY, by=office.specialist),
        "hand over": lambda: hand_over(pick(one), office.specialist.user_id, today=MONDAY, by=office.specialist),
        "finish": lambda: finish(pick(one), "Done", today=MONDAY, by=office.specialist),
    }[verb]()
    event = last_event_id()
    assert event is not None

    undo(event, by=office.specialist, today=MONDAY)

    after = now(office, one)
    assert (after.state, after.owner_id, after.return_on, after.done_on) == ("open", None, None, None)


def test_undo_is_refused_when_somebody_went_on_with_the_work(office: Office) -> None:
    one = task(office)
    claim(pick(one), today=MONDAY, by=office.specialist)
    event = last_event_id()
    assert event is not None
    hand_over(pick(now(office, one)), office.coordinator.user_id, today=MONDAY, by=office.specialist)

    with pytest.raises(Refused, match=r"work.changed_meanwhile"):
        undo(event, by=office.specialist, today=MONDAY)


def test_work_of_another_office_is_not_there(office: Office) -> None:
    one = task(office)

    with pytest.raises(NotFound):
        claim([Pick(one.id, 1)], today=MONDAY, by=open_office().specialist)
