"""`duly refund`: the way of a refund on the command line, each step by its own person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from duly.access.queries import entity
from duly.kernel import clock
from duly.payments.queries.refunds import refunds
from duly.receivables.queries import account as account_of
from duly.site.cli.refunds import refund_command
from tests.payments.scenario_money import balance, one
from tests.payments.scenario_refunds import bank, paid_by_bank
from tests.scenario import Office, account


def run(office: Office, *words: str) -> dict[str, Any]:
    """The JSON a command answers."""
    code = entity(office.entity_id).code
    done = CliRunner().invoke(refund_command, [*words, "--json", "--entity", code], catch_exceptions=False)
    return dict(json.loads(done.stdout))


def email(office: Office, role: str) -> str:
    return str(one("select email from access_user where id = %s", getattr(office, role).user_id))


def test_a_refund_walks_from_request_to_file(office: Office, tmp_path: Path) -> None:
    ann, ours = account(office), bank(office)
    paid_by_bank(office, ann, 100_00)
    number = account_of(office.entity_id, ann).number

    asked = run(office, "request", number, "60.00", "--reason", "paid twice", "--as", email(office, "specialist"))
    name = asked["refund"]["number"]
    assert {row["outcome"] for row in asked["checks"]} == {"pass"}
    assert run(office, "approve", name, "--as", email(office, "coordinator"))["refund"]["state"] == "approved"
    out = tmp_path / "refunds.xml"
    made = run(
        office, "release", name, "--bank-account", str(ours), "--out", str(out), "--as", email(office, "accountant")
    )

    assert (made["file"]["total_minor"], made["file"]["format"]) == (60_00, "pain.001.001.09")
    assert b"<InstdAmt" in out.read_bytes()
    assert out.stat().st_mode & 0o077 == 0
    assert run(office, "list", "--state", "released")["refunds"][0]["number"] == name
    assert balance(office, "2170") == -60_00
    assert run(office, "return", name, "--reason", "account closed")["refund"]["state"] == "returned"
    assert balance(office, "2170") == 0


def test_a_rehearsed_request_leaves_nothing(office: Office) -> None:
    ann = account(office)
    bank(office)
    paid_by_bank(office, ann, 100_00)
    number = account_of(office.entity_id, ann).number

    assert run(office, "request", number, "60.00", "--reason", "paid twice", "--dry-run")["dry_run"]

    assert refunds(office.entity_id) == []
    assert clock.now() is not None


def test_approving_needs_a_person(office: Office) -> None:
    ann = account(office)
    bank(office)
    paid_by_bank(office, ann, 100_00)
    number = account_of(office.entity_id, ann).number
    name = run(office, "request", number, "60.00", "--reason", "paid twice")["refund"]["number"]

    with pytest.raises(Exception, match=r"refunds\.approver_is_requester"):
        run(office, "approve", name)
