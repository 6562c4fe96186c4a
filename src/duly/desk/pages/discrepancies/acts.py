"""What is done about a case, each a form of its own and one step to undo."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponseBase, QueryDict

from duly.desk.web.acting import acted, day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text, parse_date
from duly.desk.web.page import page
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, Refused
from duly.matching.actions import Decision, Part, assign, resolve, sweep, unresolve
from duly.matching.actions.analyse import explained
from duly.matching.actions.resolve import decision_of
from duly.matching.models import Case
from duly.matching.queries.cases import Sought, case, cases


def number(request: HttpRequest, name: str) -> int:
    """Read an id or version that the page itself put into the form."""
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdigit()):
        raise BadInput("desk.nothing_chosen", remedy="Open the difference again")
    return int(text)


def said(found: Case, actor: Actor) -> str:
    """Name a case for a message."""
    return f"{money_text(found.amount_minor, found.currency, actor.language)} of {found.account_name or 'the bank'}"


def next_path(request: HttpRequest, actor: Actor, done: Case) -> str:
    """Return the list with the case that follows this one."""
    view = QueryDict(request.POST.get("view", "").lstrip("?"))
    query = f"?{view.urlencode()}" if view else ""
    if view.get("show") == "done":
        return f"/discrepancies{query}"
    following = cases(actor.entity_id, Sought(kind=view.get("kind") or None), after=(done.due_on, done.id), limit=2)
    left = [row.id for row in following if row.id != done.id]
    return f"/discrepancies/{left[0]}{query}" if left else f"/discrepancies{query}"


@page("POST", right="discrepancies.resolve")
def pick(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """Settle a case by the explanation picked."""
    actor = signed_in(request)
    found = case(actor.entity_id, case_id)
    cause = request.POST.get("cause", "")
    chosen = next((each for each in explained(actor.entity_id, case_id) if each.cause == cause), None)
    if chosen is None:
        raise Refused("discrepancies.cause_gone", case=case_id)
    to = next_path(request, actor, found)
    note = request.POST.get("note", "").strip()[:500]
    decided = Decision(decision_of(chosen).parts, note)
    outcome = resolve(case_id, decided, version=number(request, "version"), today=day_of(actor), by=actor)
    word = {"resolved": "settled", "dropped": "left as it is", "open": "waiting"}[outcome]
    return acted(request, to, f"{said(found, actor)}: {word}.")


@page("POST", right="discrepancies.resolve")
def ask(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """Note that the customer was asked; the case comes back in a week."""
    return set_waiting(request, case_id, "ask", "waits for the customer")


@page("POST", right="discrepancies.resolve")
def wait(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """Put a case off until a day."""
    return set_waiting(request, case_id, "wait", "comes back on its day")


def set_waiting(request: HttpRequest, case_id: int, resolution: str, words: str) -> HttpResponseBase:
    actor = signed_in(request)
    found = case(actor.entity_id, case_id)
    to = next_path(request, actor, found)
    part = Part(found.likely or "unknown", resolution, found.amount_minor)
    if "+" in part.cause:
        part = Part("unknown", resolution, found.amount_minor)
    decided = Decision((part,), request.POST.get("note", "").strip()[:500], back_on(request, actor))
    resolve(case_id, decided, version=number(request, "version"), today=day_of(actor), by=actor)
    return acted(request, to, f"{said(found, actor)} {words}.")


def back_on(request: HttpRequest, actor: Actor) -> date | None:
    """Read the day on which a case comes back; none is the usual one."""
    text = request.POST.get("back_on", "").strip()
    if not text:
        return None
    try:
        return parse_date(text, actor.language)
    except ValueError as error:
        raise BadInput("reports.parameter_unreadable", problem=str(error)) from error


@page("POST", right="discrepancies.resolve")
def take_back(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """Take back how a case was settled."""
    actor = signed_in(request)
    found = case(actor.entity_id, case_id)
    unresolve(case_id, today=day_of(actor), by=actor)
    return acted(request, f"/discrepancies/{case_id}", f"{said(found, actor)} is open again.")


@page("POST", right="discrepancies.resolve")
def look(request: HttpRequest) -> HttpResponseBase:
    """Look for differences in the whole office now."""
    actor = signed_in(request)
    swept = sweep(today=day_of(actor), by=actor)
    told = f"Looked at everything: {swept.opened + swept.reopened} new, {swept.gone} gone."
    return acted(request, "/discrepancies", told)


@page("POST", right="discrepancies.resolve")
def hand_over(request: HttpRequest) -> HttpResponseBase:
    """Give cases to a person: those ticked, or the one in hand."""
    actor = signed_in(request)
    ids = [int(each) for each in request.POST.getlist("pick") if each.isascii() and each.isdigit()]
    if not ids:
        raise BadInput("desk.nothing_chosen", remedy="Tick at least one difference")
    given = assign(ids, number(request, "owner"), by=actor)
    view = request.POST.get("view", "")
    to = f"/discrepancies{view}" if view.startswith("?") else "/discrepancies"
    return acted(request, to, f"{given} difference{'' if given == 1 else 's'} handed over.")
