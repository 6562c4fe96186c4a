"""Every action and every address with every role, taken from the registry and the urlconf themselves.

A new action or address without a declared right fails here, and so does one whose right no role holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from duly.access.actions import accept_proposal, create_user, grant_role
from duly.access.actions.proposals import keep_proposal
from duly.access.queries import actor_of, proposals
from duly.access.rules import ALL_RIGHTS, GATES, PURE_RIGHTS, ROLE_LIMITS_MAJOR, ROLES, levels_of
from duly.desk.web.page import ANYONE, SIGNED_IN, all_routes, rules_of
from duly.invoicing.actions.credit import credit_invoice
from duly.kernel.actions import REGISTRY, Asked, propose_with
from duly.kernel.actor import Actor
from duly.kernel.arguments import hints_of
from duly.kernel.refusals import BeyondRight, NotAllowed, Proposed, Refused
from duly.payments.actions import reverse
from duly.receivables.queries import balance_minor
from duly.site import exporting
from duly.site.imports import run as importing
from duly.site.urls import urlpatterns
from tests.access.test_proposals import trainee_of
from tests.desk.scenario_desk import busy, client_of
from tests.desk.test_accounts import page as shown_page
from tests.invoicing.scenario_invoicing import charge, issue
from tests.payments.scenario_money import paid
from tests.scenario import Office, account, open_office

DOORS = (exporting, importing)
"""The site's own actions, which are registered when their modules are imported."""
ACTIONS = {name: run for name, run in REGISTRY.items() if run.__module__.startswith("duly.")}
ROUTES = [(route, rule) for route, view in all_routes(urlpatterns) for rule in rules_of(view)]
PROTECTED = [(route, rule) for route, rule in ROUTES if rule.right not in (ANYONE, SIGNED_IN)]
BEFORE_SIGN_IN = {"sign-in", "sign-out", "desk", "calendar"}
GATED = {right for _, rights in GATES.values() for right in rights}
TODAY = date(2026, 2, 3)

# Where the things of another office are found, by the first word of the address and the name of the parameter.
THINGS = {
    ("accounts", "number"): "select number from receivables_account where entity_id = %s",
    ("agreements", "number"): "select number from commercial_agreement where entity_id = %s",
    ("invoices", "number"): "select number from receivables_number where entity_id = %s and number like 'INV%%'",
    ("refunds", "number"): "select number from receivables_number where entity_id = %s and number like 'RF%%'",
    ("refunds", "file_id"): "select id from payments_refund_file where entity_id = %s",
    ("settings", "item_id"): "select id from catalog_item where entity_id = %s",
    ("settings", "period_id"): "select id from ledger_period where entity_id = %s",
    ("settings", "waiver_id"): "select id from access_waiver where entity_id = %s",
    ("imports", "batch_id"): "select id from access_import_batch where entity_id = %s",
    ("charges", "charge_id"): "select id from invoicing_charge where entity_id = %s",
    ("runs", "run_id"): "select id from invoicing_run where entity_id = %s",
    ("match", "line_id"): "select id from banking_line where entity_id = %s",
    ("payments", "receipt_id"): "select id from payments_receipt where entity_id = %s",
    ("payments", "bank_id"): "select id from banking_account where entity_id = %s",
    ("payments", "statement_id"): "select id from banking_statement where entity_id = %s",
    ("payments", "file_id"): "select id from banking_file where entity_id = %s",
    ("queue", "work_id"): "select id from office_work where entity_id = %s",
    ("discrepancies", "case_id"): "select id from matching_case where entity_id = %s",
    ("discrepancies", "allowance_id"): "select id from matching_allowance where entity_id = %s",
    ("write-offs", "write_off_id"): "select id from receivables_write_off where entity_id = %s",
    ("bank-details", "change_id"): "select id from parties_bank_change where entity_id = %s",
    ("reports", "schedule_id"): "select id from reports_schedule where entity_id = %s",
    ("reports", "account_id"): "select id from receivables_account where entity_id = %s",
    ("collections", "number"): "select number from receivables_account where entity_id = %s",
    ("collections", "run_id"): "select id from collections_run where entity_id = %s",
    ("approvals", "proposal_id"): "select id from access_proposal where entity_id = %s",
    ("undo", "event_id"): "select id from events_event where entity_id = %s and undo is not null",
}
NO_THING = {
    "line", "year", "month", "week", "name", "kind", "token", "subject", "segment", "law_id",
}  # fmt: skip
"""Parameters that name no thing of an entity (or a token nobody can guess)."""
UNKNOWN = {"int": "987654321", "str": "no-such-thing", "slug": "no-such-thing", "path": "no-such-thing"}


def level_of(role: str, right: str) -> str:
    """How a shipped role holds a right: do, approve, propose or nothing."""
    return levels_of(role).get(right, "")


def outcome(run: Callable[..., Any], by: Actor) -> str:
    """What becomes of an action that this person calls without any argument: the right is asked before all else."""
    try:
        with transaction.atomic():
            run(by=by)
    except Proposed:
        return "proposed"
    except NotAllowed as refusal:
        return refusal.code
    except (Refused, TypeError, ValueError):
        return "let in"
    return "let in"


@pytest.fixture
def asks() -> Iterator[list[str]]:
    """Keep what would be proposed as its name only: here the arguments are missing."""
    asked: list[str] = []

    def note(found: Asked) -> Proposed:
        asked.append(found.run.action_name)  # type: ignore[attr-defined]
        return Proposed("access.proposed", proposal=None, who=[], summary="")

    propose_with(note)
    yield asked
    propose_with(keep_proposal)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_asks_for_a_right_that_some_role_holds(name: str) -> None:
    right = ACTIONS[name].right  # type: ignore[attr-defined]

    assert right in ALL_RIGHTS
    assert any(level_of(role, right) in ("do", "approve") for role in ROLES)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_the_arguments_of_every_action_have_types_a_proposal_can_read(name: str) -> None:
    run: Any = ACTIONS[name]

    assert "by" in hints_of(run.__wrapped__)


@pytest.mark.parametrize("role", ROLES)
def test_every_action_lets_a_role_do_ask_or_neither(office: Office, asks: list[str], role: str) -> None:
    actor = getattr(office, role)
    wrong = {}

    for name, run in ACTIONS.items():
        level = level_of(role, run.right)  # type: ignore[attr-defined]
        became = outcome(run, actor)
        may_ask = "proposed" if run.proposable else "access.needs_approval"  # type: ignore[attr-defined]
        wanted = {"do": "let in", "approve": may_ask, "propose": may_ask, "": "access.right_missing"}[level]
        if became != wanted:
            wrong[name] = (became, wanted)

    assert wrong == {}


def test_every_action_behind_a_gate_is_only_asked_for_by_a_trainee(office: Office, asks: list[str]) -> None:
    trainee, wrong = trainee_of(office), []

    for name, run in ACTIONS.items():
        if run.right in GATED and level_of("specialist", run.right) == "do":  # type: ignore[attr-defined]
            may_ask = "proposed" if run.proposable else "access.gate_missing"  # type: ignore[attr-defined]
            wrong += [name] if outcome(run, trainee) != may_ask else []

    assert wrong == []
    assert asks


def test_what_a_proposal_cannot_be_made_of_is_refused_and_not_lost(office: Office) -> None:
    """A right that only looks or works on one's own queue never waits for anybody."""
    keeper = Actor(office.entity_id, office.specialist.user_id, "X", frozenset(), proposes=PURE_RIGHTS)

    with pytest.raises(NotAllowed, match="needs_approval"):
        ACTIONS["exports.run"](by=keeper)


# ---- over the limit: one story for each limited right -------------------------------------------------------------


def over_credit(office: Office) -> Callable[[Actor], object]:
    ann = account(office)
    charge(office, ann, 900_00)
    [invoice] = issue(office, ann).document_ids
    return lambda by: credit_invoice(invoice, reason="too much", today=TODAY, by=by)


def over_reversal(office: Office) -> Callable[[Actor], object]:
    receipt_id = paid(office, account(office), 5_000_01)
    return lambda by: reverse([receipt_id], reason="wrong account", today=TODAY, by=by)


OVER: dict[str, Callable[[Office], Callable[[Actor], object]]] = {
    "invoices.credit": over_credit,
    "receipts.reverse": over_reversal,
}


@pytest.mark.parametrize("right", sorted(OVER))
def test_over_the_limit_the_whole_act_waits_and_then_happens_once(office: Office, right: str) -> None:
    do = OVER[right](office)

    with pytest.raises(Proposed):
        do(office.specialist)
    [asked] = proposals(office.entity_id)
    before = balance_minor(office.entity_id, asked.account_id or 0, date(2100, 1, 1))
    accept_proposal(asked.id, by=office.coordinator)

    assert asked.right_name == right
    assert balance_minor(office.entity_id, asked.account_id or 0, date(2100, 1, 1)) != before
    assert proposals(office.entity_id) == []


@pytest.mark.parametrize("right", sorted({right for rights in ROLE_LIMITS_MAJOR.values() for right in rights}))
def test_every_limited_right_is_stopped_at_its_limit(office: Office, right: str) -> None:
    role = next(role for role in ROLES if right in ROLE_LIMITS_MAJOR.get(role, {}))
    actor: Actor = getattr(office, role)
    limit = ROLE_LIMITS_MAJOR[role][right] * 100

    actor.require_within_limit(right, limit, "EUR")
    with pytest.raises(BeyondRight):
        actor.require_within_limit(right, limit + 1, "EUR")
    with pytest.raises(BeyondRight):
        actor.require_within_limit(right, 1, "USD")


# ---- addresses ---------------------------------------------------------------------------------------------------


def test_every_address_declares_the_right_it_asks_for() -> None:
    bare = [route for route, view in all_routes(urlpatterns) if route and not rules_of(view)]
    unknown = {rule.right for _, rule in PROTECTED} - ALL_RIGHTS
    open_to_all = {route.partition("/")[0] for route, rule in ROUTES if rule.right == ANYONE}

    assert bare == []
    assert unknown == set()
    assert open_to_all <= BEFORE_SIGN_IN


def filled(route: str, entity_id: int | None = None) -> str:
    """The address with its parameters filled: with things of that entity where it has any, else with unknown ones."""
    area = route.partition("/")[0]

    def value(found: re.Match[str]) -> str:
        kind, name = found.group(1) or "str", found.group(2)
        statement = THINGS.get((area, name))
        if statement is not None and entity_id is not None:
            with connection.cursor() as cursor:
                cursor.execute(f"{statement} limit 1", [entity_id])
                row = cursor.fetchone()
            return str(row[0]) if row else UNKNOWN[kind]
        return {"year": "2026", "month": "1", "week": "20260105", "line": "1"}.get(name, UNKNOWN[kind])

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, route)


def status(client: Client, method: str, path: str) -> int:
    """What an address answers; whatever it did is taken back."""
    with transaction.atomic():
        answer = client.generic(method, path, "", content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.parametrize("role", ROLES)
def test_every_address_lets_in_who_may_and_nobody_else(office: Office, role: str) -> None:
    actor: Actor = getattr(office, role)
    client, wrong = client_of(actor), {}

    for route, rule in PROTECTED:
        if actor.may(rule.right):
            continue
        for method in rule.methods:
            got = status(client, method, filled(route))
            if got != 403:
                wrong[f"{method} {route}"] = got

    assert wrong == {}


@pytest.mark.parametrize("role", ["specialist", "coordinator", "accountant", "owner"])
def test_every_page_without_parameters_opens_for_who_may(office: Office, role: str) -> None:
    actor: Actor = getattr(office, role)
    client, wrong = client_of(actor), {}

    for route, rule in PROTECTED:
        if "GET" in rule.methods and "<" not in route and actor.may(rule.right):
            got = status(client, "GET", "/" + route)
            if got not in (200, 303):
                wrong[route] = got

    assert wrong == {}


def test_nobody_gets_in_without_a_session() -> None:
    client = Client()

    for route, rule in PROTECTED:
        for method in rule.methods:
            answer = client.generic(method, filled(route))
            assert answer.status_code == 303, route
            assert answer.headers["Location"].startswith("/sign-in"), route


def test_the_things_of_another_entity_are_not_there(office: Office) -> None:
    other = busy(open_office())
    wrong = {}

    for route, rule in PROTECTED:
        named = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if not set(named) - NO_THING:
            continue
        actor = next(getattr(office, role) for role in ROLES if getattr(office, role).may(rule.right))
        for method in rule.methods:
            got = status(client_of(actor), method, filled(route, other.office.entity_id))
            unknown = status(client_of(actor), method, filled(route))
            # A form that cannot be read is refused before anything is looked up, a guarded change that finds no row
            # says so; neither may tell another entity's thing from one that never was.
            if got != unknown or got not in ({404} if method == "GET" else {404, 409, 422}):
                wrong[f"{method} {route}"] = got

    assert wrong == {}


def test_a_new_parameter_says_what_it_names() -> None:
    """So that the test above looks for real things of another entity; an id it does not know is tried as unknown."""
    named = {
        (route.partition("/")[0], name)
        for route, _ in PROTECTED
        for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", route)
        if name not in NO_THING and kind != "int"
    }

    assert named - set(THINGS) == set()


def test_a_trainee_sees_the_screens_of_the_role(office: Office) -> None:
    user_id = create_user(f"new{office.entity_id}@example.com", "Newcomer")
    grant_role(user_id, "specialist", is_trainee=True, by=office.system)
    client = client_of(actor_of(user_id, office.entity_id))

    assert "New invoice" in shown_page(client, "/invoices")
