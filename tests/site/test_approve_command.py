"""`duly approve`: the same rules as the screen, for a person who is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from duly.access.queries import proposal
from duly.kernel.refusals import BadInput, NotAllowed
from duly.site.cli.approvals import approve_command
from tests.access.test_proposals import asked_for
from tests.scenario import Office


@pytest.fixture
def asked(office: Office) -> tuple[Office, int]:
    return office, asked_for(office).id


def said(office: Office, *words: str) -> Any:
    """What the command answers, as JSON."""
    from duly.access.queries import entity

    code = entity(office.entity_id).code
    done = CliRunner().invoke(approve_command, [*words, "--json", "--entity", code], catch_exceptions=False)
    return json.loads(done.stdout)


def email(office: Office, who: str) -> str:
    from duly.access.queries import members

    return next(person.email for person in members(office.entity_id) if person.name == who)


def test_what_waits_is_listed_and_shown_with_its_evidence(asked: tuple[Office, int]) -> None:
    office, waiting = asked

    listed, shown = said(office, "list"), said(office, "show", str(waiting))

    assert [row["id"] for row in listed["proposals"]] == [waiting]
    assert (shown["balance_before_minor"], shown["balance_after_minor"]) == (1_071_00, 0)
    assert "Coordinator" in shown["who"]


def test_somebody_entitled_accepts_by_name(asked: tuple[Office, int]) -> None:
    office, waiting = asked

    done = said(office, "accept", str(waiting), "--as", email(office, "Coordinator"))

    assert done["by"] == "Coordinator"
    assert proposal(office.entity_id, waiting).state == "accepted"


def test_somebody_entitled_refuses_with_a_reason(asked: tuple[Office, int]) -> None:
    office, waiting = asked

    said(office, "refuse", str(waiting), "--reason", "no", "--as", email(office, "Coordinator"))

    assert proposal(office.entity_id, waiting).decided_reason == "no"


def test_the_installation_itself_never_decides(asked: tuple[Office, int]) -> None:
    office, waiting = asked

    with pytest.raises(BadInput, match="who_are_you"):
        said(office, "accept", str(waiting))


def test_its_maker_never_accepts_it_by_the_command_either(asked: tuple[Office, int]) -> None:
    office, waiting = asked

    with pytest.raises(NotAllowed, match="checker_is_maker"):
        said(office, "accept", str(waiting), "--as", email(office, "Specialist"))
