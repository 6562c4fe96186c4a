"""Collections on the screen: the board, an account's acts, a run looked at and let go, policies and lists."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from duly.collections.actions.agencies import add_agency
from duly.collections.queries.account import disputes_of, plans_of, promises_of
from duly.collections.queries.runs import letters_of, runs
from duly.kernel.clock import today_in
from duly.receivables.queries import account
from tests.collections.scenario_collections import customer, owe
from tests.desk.scenario_billing import follow, message, page, refused, undo
from tests.desk.scenario_desk import client_of
from tests.scenario import Office

TODAY = today_in("Europe/Berlin")


@pytest.fixture
def late(office: Office) -> tuple[Client, Office, int]:
    """Ann owes 100.00, forty days late; a coordinator sits at the desk."""
    ann = customer(office, "Ann Ruiz")
    owe(office, ann, 100_00, on=TODAY - timedelta(days=70), terms_days=30)
    client = client_of(office.coordinator)
    follow(client, "/collections/refresh")
    return client, office, ann


def at(office: Office, account_id: int) -> str:
    return f"/collections/accounts/{account(office.entity_id, account_id).number}"


def test_the_board_shows_who_is_late_and_where_it_stands(late: tuple[Client, Office, int]) -> None:
    client, _, _ = late

    shown = page(client, "/collections?stage=reminder")

    assert "Ann Ruiz" in shown
    assert "40 days" in shown


def test_a_promise_is_noted_and_undone(late: tuple[Client, Office, int]) -> None:
    client, office, ann = late

    noted = follow(client, at(office, ann) + "/promise", {"amount": "60.00", "promised_on": TODAY + timedelta(days=5)})
    assert "The promise is noted" in message(noted)
    assert "Ann Ruiz" in page(client, "/collections?stage=promise")
    undo(client, noted)

    assert [found.state for found in promises_of(office.entity_id, ann)] == ["withdrawn"]


def test_a_dispute_above_what_is_open_is_refused_in_the_form(late: tuple[Client, Office, int]) -> None:
    client, office, ann = late
    [item] = [item for item in page_items(office, ann)]
    form = {"item": item, "amount": "100.01", "reason": "too much", "due_on": TODAY + timedelta(days=5)}

    shown = refused(client, at(office, ann) + "/dispute", form)
    follow(client, at(office, ann) + "/dispute", form | {"amount": "40.00"})
    [dispute] = disputes_of(office.entity_id, ann)
    follow(client, f"/collections/disputes/{dispute.id}/close", {"outcome": "theirs", "why": "they are right"})

    assert "No more can be disputed than is open" in shown
    assert [found.state for found in disputes_of(office.entity_id, ann)] == ["resolved_theirs"]


def page_items(office: Office, account_id: int) -> list[int]:
    from duly.receivables.queries import items_of_account

    return [item.id for item in items_of_account(office.entity_id, account_id)]


def test_a_plan_is_made_of_equal_parts_and_ended(late: tuple[Client, Office, int]) -> None:
    client, office, ann = late
    [item] = page_items(office, ann)
    form = {"pick": item, "count": "3", "first_on": TODAY + timedelta(days=7), "rhythm": "month"}

    shown = follow(client, at(office, ann) + "/plan", form)
    [plan] = plans_of(office.entity_id, ann)
    follow(client, f"/collections/plans/{plan.id}/cancel", {"why": "paid at once"})

    assert "33.34" in shown
    assert "33.33" in shown
    assert plans_of(office.entity_id, ann)[0].state == "cancelled"


def test_a_contact_and_a_stop_stand_on_the_account(late: tuple[Client, Office, int]) -> None:
    client, office, ann = late

    follow(
        client,
        at(office, ann) + "/contact",
        {"channel": "letter", "direction": "out", "outcome": "sent", "note": "a card"},
    )
    shown = follow(client, at(office, ann) + "/stop", {"kind": "hardship", "reason": "lost the job"})

    assert "a card" in shown
    assert "Hardship: lost the job" in shown
    assert "lost the job" in page(client, "/collections/stops")


def test_a_run_is_planned_looked_at_and_released(late: tuple[Client, Office, int]) -> None:
    client, office, _ = late

    shown = follow(client, "/collections/runs/plan", {"through_on": TODAY})
    [run] = runs(office.entity_id)
    [letter] = letters_of(office.entity_id, run.id)
    follow(client, f"/collections/runs/{run.id}/take-out", {"pick": letter.id, "why": "I call first"})
    follow(client, f"/collections/runs/{run.id}/put-back", {"pick": letter.id})
    paper = client.get(f"/collections/letters/{letter.id}.pdf")
    released = follow(client, f"/collections/runs/{run.id}/release")

    assert "It adds up" in shown
    assert paper.content.startswith(b"%PDF")
    assert "Released" in message(released)
    assert letters_of(office.entity_id, run.id)[0].state == "released"


def test_who_is_left_out_stands_there_with_the_reason_and_as_a_file(late: tuple[Client, Office, int]) -> None:
    client, office, ann = late
    follow(client, at(office, ann) + "/promise", {"amount": "60.00", "promised_on": TODAY + timedelta(days=5)})
    follow(client, "/collections/runs/plan", {"through_on": TODAY})
    [run] = runs(office.entity_id)

    shown = page(client, f"/collections/runs/{run.id}/left-out")
    file = b"".join(client.get(f"/collections/runs/{run.id}/left-out?as=csv").streaming_content).decode()  # type: ignore[arg-type]

    assert "They promised" in shown
    assert "Ann Ruiz,They promised" in file


def test_a_change_of_policy_by_a_coordinator_waits_for_somebody_entitled(late: tuple[Client, Office, int]) -> None:
    client, _, _ = late
    shown = page(client, "/collections/policies/consumer")

    assert "Smallest amount asked for" in shown
    assert "Second reminder" in page(client, "/collections/policies")
    assert "slipped your mind" in page(client, "/collections/policies/consumer/words/1")


def test_a_specialist_asks_for_a_hand_over(late: tuple[Client, Office, int]) -> None:
    _, office, ann = late
    agency = add_agency("Fair Collect", by=office.system)
    specialist = client_of(office.specialist)

    specialist.post(at(office, ann) + "/agency", {"agency": agency, "reason": "no answer"})
    client_of(office.coordinator).post(at(office, ann) + "/agency", {"agency": agency, "reason": "no answer"})

    assert "Fair Collect" in page(specialist, "/collections/agencies")


@pytest.mark.parametrize(
    "path", ["forecast", "forecast?as=csv", "laws", "losses", "agencies", "stops?lifted=1", "runs"]
)
def test_every_page_of_the_area_answers(late: tuple[Client, Office, int], path: str) -> None:
    client, _, _ = late

    assert client.get(f"/collections/{path}").status_code == 200


def test_the_journal_for_expected_losses_waits_for_a_second_person(late: tuple[Client, Office, int]) -> None:
    client, _, _ = late

    assert "waits for a second person" in message(follow(client, "/collections/losses"))
