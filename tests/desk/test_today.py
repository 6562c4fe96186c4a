"""Today shows what waits, first what is due first; undo is one verb."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from duly.desk.queries.frame import frame_facts
from duly.desk.queries.today import Waiting, in_order, waiting_work
from duly.receivables.actions.accounts import NewHold, hold_accounts
from tests.banking.scenario_bank import Booked, bank, lines_in
from tests.desk.scenario_desk import busy, client_of
from tests.desk.test_accounts import follow, page
from tests.scenario import Office, account

DAY = date(2026, 11, 23)


def waiting(kind: str, until: date | None, minor: int | None, place: int = 1) -> Waiting:
    return Waiting(kind, place, "A-1", "Ann", "Why", until, None, minor, "EUR", 1)


def test_what_is_due_first_comes_first_then_what_is_worth_most() -> None:
    late, small = waiting("hold", DAY - timedelta(days=1), 1_00), waiting("hold", DAY, 2_00, 2)
    large, undated = waiting("match", DAY, -900_00, 3), waiting("run", None, 9_999_00, 4)

    assert in_order([undated, small, large, late]) == [late, large, small, undated]


def test_an_empty_day_says_so_and_what_will_come(office: Office) -> None:
    shown = page(client_of(office.specialist), "/today")

    assert "All done" in shown
    assert "New work appears here" in shown


def test_my_work_leaves_out_what_a_colleague_owns(office: Office) -> None:
    account_id = account(office)
    hold = NewHold(account_id, "all", "Theirs", DAY, owner_id=office.coordinator.user_id)
    hold_accounts([hold], by=office.specialist)

    mine = waiting_work(office.specialist, DAY)
    everybody = waiting_work(office.specialist, DAY, mine=False)

    assert [work.what for work in mine] == []
    assert [work.what for work in everybody] == ["Theirs"]


def test_the_auditor_is_given_no_work(office: Office) -> None:
    busy(office)

    assert waiting_work(office.auditor, DAY, mine=False) == []
    assert "match" not in frame_facts(office.auditor).counts


def test_bank_lines_wait_and_are_counted_in_the_rail(office: Office) -> None:
    bank(office)
    lines_in(office, [Booked(12_00, "Rent"), Booked(30_00, "Ann")])

    [match] = [work for work in waiting_work(office.specialist, DAY) if work.kind == "match"]
    shown = page(client_of(office.specialist), "/today")

    assert (match.things, match.amount_minor) == (2, 42_00)
    assert "2 bank lines to match" in shown
    assert frame_facts(office.specialist).counts["match"] == 2


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


def test_a_month_from_before_the_books_is_not_called_open(office: Office) -> None:
    assert frame_facts(office.accountant).period_note == ""

    busy(office)

    assert frame_facts(office.accountant).period_note == "last month is still open"
