"""Today shows what waits, first what is due first; undo is one verb."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duly.desk.queries.frame import frame_facts
from duly.desk.queries.work import day_of_work
from duly.kernel.clock import today_in
from duly.office.actions import pend
from duly.receivables.actions.accounts import NewHold, hold_accounts
from tests.banking.scenario_bank import Booked, bank, lines_in
from tests.desk.scenario_desk import busy, client_of
from tests.desk.test_accounts import follow, page
from tests.office.scenario_work import held, pick
from tests.scenario import Office, account

TODAY = today_in("Europe/Berlin")


def test_an_empty_day_says_so_and_what_will_come(office: Office) -> None:
    shown = page(client_of(office.specialist), "/today")

    assert "All done" in shown
    assert "New work appears here" in shown


def test_an_empty_day_says_when_the_first_of_what_is_pended_returns(office: Office) -> None:
    one = held(office, TODAY + timedelta(days=9))
    pend(pick(one), TODAY + timedelta(days=2), "They call back", today=TODAY, by=office.specialist)

    assert "1 piece is pended, the first returns" in page(client_of(office.specialist), "/today")


def test_my_work_leaves_out_what_a_colleague_owns(office: Office) -> None:
    account_id = account(office)
    hold = NewHold(account_id, "all", "Theirs", TODAY, owner_id=office.coordinator.user_id)
    hold_accounts([hold], by=office.specialist)

    mine = day_of_work(office.specialist, TODAY, limit=50)
    theirs = day_of_work(office.coordinator, TODAY, limit=50)

    assert [one.reason for one in mine.work] == []
    assert [one.reason for one in theirs.work] == ["Theirs"]
    assert frame_facts(office.coordinator).counts["today"] == 1


def test_the_auditor_is_given_no_work(office: Office) -> None:
    busy(office)

    assert day_of_work(office.auditor, TODAY, limit=50).work == []
    assert "match" not in frame_facts(office.auditor).counts


def test_bank_lines_wait_and_are_counted_in_the_rail(office: Office) -> None:
    bank(office)
    lines_in(office, [Booked(12_00, "Rent"), Booked(30_00, "Ann")])

    shown = page(client_of(office.specialist), "/today")

    assert [one.money_minor for one in day_of_work(office.specialist, TODAY, limit=50).work] == [30_00, 12_00]
    assert "Unmatched money" in shown
    assert frame_facts(office.specialist).counts["match"] == 2


def test_start_takes_the_next_best_thing_and_goes_where_it_is_done(office: Office) -> None:
    one = held(office, TODAY)

    to = client_of(office.specialist).post(f"/queue/{one.id}/start", {"pick": f"{one.id}:{one.version}"})

    assert to.headers["Location"] == f"/accounts/{one.account_number}"
    assert day_of_work(office.specialist, TODAY, limit=5).work[0].state == "claimed"


def test_undo_goes_back_to_where_it_was_pressed_and_only_once(office: Office) -> None:
    made = busy(office)
    client = client_of(office.specialist)
    shown = page(client, "/today")
    address = shown.partition('action="/undo/')[2].partition('"')[0]

    back = client.post(f"/undo/{address}", {"next": "/accounts?held=1"})
    again = client.post(f"/undo/{address}", {"next": "/today"})

    assert back.headers["Location"] == "/accounts?held=1"
    assert "Undone: On hold" in page(client, "/today")
    assert again.status_code == 409
    assert "undone already" in again.content.decode()
    assert made.today


@pytest.mark.parametrize("path", ["/undo/999999", "/undo/0"])
def test_what_is_not_there_cannot_be_undone(office: Office, path: str) -> None:
    assert client_of(office.specialist).post(path).status_code == 404


def test_another_office_cannot_undo_ours(office: Office) -> None:
    from tests.scenario import open_office

    busy(office)
    shown = page(client_of(office.specialist), "/today")
    address = shown.partition('action="/undo/')[2].partition('"')[0]

    assert client_of(open_office().specialist).post(f"/undo/{address}").status_code == 404


def test_undo_is_offered_to_nobody_without_the_right(office: Office) -> None:
    client = client_of(office.admin)

    shown = follow(client, "/settings/people/grant", {"user": office.auditor.user_id, "role": "specialist"})

    assert "/undo/" not in shown
