"""Collections in a real browser: accessible, on phones, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from duly.collections.actions.disputes import NewDispute, open_dispute
from duly.collections.actions.plan_run import plan_dunning
from duly.collections.actions.promises import NewPromise, make_promise
from duly.collections.actions.standing import refresh_board
from duly.collections.jobs import work_dunning
from duly.collections.queries.runs import runs
from duly.receivables.queries import account
from tests.collections.scenario_collections import customer, owe
from tests.desk.browser.conftest import check_looks, keep_picture
from tests.desk.scenario_desk import Busy


@pytest.fixture(scope="module")
def here(made: Busy) -> Busy:
    """A busy office in which three customers are late; one promised, one disputes a part; a run is planned."""
    office, on = made.office, made.today - timedelta(days=80)
    for name in ("Harbor Line", "Lake Books", "Tor Dental"):
        made.accounts[name] = customer(office, name)
        with transaction.atomic():
            owe(office, made.accounts[name], 1_250_00, on=on, terms_days=30)
    with transaction.atomic():
        item = owe(office, made.accounts["Tor Dental"], 310_00, on=on, terms_days=30)
    due_on = made.today + timedelta(days=9)
    open_dispute(
        NewDispute(item, 110_00, reason="two chairs missing", due_on=due_on), today=made.today, by=office.specialist
    )
    promise = NewPromise(made.accounts["Lake Books"], 1_250_00, due_on, made_with="Mrs Lake")
    make_promise(promise, today=made.today, by=office.specialist)
    work_dunning(plan_dunning(made.today, today=made.today, by=office.system), today=made.today, by=office.system)
    refresh_board(made.today, by=office.system)
    return made


@pytest.mark.parametrize(
    "path",
    [
        "?stage=reminder",
        "/runs",
        "/forecast",
        "/policies",
        "/policies/business",
        "/policies/business/words/1",
        "/stops",
        "/laws",
        "/agencies",
        "/losses",
    ],
)
def test_a_page(look: Callable[..., Any], here: Busy, path: str) -> None:
    check_looks(look, f"/collections{path}", here.office.coordinator, f"collections-{path}")


@pytest.mark.parametrize("form", ["", "/contact", "/promise", "/dispute", "/plan", "/stop", "/agency"])
def test_an_account(look: Callable[..., Any], here: Busy, form: str) -> None:
    number = account(here.office.entity_id, here.accounts["Tor Dental"]).number
    check_looks(look, f"/collections/accounts/{number}{form}", here.office.coordinator, f"collections-account{form}")


def test_the_triage(look: Callable[..., Any], here: Busy) -> None:
    run = runs(here.office.entity_id)[0]
    check_looks(look, f"/collections/runs/{run.id}", here.office.coordinator, "collections-run")
    check_looks(look, f"/collections/runs/{run.id}/left-out", here.office.coordinator, "collections-left-out")


def test_a_run_is_let_go_by_keys_alone(look: Callable[..., Any], here: Busy) -> None:
    run = runs(here.office.entity_id)[0]
    page = look("/today", here.office.coordinator)
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/collections*")
    page.goto(page.url.partition("/collections")[0] + f"/collections/runs/{run.id}")
    page.wait_for_load_state("networkidle")

    page.keyboard.press("a")
    page.get_by_role("dialog").get_by_role("button", name="Release").click()

    page.get_by_text("Released: the letters leave").wait_for()
    keep_picture(page, "collections-released")
