"""What people do with picked work: start, take, hand over, pend, finish. What somebody changed meanwhile is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.access.queries import actors
from duly.desk.queries.work import href_of
from duly.desk.web.acting import acted, day_of
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import back_path, page, see_other
from duly.desk.web.render import render
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, Refused
from duly.office.actions import claim, drop, finish, hand_over, pend
from duly.office.models import Pick, Work, WorkStep
from duly.office.queries import steps_of, work, works
from duly.office.queries.people import people
from duly.office.queries.policy import policies
from duly.office.queries.queue import business_day
from duly.office.rules import KINDS, may_work

MOST_SHOWN = 50
TITLES = {"pend": "Pend", "hand-over": "Hand over"}


def picks_of(request: HttpRequest) -> list[Pick]:
    """Read the picked work: each is its id and the version that was seen, 12:3."""
    found = []
    for text in request.POST.getlist("pick"):
        work_id, _, version = text.partition(":")
        if not (work_id.isascii() and work_id.isdigit() and version.isascii() and version.isdigit()):
            raise BadInput("work.pick_unclear", pick=text[:40])
        found.append(Pick(int(work_id), int(version)))
    if not found:
        raise BadInput("work.pick_some")
    return found


def doing(request: HttpRequest, act: Callable[[list[Pick]], str], *, to: str = "") -> HttpResponseBase:
    """Do an act on the picked work and go on; where somebody changed it meanwhile, show both versions instead."""
    picks = picks_of(request)
    try:
        said = act(picks)
    except Refused as refusal:
        if refusal.code != "work.changed_meanwhile":
            raise
        return stale_page(request, picks)
    return acted(request, to or back_path(request, otherwise="/queue"), said)


def stale_page(request: HttpRequest, picks: Sequence[Pick]) -> HttpResponseBase:
    """Show what was seen beside what stands there now; nothing was done. The act can be repeated on what is now."""
    actor = signed_in(request)
    current = {one.id: one for one in works(actor.entity_id, [pick.id for pick in picks])}
    both: list[tuple[WorkStep | None, Work, WorkStep | None]] = []
    for pick in picks:
        one = current.get(pick.id)
        if one is not None and one.version != pick.version:
            seen = steps_of(actor.entity_id, one.id, version=pick.version, limit=1)
            last = steps_of(actor.entity_id, one.id, limit=1)
            both.append((seen[0] if seen else None, one, last[0] if last else None))
    skipped = ("csrfmiddlewaretoken", "pick")
    live = [one for one in current.values() if one.state in ("open", "claimed", "pended")]
    context = {
        "both": both[:MOST_SHOWN],
        "kinds": KINDS,
        "kept": [(name, value) for name, values in request.POST.lists() for value in values if name not in skipped],
        "picks": [f"{one.id}:{one.version}" for one in live],
        "action": request.path,
        "back": back_path(request, otherwise="/queue"),
    }
    return render(request, "work/stale.html", context, status=409)


@page("POST", right="work.do")
def start(request: HttpRequest, work_id: int) -> HttpResponseBase:
    """Take work into one's hands and go where its next act is done."""
    actor = signed_in(request)
    picks = [pick for pick in picks_of(request) if pick.id == work_id]
    if not picks:
        raise BadInput("work.pick_some")
    try:
        claim(picks, today=day_of(actor), by=actor)
    except Refused as refusal:
        if refusal.code != "work.changed_meanwhile":
            raise
        return stale_page(request, picks)
    return see_other(href_of(work(actor.entity_id, work_id)))


@page("POST", right="work.do")
def claim_work(request: HttpRequest) -> HttpResponseBase:
    """Take the picked work."""
    actor = signed_in(request)

    def act(picks: list[Pick]) -> str:
        claim(picks, today=day_of(actor), by=actor)
        return f"{counted(picks)} in your hands."

    return doing(request, act)


@page("POST", right="work.do")
def hand_over_work(request: HttpRequest) -> HttpResponseBase:
    """Give the picked work to a person, with a note; to nobody puts it back for everybody."""
    actor = signed_in(request)
    form = Form(request, actor)
    to_id = form.whole_number("to", "Person")
    note = form.text("note", "Note", required=False)
    if form.wrong:
        return choose_page(request, form, "hand-over", status=422)

    def act(picks: list[Pick]) -> str:
        name = hand_over(picks, to_id or None, note, today=day_of(actor), by=actor)
        return f"{counted(picks)} handed to {name}."

    return doing(request, act)


@page("POST", right="work.do")
def pend_work(request: HttpRequest) -> HttpResponseBase:
    """Put the picked work off until a day; it then comes back."""
    actor = signed_in(request)
    form = Form(request, actor)
    return_on = form.day("return_on", "Comes back on")
    reason = form.text("reason", "What it waits for")
    if form.wrong:
        return choose_page(request, form, "pend", status=422)

    def act(picks: list[Pick]) -> str:
        pend(picks, return_on, reason, today=day_of(actor), by=actor)
        return f"{counted(picks)} pended until {return_on.isoformat()}."

    return doing(request, act)


@page("POST", right="work.do")
def finish_work(request: HttpRequest) -> HttpResponseBase:
    """Say that the picked work is done."""
    actor = signed_in(request)
    outcome = Form(request, actor).text("outcome", "Outcome", required=False)

    def act(picks: list[Pick]) -> str:
        finish(picks, outcome, today=day_of(actor), by=actor)
        return f"{counted(picks)} done."

    return doing(request, act, to="/queue")


@page("POST", right="work.do")
def drop_work(request: HttpRequest) -> HttpResponseBase:
    """Drop work made by hand."""
    actor = signed_in(request)
    reason = Form(request, actor).text("reason", "Reason", required=False)

    def act(picks: list[Pick]) -> str:
        drop(picks, reason, today=day_of(actor), by=actor)
        return f"{counted(picks)} dropped."

    return doing(request, act, to="/queue")


@page("POST", right="work.do")
def choose(request: HttpRequest) -> HttpResponseBase:
    """Ask for the day or the person of an act on the ticked work."""
    actor = signed_in(request)
    verb = request.POST.get("verb", "")
    if verb not in TITLES:
        raise BadInput("work.pick_some")
    return choose_page(request, Form(None, actor), verb)


def choose_page(request: HttpRequest, form: Form, verb: str, *, status: int = 200) -> HttpResponseBase:
    actor = signed_in(request)
    today = day_of(actor)
    picks = picks_of(request)
    found = works(actor.entity_id, [pick.id for pick in picks])
    known = policies(actor.entity_id)
    kinds = {one.kind for one in found}
    days = min((known[kind].pend_days for kind in kinds), default=3)
    context = {
        "form": form,
        "verb": verb,
        "title": TITLES[verb],
        "works": found[:MOST_SHOWN],
        "more": len(found) - MOST_SHOWN,
        "picks": [f"{pick.id}:{pick.version}" for pick in picks],
        "kinds": KINDS,
        "people": able_to(actor, kinds, today),
        "pend_on": business_day(actor.entity_id, today, days),
        "back": back_path(request, otherwise="/queue"),
    }
    return render(request, "work/choose.html", context, status=status)


def able_to(actor: Actor, kinds: set[str], today: date) -> list[tuple[str, str]]:
    """Return who may do all of these kinds, as choices; first of all nobody, which is everybody."""
    staff = {person.user_id for person in people(actor.entity_id, today)}
    able: list[tuple[str, Any]] = [
        (str(one.user_id), one.name)
        for one in actors(actor.entity_id, today)
        if one.user_id in staff and all(may_work(one, KINDS[kind]) for kind in kinds)
    ]
    return [*able, ("0", "Nobody: back for everybody")]


def counted(picks: Sequence[Pick]) -> str:
    """Say how much was picked."""
    return "One piece of work" if len(picks) == 1 else f"{len(picks)} pieces of work"
