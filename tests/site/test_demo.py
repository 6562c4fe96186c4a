"""The demo: built by the real actions, found again, and quiet: no old mail waits to be drawn and sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from duly.site.embedded import attach_or_start, stop_running
from duly.site.home import Home
from tests.site.scenario_terminal import Terminal

TODAY = "2026-11-20"
WORDS = ("demo", "--no-serve", "--customers", "30", "--months", "3", "--today", TODAY)
MOMENT = {"DULY_NOW": f"{TODAY}T12:00:00+00:00"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    folder = tmp_path_factory.mktemp("demo")
    home = Home(folder / "home")
    server = attach_or_start(home, fsync=False)
    yield Terminal(home.path, folder, MOMENT)
    server.stop()
    stop_running(home)


@pytest.fixture(scope="module")
def built(desk: Terminal) -> dict[str, Any]:
    return desk.does(*WORDS)


def test_the_demo_is_a_whole_office_whose_books_are_proved(built: dict[str, Any]) -> None:
    summary = built["summary"]

    assert built["built"] is True
    assert (summary["accounts"], summary["problems"]) == (30, 0)
    assert summary["invoices"] > 60
    assert summary["certificate_adds_up"] is True
    assert summary["explained"] is True
    assert summary["lines_placed"] > summary["lines_open"] >= 0
    assert set(built["sign_in"]) == {"specialist", "coordinator", "accountant", "owner", "admin", "auditor"}


def test_a_second_run_finds_it_and_adds_nothing(desk: Terminal, built: dict[str, Any]) -> None:
    again = desk.does(*WORDS)

    assert again["built"] is False
    assert again["summary"] == built["summary"]


def test_only_this_months_documents_wait_to_be_sent(desk: Terminal, built: dict[str, Any]) -> None:
    with psycopg.connect(**attach_or_start(Home(desk.home), fsync=False).dsn_params()) as connection:
        rows = connection.execute(
            "select o.state, v.issued_on >= date '2026-11-01' as is_new, count(*) from events_outbox o"
            " join invoicing_invoice v on v.entity_id = o.entity_id and v.id = o.subject_id"
            " where o.subject_kind in ('invoice', 'credit_note') group by 1, 2"
        ).fetchall()

    waiting = {is_new: number for state, is_new, number in rows if state == "queued"}
    assert False not in waiting
    assert waiting[True] >= built["summary"]["run_documents"]
    assert {state for state, is_new, _ in rows if not is_new} == {"cancelled"}


def test_the_demo_never_moves_into_a_real_office(desk: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "real"
    real = Terminal(home, desk.folder, MOMENT)
    server = attach_or_start(Home(home), fsync=False)
    try:
        real.open_office()

        assert real.refuses(*WORDS)["code"] == "demo.home_is_in_use"
    finally:
        server.stop()
        stop_running(Home(home))
