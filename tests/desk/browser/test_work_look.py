"""A specialist's and a coordinator's day with the keyboard only: Today, the queue, the team; and how they look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from duly.kernel.clock import today_in
from duly.office.actions.planning import NewRule, PersonPlan, add_rule, be_away, plan_person
from duly.office.actions.quality import draw_sample
from tests.desk.browser.conftest import check_looks, keep_picture
from tests.desk.scenario_desk import Busy
from tests.desk.test_frame import toast, until, wrong_by_axe
from tests.office.scenario_work import colleague, held, task

TODAY = today_in("Europe/Berlin")


@pytest.fixture(scope="module")
def day(made: Busy) -> Busy:
    """The busy office on a day with late work, work of today, a colleague who is away, samples to review."""
    office = made.office
    luis = colleague(office, "Luis Ortega")
    plan_person(PersonPlan(luis.user_id or 0, 1_200, ("disputes",), ("es", "en")), by=office.coordinator)
    plan_person(PersonPlan(office.specialist.user_id or 0, 2_280, trainee_until=TODAY), by=office.coordinator)
    draw_sample(today=TODAY, by=office.system, seed="any")
    held(office, TODAY - timedelta(days=1), name="Harbor Line", reason="Fee is ours, they say")
    held(office, TODAY, name="Orchard & Sons", reason="Address to be confirmed")
    held(office, TODAY + timedelta(days=1), name="Fjord Shipping", owner=luis)
    task(office, "Ask the bank about the missing statement", today=TODAY)
    add_rule(NewRule(1, "Money in turn", kind="match"), by=office.coordinator)
    be_away(
        luis.user_id or 0, TODAY, TODAY + timedelta(days=5), office.specialist.user_id, "Holiday", by=office.coordinator
    )
    draw_sample(today=TODAY, by=office.system)
    return made


def test_today(look: Callable[..., Any], day: Busy) -> None:
    check_looks(look, "/today", day.office.specialist, "today")


@pytest.mark.parametrize("query", ["", "?show=all", "?show=pended"])
def test_the_queue(look: Callable[..., Any], day: Busy, query: str) -> None:
    check_looks(look, f"/queue{query}", day.office.specialist, f"queue{query}")


@pytest.mark.parametrize("path", ["/queue/new", "/queue/calendar"])
def test_tasks_and_calendars(look: Callable[..., Any], day: Busy, path: str) -> None:
    check_looks(look, path, day.office.coordinator, path)


@pytest.mark.parametrize("part", ["", "/rules", "/policies", "/policies/hold", "/quality", "/people"])
def test_the_team(look: Callable[..., Any], day: Busy, part: str) -> None:
    check_looks(look, f"/team{part}", day.office.coordinator, f"team{part}")


def test_a_specialist_works_the_day_by_keyboard(look: Callable[..., Any], day: Busy) -> None:
    page = look("/accounts", day.office.specialist)
    press = page.keyboard.press

    press("g")
    press("t")
    page.wait_for_selector("h1:has-text('Good ')")
    first = page.inner_text("tr.here a")

    press("Enter")
    page.wait_for_selector(f"#det-h:has-text('{first}')")
    press("p")
    page.wait_for_selector("[id^=pend-]:popover-open")
    assert wrong_by_axe(page) == []
    page.keyboard.type("They call back on Friday")
    press("Enter")
    assert "pended until" in toast(page)

    press("u")
    until(page, "document.querySelector('#toasts').innerText.includes('Undone')")
    press("j")
    press("x")
    page.wait_for_selector(".bulk")
    press("w")
    page.wait_for_selector("h1:has-text('Hand over 1 piece of work')")
    assert wrong_by_axe(page) == []


def test_the_next_best_thing_is_started_by_one_key(look: Callable[..., Any], day: Busy) -> None:
    page = look("/today", day.office.specialist)
    first = page.inner_text("tr.here a")

    page.keyboard.press("a")

    page.wait_for_selector(f"h1:has-text('{first}')")


def test_a_coordinator_moves_work_of_who_is_away_by_keyboard(look: Callable[..., Any], day: Busy) -> None:
    page = look("/today", day.office.coordinator)
    press = page.keyboard.press

    press("g")
    press("e")
    page.wait_for_selector("h1:has-text('Team this week')")
    assert "Away until" in page.inner_text("main")
    page.focus("a:has-text('Move work of Luis Ortega')")
    press("Enter")
    page.wait_for_selector("h1:has-text('Queue')")
    page.wait_for_selector(".row:has-text('Fjord Shipping')")
    press("j")
    press("x")
    press("w")
    page.wait_for_selector("h1:has-text('Hand over')")
    page.select_option("#in-to", label="Coordinator")
    page.focus("#in-note")
    page.keyboard.type("Luis is away")
    press("Control+Enter")

    assert "handed to Coordinator" in toast(page)


def test_a_coordinator_reviews_by_one_key(look: Callable[..., Any], day: Busy) -> None:
    page = look("/team/quality", day.office.coordinator)
    keep_picture(page, "quality-before")

    page.keyboard.press("a")

    assert "Reviewed: right" in toast(page)


def test_the_queue_works_without_script(look: Callable[..., Any], day: Busy) -> None:
    page = look("/queue", day.office.specialist, script=False)

    page.check(".row:first-child input[name=pick]")
    page.click("button[value=pend]")
    page.fill("#in-reason", "Waiting for the customer")
    page.click(".form button.primary")

    assert "pended until" in page.inner_text("#toasts")
