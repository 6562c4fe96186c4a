"""Reminders and statements by the command line alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from duly.site.embedded import attach_or_start, stop_running
from duly.site.home import Home
from tests.site.scenario_terminal import Terminal

OPEN_ITEMS = (
    "customer,number,issued_on,due_on,amount\n"
    "10001,OLD-1,2026-01-15,2026-02-14,80.00\n"
    "10002,OLD-2,2026-03-15,2026-04-14,40.00\n"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """An office with three customers, of whom one is late; its database stays up between the commands."""
    folder = tmp_path_factory.mktemp("late")
    home = Home(folder / "home")
    server = attach_or_start(home, fsync=False)
    desk = Terminal(home.path, folder)
    desk.open_office()
    desk.brings_the_customers()
    desk.brings("open-items", OPEN_ITEMS)
    yield desk
    server.stop()
    stop_running(home)


def test_a_dry_run_shows_who_would_get_what_and_sends_nothing(desk: Terminal) -> None:
    said = desk.does("dun", "--through", "2026-03-31", "--dry-run")

    assert (said["dry_run"], said["letters"], said["state"]) == (True, 1, "planned")
    assert [letter["name"] for letter in said["letters_listed"]] == ["Harbor Line Freight"]
    assert said["certificate"]["adds_up"]


def test_a_run_reminds_once_and_the_next_finds_nothing_due(desk: Terminal) -> None:
    first = desk.does("dun", "--through", "2026-03-31")
    again = desk.does("dun", "--through", "2026-03-31")

    assert (first["letters"], first["state"]) == (1, "released")
    assert again["letters"] == 0
    assert again["certificate"]["resting_items"] == 1


def test_statements_that_are_due_go_out_once(desk: Terminal) -> None:
    rehearsed = desk.does("statement", "--due", "--dry-run")
    sent = desk.does("statement", "--due")
    again = desk.does("statement", "--due")

    assert (rehearsed["queued"], sent["queued"], again["queued"]) == (2, 2, 0)


def test_an_accounts_statement_is_shown(desk: Terminal) -> None:
    number = desk.does("dun", "--through", "2026-03-31", "--dry-run")
    said = desk.does("statement", "A-2026-000001")

    assert number["letters"] == 0
    assert said["closing_minor"] == 80_00
