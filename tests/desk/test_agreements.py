"""Agreements: what they bill next, and what a change of theirs does before it is saved."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from duly.commercial.actions import agree, record_usage
from duly.commercial.models import NewAgreement, NewMilestone, NewTerm, NewTier, UsageEvent
from duly.commercial.queries import agreement, agreements
from duly.desk.pages.agreements.lines import parse_tiers
from tests.desk.scenario_desk import Busy, busy, client_of
from tests.desk.test_accounts import follow, page, undo
from tests.scenario import Office

NORTHWIND = "Northwind Trading Co."


@pytest.fixture
def desk(office: Office) -> tuple[Client, Busy]:
    return client_of(office.specialist), busy(office)


def number_of(made: Busy, name: str) -> str:
    return agreements(made.office.entity_id, account_id=made.accounts[name])[0].number


def agreed(made: Busy, *terms: NewTerm, **facts: Any) -> str:
    """Make one more agreement on Northwind and return its number."""
    wanted = NewAgreement(
        account_id=made.accounts[NORTHWIND], starts_on=made.today.replace(day=1), terms=terms, **facts
    )
    [agreement_id] = agree([wanted], by=made.office.specialist).ids
    return agreement(made.office.entity_id, today=made.today, agreement_id=agreement_id).facts.number


def test_the_list_finds_by_name_of_the_customer(desk: tuple[Client, Busy]) -> None:
    client, _ = desk

    everything, narrowed = page(client, "/agreements"), page(client, "/agreements?q=northwind")

    assert everything.count("data-row") == 7
    assert narrowed.count("data-row") == 1
    assert "every month" in narrowed


def test_an_agreement_shows_its_lines_and_the_next_twelve_bills(desk: tuple[Client, Busy]) -> None:
    client, made = desk

    shown = page(client, f"/agreements/{number_of(made, NORTHWIND)}")

    calendar = shown.partition('class="cal"')[2].partition("</ol>")[0]
    # 10 seats x 12.00 + 150.00 = 270.00 a month
    assert calendar.count("<li") == 12
    assert calendar.count("€270.00") == 12
    assert "Running" in shown


def test_a_change_shows_its_effect_and_saves_nothing_yet(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number, entity = number_of(made, NORTHWIND), made.office.entity_id
    next_month = (made.today.replace(day=1) + timedelta(days=32)).replace(day=1)
    form = {"from_on": next_month.isoformat(), "quantity": "12", "unit_price": "12"}

    shown = client.post(f"/agreements/{number}/lines/1", {**form, "step": "preview"})

    # two more seats x 12.00
    assert shown.status_code == 200
    assert "+€24.00" in shown.content.decode()
    assert 'value="12"' in shown.content.decode()
    assert agreement(entity, today=made.today, number=number).differences == []


def test_a_change_back_in_time_is_saved_told_and_undone(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number, entity = number_of(made, NORTHWIND), made.office.entity_id
    form = {"from_on": made.today.replace(day=1).isoformat(), "unit_price": "13", "reason": "As agreed by phone"}

    shown = follow(client, f"/agreements/{number}/lines/1", {**form, "step": "save"})

    assert "A change reaches back" in shown
    assert "As agreed by phone" in shown
    undo(client, shown)
    assert agreement(entity, today=made.today, number=number).differences == []


def test_a_change_of_nothing_is_not_saved(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    form = {"from_on": made.today.isoformat(), "quantity": "10", "unit_price": "12.00", "step": "save"}

    answer = client.post(f"/agreements/{number_of(made, NORTHWIND)}/lines/1", form)

    assert answer.status_code == 422
    assert "Nothing changes yet" in answer.content.decode()


def test_a_line_is_added_and_ended(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = number_of(made, NORTHWIND)
    first = made.today.replace(day=1).isoformat()
    line = {"from_on": first, "item": "SUPPORT", "model": "flat", "unit_price": "20", "description": "Hotline"}

    added = follow(client, f"/agreements/{number}/lines/new", {**line, "step": "save"})
    ended = follow(client, f"/agreements/{number}/lines/3", {"from_on": first, "ends": "1", "step": "save"})

    assert "Hotline" in added
    assert "€290.00" in added
    calendar = ended.partition('class="cal"')[2].partition("</ol>")[0]
    assert "€290.00" not in calendar


def test_it_pauses_resumes_and_ends(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    number = number_of(made, NORTHWIND)
    tomorrow = (made.today + timedelta(days=1)).isoformat()

    paused = follow(client, f"/agreements/{number}/pause", {"from_on": made.today.isoformat(), "reason": "Holidays"})
    refused = client.post(f"/agreements/{number}/pause", {"from_on": tomorrow})
    resumed = follow(client, f"/agreements/{number}/resume", {"on_day": tomorrow})
    ended = follow(client, f"/agreements/{number}/end", {"ends_on": tomorrow})

    assert "Paused" in paused
    assert "Holidays" in paused
    assert refused.status_code == 422
    assert "pauses on some of these days already" in refused.content.decode()
    assert "Billed again from" in resumed
    assert "Nothing more will be billed" in ended or "The next bills" in ended
    assert "Undone" in undo(client, ended)


def test_a_milestone_is_reached_and_undone(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    term = NewTerm("SUPPORT", "milestone", unit_price=Decimal(500), milestones=(NewMilestone("Go-live"),))
    number = agreed(made, term)
    milestone = re.findall(r'name="milestone" value="(\d+)"', page(client, f"/agreements/{number}"))[0]

    shown = follow(client, f"/agreements/{number}/milestone", {"milestone": milestone})

    assert "“Go-live” is reached" in shown
    assert "€500.00" in shown
    assert "Reached" in undo(client, shown)


def test_use_of_the_running_period_is_shown(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    tiers = (NewTier(Decimal(100), Decimal("0.10")), NewTier(None, Decimal("0.05")))
    number = agreed(made, NewTerm("USAGE", "graduated", meter="calls", aggregate="sum", timing="arrears", tiers=tiers))
    at = datetime(made.today.year, made.today.month, made.today.day, 0, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    record_usage(
        [UsageEvent(f"c{i}", "calls", at, Decimal(60), account_id=made.accounts[NORTHWIND]) for i in range(2)],
        today=made.today,
        by=made.office.specialist,
    )

    shown = page(client, f"/agreements/{number}")

    used = shown.partition("Used so far")[2].partition("</section>")[0]
    assert "120 call" in used
    assert "use so far" in shown


def test_a_new_agreement_grows_by_lines_and_is_made(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    form = {
        "account": made.number(NORTHWIND), "name": "Extra", "starts_on": "2026-11-01", "rhythm": "month-3",
        "timing": "advance", "anchor_kind": "calendar", "proration": "day", "lines": "1",
        "item-0": "SEAT", "model-0": "per_unit", "quantity-0": "3", "unit_price-0": "10.50",
    }  # fmt: skip

    more = client.post("/agreements/new", {**form, "step": "more"})
    shown = follow(client, "/agreements/new", {**form, "step": "save"})

    assert more.status_code == 200
    assert 'name="item-1"' in more.content.decode()
    assert 'value="10.50"' in more.content.decode()
    assert "every quarter" in shown
    assert "€31.50" not in shown or "Extra" in shown


def test_a_wrong_new_agreement_names_each_problem(desk: tuple[Client, Busy]) -> None:
    client, _ = desk

    answer = client.post("/agreements/new", {"account": "A-1", "starts_on": "soon", "lines": "1", "step": "save"})

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no account of this number" in shown
    assert "Choose what is sold" in shown
    assert 'value="soon"' in shown


@pytest.mark.parametrize(
    ("text", "language", "tiers"),
    [
        ("100 0.10\n* 0.08", "en", (NewTier(Decimal(100), Decimal("0.10")), NewTier(None, Decimal("0.08")))),
        (
            "1.000 0,10 5\n* 0,08",
            "de",
            (NewTier(Decimal(1000), Decimal("0.10"), Decimal(5)), NewTier(None, Decimal("0.08"))),
        ),
        ("", "en", ()),
    ],
)  # fmt: skip
def test_steps_are_read_as_people_write_them(text: str, language: str, tiers: tuple[NewTier, ...]) -> None:
    assert parse_tiers(text, language) == tiers


@pytest.mark.parametrize("text", ["100", "100 cheap", "1 2 3 4"])
def test_unclear_steps_say_how_to_write_them(text: str) -> None:
    with pytest.raises(ValueError, match="step"):
        parse_tiers(text, "en")


def test_an_unknown_agreement_is_not_found(office: Office) -> None:
    assert client_of(office.specialist).get("/agreements/AGR-1").status_code == 404


def test_the_list_is_narrowed_by_state_name_and_customer(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    agreed(made, NewTerm("SEAT", "per_unit"), name="Hosting 50% off", ends_on=made.today)
    to_come = (made.today.replace(day=1) + timedelta(days=70)).replace(day=1)
    wanted = NewAgreement(
        account_id=made.accounts[NORTHWIND], starts_on=to_come, name="Later", terms=(NewTerm("SEAT", "per_unit"),)
    )
    agree([wanted], by=made.office.specialist)

    def found(query: str) -> int:
        return page(client, f"/agreements?{query}").count("data-row")

    assert (found("state=in_force"), found("state=ended"), found("state=to_come")) == (7, 1, 1)
    assert (found("words=hosting"), found("words=50%25+off"), found("words=50_")) == (1, 1, 0)
    assert (found("q=northwind&state=ended"), found("q=blue&state=ended")) == (1, 0)
    assert found(f"account={made.number(NORTHWIND)}&words=later") == 1
    assert client.get("/agreements?state=ended&as=csv").status_code == 200


def test_the_steps_of_a_line_are_changed_from_a_day_on(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    tiers = (NewTier(Decimal(100), Decimal("0.10")), NewTier(None, Decimal("0.05")))
    number = agreed(made, NewTerm("USAGE", "graduated", meter="calls", aggregate="sum", timing="arrears", tiers=tiers))
    at = f"/agreements/{number}/lines/1"
    asked = page(client, at)
    day = made.today.replace(day=1).isoformat()
    same = {"from_on": day, "tiers": "100 0.1\n* 0.05", "step": "save"}

    unchanged = client.post(at, same)
    wrong = client.post(at, same | {"tiers": "100 cheap"})
    shown = follow(client, at, same | {"tiers": "50 0.10\n1,000 0.08 5\n* 0.04"})

    term = agreement(made.office.entity_id, today=made.today, number=number).terms[-1]
    assert "100 0.1\n* 0.05" in asked
    assert "Nothing changes yet" in unchanged.content.decode()
    assert wrong.status_code == 422
    assert [(t["up_to"], t["unit_price"], t["flat_price"]) for t in term.tiers] == [
        (50, 0.10, 0), (1000, 0.08, 5), (None, 0.04, 0)
    ]  # fmt: skip
    undo(client, shown)
    assert 'name="tiers"' in page(client, at)
    assert "100 0.1\n* 0.05" in page(client, at)


def test_the_percentage_of_a_line_is_changed_from_a_day_on(desk: tuple[Client, Busy]) -> None:
    client, made = desk
    term = NewTerm(
        "SUPPORT", "percentage", percentage=Decimal("2.5"), meter="turnover", aggregate="sum", timing="arrears"
    )
    number = agreed(made, term)
    at = f"/agreements/{number}/lines/1"
    asked = page(client, at)

    follow(client, at, {"from_on": made.today.replace(day=1).isoformat(), "percentage": "3", "step": "save"})

    assert 'name="percentage" value="2.5"' in asked.replace(' inputmode="numeric"', "") or "2.5" in asked
    assert agreement(made.office.entity_id, today=made.today, number=number).terms[-1].percentage == 3
