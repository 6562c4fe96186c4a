"""`duly work`: the queue by command, one JSON object each, with the rights of who is named."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from duly.access.queries import entity
from duly.kernel.clock import today_in
from duly.kernel.refusals import NotAllowed, Refused
from duly.site.cli.work import work_command
from tests.office.scenario_work import held, now, task
from tests.scenario import Office

TODAY = today_in("Europe/Berlin")


def said(office: Office, *words: object) -> dict[str, Any]:
    """What a command answers; its refusal is raised."""
    names = [str(word) for word in words]
    done = CliRunner().invoke(work_command, [*names, "--json", "--entity", entity(office.entity_id).code])
    if done.exception is not None:
        raise done.exception
    found = json.loads(done.output)
    assert isinstance(found, dict)
    return found


def email(office: Office, role: str) -> str:
    from duly.access.queries import members

    return next(member.email for member in members(office.entity_id) if role in member.roles)


def test_the_list_says_what_waits_and_what_is_to_be_done(office: Office) -> None:
    one = held(office, TODAY)

    [row] = said(office, "list", "--owner", email(office, "specialist"), "--kind", "hold")["work"]

    assert (row["id"], row["next"], row["path"]) == (one.id, "Decide the hold", f"/accounts/{one.account_number}")
    assert said(office, "list", "--owner", "nobody")["work"] == []


def test_work_is_assigned_claimed_pended_and_done(office: Office) -> None:
    one, me = task(office), email(office, "specialist")
    until = (TODAY + timedelta(days=3)).isoformat()

    assert said(office, "assign", one.id, "--to", me, "--note", "Please")["to"] == "Specialist"
    assert said(office, "claim", one.id, "--as", me)["owner"] == "Specialist"
    said(office, "pend", one.id, "--until", until, "--reason", "Later", "--as", me)
    [row] = said(office, "list", "--state", "pended")["work"]
    said(office, "done", one.id, "--outcome", "Found", "--as", me)

    assert row["returns"] == until
    assert now(office, one).outcome == "Found"


def test_a_command_has_the_rights_of_who_it_acts_as(office: Office) -> None:
    one = held(office, owner=office.coordinator)

    with pytest.raises(NotAllowed, match=r"work.of_somebody_else"):
        said(office, "pend", one.id, "--until", "2099-01-01", "--reason", "x", "--as", email(office, "specialist"))


def test_work_of_a_held_thing_is_not_done_by_saying_so(office: Office) -> None:
    one = held(office)

    with pytest.raises(Refused, match=r"work.still_held"):
        said(office, "done", one.id)


def test_a_sync_says_what_moved(office: Office) -> None:
    held(office)

    assert said(office, "sync") == {"ok": True, "opened": 0, "changed": 0, "done": 0, "assigned": 0, "sampled": 0}
    assert said(office, "assign", "--rules")["assigned"] == 0
