"""The queue and the team as pages: whose work, both versions when it changed, calendars that name nobody."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from duly.kernel.clock import today_in
from duly.office.actions import hand_over, pend
from duly.office.actions.feeds import open_calendar
from duly.office.models import Work
from tests.desk.scenario_desk import busy, client_of
from tests.desk.test_accounts import follow, page
from tests.office.scenario_work import colleague, held, now, pick, task
from tests.scenario import Office

TODAY = today_in("Europe/Berlin")
SOON = (TODAY + timedelta(days=3)).isoformat()


def seen(one: Work) -> str:
    return f"{one.id}:{one.version}"


def test_the_queue_shows_why_work_waits_and_how_it_is_done(office: Office) -> None:
    one = held(office, TODAY)

    shown = page(client_of(office.specialist), f"/queue/{one.id}")

    assert "They say the price is wrong" in shown
    assert "A hold never stands without a reason" in shown
    assert "Decide the hold" in shown


@pytest.mark.parametrize("query", ["", "?show=free", "?show=all", "?show=pended", "?show=done", "?kind=hold&due=late"])
def test_every_list_of_the_queue_opens(office: Office, query: str) -> None:
    busy(office)

    assert "Queue" in page(client_of(office.specialist), f"/queue{query}")


def test_the_queue_is_a_file_too(office: Office) -> None:
    held(office, TODAY)

    answer = client_of(office.specialist).get("/queue?as=csv")

    assert "They say the price is wrong" in b"".join(answer).decode("utf-8-sig")


def test_handing_over_says_to_whom(office: Office) -> None:
    one = held(office, TODAY)

    shown = follow(
        client_of(office.specialist),
        "/queue/hand-over",
        {"pick": seen(one), "to": office.coordinator.user_id, "note": "She knows them"},
    )

    assert "handed to Coordinator" in shown
    assert now(office, one).note == "She knows them"


def test_pending_many_is_one_step_with_one_undo(office: Office) -> None:
    works = [held(office, TODAY + timedelta(days=9), name=name) for name in ("Ann", "Bob")]
    client = client_of(office.specialist)
    picks = [seen(one) for one in works]

    asked = client.post("/queue/choose", {"pick": picks, "verb": "pend"})
    done = follow(client, "/queue/pend", {"pick": picks, "return_on": SOON, "reason": "Month end"})

    assert "Pend 2 pieces of work" in asked.content.decode()
    assert "2 pieces of work pended" in done
    assert "/undo/" in done
    assert {now(office, one).state for one in works} == {"pended"}


def test_a_stale_act_shows_both_versions_and_overwrites_nothing(office: Office) -> None:
    one = task(office)
    hand_over(pick(one), office.specialist.user_id, "Please today", today=TODAY, by=office.coordinator)

    answer = client_of(office.coordinator).post(
        "/queue/pend", {"pick": seen(one), "return_on": SOON, "reason": "They call back"}
    )
    shown = answer.content.decode()

    assert answer.status_code == 409
    assert "What you saw" in shown
    assert "What is so now" in shown
    assert "Please today" in shown
    assert now(office, one).state == "open"
    assert f'value="{one.id}:{one.version + 1}"' in shown, "the act can be repeated on what is now"
    assert "They call back" in shown, "what was typed stays"


def test_a_task_is_made_and_done_on_the_screen(office: Office) -> None:
    client = client_of(office.specialist)

    made = follow(client, "/queue/new", {"kind": "task", "subject": "Call the bank", "reason": "", "account": ""})
    found = re.search(r'name="pick" value="(\d+:\d+)"', made)
    assert found
    done = follow(client, "/queue/done", {"pick": found[1], "outcome": "They send it again"})

    assert "Task made" in made
    assert "One piece of work done" in done


def test_work_of_another_office_is_not_found(office: Office) -> None:
    from tests.scenario import open_office

    one = held(office)

    assert client_of(open_office().specialist).get(f"/queue/{one.id}").status_code == 404


@pytest.mark.parametrize("path", ["/team", "/team/rules", "/team/policies", "/team/quality", "/team/people"])
def test_the_coordinators_pages_open(office: Office, path: str) -> None:
    busy(office)

    assert client_of(office.coordinator).get(path).status_code == 200


@pytest.mark.parametrize("path", ["/team", "/team/rules", "/team/people", "/team/quality"])
def test_the_team_is_for_who_manages_it(office: Office, path: str) -> None:
    assert client_of(office.specialist).get(path).status_code == 403


def test_the_team_shows_hours_of_work_and_what_is_late(office: Office) -> None:
    held(office, TODAY - timedelta(days=1))

    shown = page(client_of(office.coordinator), "/team")

    assert "Specialist" in shown
    assert "Deadlines at risk" in shown
    assert re.search(r"1 × Hold", shown)


def test_a_person_is_away_and_a_colleague_sees_the_work(office: Office) -> None:
    luis = colleague(office, "Luis")
    held(office, TODAY, owner=luis)
    client = client_of(office.coordinator)

    said = follow(
        client,
        "/team/people/away",
        {"away": luis.user_id, "from_on": TODAY.isoformat(), "back_on": SOON, "cover": office.specialist.user_id},
    )

    assert "goes to the cover" in said
    assert "They say the price is wrong" in page(client_of(office.specialist), "/today")


def test_a_new_version_of_a_policy_waits_for_a_second_person(office: Office) -> None:
    client = client_of(office.owner)
    form = {
        "version": 0,
        "procedure": "Call them first.",
        "within_days": 3,
        "minutes": 8,
        "pend_days": 3,
        "most_pend_days": 10,
        "escalate_after_days": 1,
        "sample_percent": "5",
    }

    said = follow(client, "/team/policies/hold", form)

    assert "Sent for approval" in said
    assert "Call them first." not in page(client, "/team/policies/hold")


def test_a_rule_is_added_and_ended(office: Office) -> None:
    client = client_of(office.coordinator)

    said = follow(
        client, "/team/rules", {"place": 1, "name": "Money in turn", "method": "round_robin", "kind": "match"}
    )
    found = re.search(r'name="rule" value="(\d+)"', said)
    assert found
    ended = follow(client, "/team/rules/end", {"rule": found[1]})

    assert "Money in turn" in said
    assert "No rules" in ended


def test_the_calendar_counts_deadlines_and_names_nobody(office: Office) -> None:
    held(office, TODAY, name="Very Secret Ltd")
    pend(pick(task(office, "Ask Mr. Private")), TODAY + timedelta(days=1), "Later", today=TODAY, by=office.specialist)
    token = open_calendar("mine", by=office.specialist)
    from django.test import Client

    answer = Client().get(f"/calendar/{token}.ics")
    text = answer.content.decode()

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:1 × Hold due" in text
    assert "SUMMARY:1 piece of work comes back" in text
    for private in ("Secret", "Private", "A-", "price"):
        assert private not in text


def test_a_revoked_or_wrong_calendar_address_leads_nowhere(office: Office) -> None:
    from django.test import Client

    token = open_calendar("mine", by=office.specialist)
    newer = open_calendar("mine", by=office.specialist)
    follow(client_of(office.specialist), "/queue/calendar/revoke", {"scope": "mine"})

    for address in (token, newer, "x" * 43):
        assert Client().get(f"/calendar/{address}.ics").status_code == 404


def test_the_address_of_a_calendar_is_shown_once(office: Office) -> None:
    client = client_of(office.coordinator)

    made = client.post("/queue/calendar", {"scope": "team"}).content.decode()

    assert "/calendar/" in made.partition('id="address"')[2][:200]
    assert "/calendar/" not in page(client, "/queue/calendar").replace("/queue/calendar", "")


def test_the_calendar_of_who_left_leads_nowhere(office: Office) -> None:
    from django.test import Client

    from duly.access.actions import revoke_role

    token = open_calendar("mine", by=office.specialist)
    assert office.specialist.user_id is not None
    revoke_role(office.specialist.user_id, "specialist", by=office.system)

    assert Client().get(f"/calendar/{token}.ics").status_code == 404
