"""The forms of one account: a contact, a promise, a dispute, a plan, a stop, an agency."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase

from duly.collections.actions.agencies import hand_over
from duly.collections.actions.contacts import NewContact, log_contact, place_stop
from duly.collections.actions.disputes import NewDispute, open_dispute
from duly.collections.actions.plans import NewPlan, make_plan
from duly.collections.actions.promises import NewPromise, make_promise
from duly.collections.actions.standing import refresh_board
from duly.collections.queries.policies import agencies
from duly.collections.rules.plans import monthly, weekly
from duly.desk.pages.collections.board import gate_now
from duly.desk.pages.collections.words import CHANNELS, OUTCOMES, STOP_KINDS
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.errors import confirmed
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel import clock
from duly.kernel.actor import Actor
from duly.parties.queries import party
from duly.receivables.models import Account
from duly.receivables.queries import account_by_number, items_of_account

RHYTHMS = {"month": "every month", "two_weeks": "every two weeks", "week": "every week"}
DIRECTIONS = {"out": "We reached out", "in": "They did"}


def at(number: str) -> str:
    """Return the address of an account in collections."""
    return f"/collections/accounts/{number}"


def asked(request: HttpRequest, number: str, what: str, form: Form, **more: Any) -> HttpResponseBase:
    """Show one of the forms, with what was typed and what was wrong."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    context = {"form": form, "account": found, "at": at(number), "today": day_of(actor), **more}
    return render(request, f"collections/{what}.html", context, status=422 if form.wrong else 200)


def told(request: HttpRequest, actor: Actor, found: Account, say: str) -> HttpResponseBase:
    """Answer an act of the account, with its place on the board renewed."""
    answer = acted(request, at(found.number), say)
    refresh_board(day_of(actor), by=actor, account_ids=[found.id])
    return answer


def open_items(actor: Actor, found: Account) -> list[Any]:
    """Return what the account owes now, oldest first."""
    return [item for item in items_of_account(actor.entity_id, found.id) if item.open_minor > 0]


@page("GET", right="contacts.log")
def ask_contact(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask how a contact went."""
    actor = signed_in(request)
    return _contact(request, number, Form(None, actor, begin_with={"channel": "call", "direction": "out"}))


def _contact(request: HttpRequest, number: str, form: Form) -> HttpResponseBase:
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    gate = gate_now(actor, party(actor.entity_id, found.party_id), found.id)
    return asked(
        request, number, "contact", form, channels=CHANNELS, outcomes=OUTCOMES, directions=DIRECTIONS, gate=gate
    )


@page("POST", right="contacts.log")
def contact(request: HttpRequest, number: str) -> HttpResponseBase:
    """Keep a contact in the log; one the rules did not allow asks once whether it took place."""
    actor = signed_in(request)
    form, found = Form(request, actor), account_by_number(actor.entity_id, number)
    made = NewContact(
        found.id,
        form.choice("channel", "By", CHANNELS),
        form.choice("outcome", "How it went", OUTCOMES),
        form.text("note", "What was said", required=False, at_most=2000),
        form.choice("direction", "Who", DIRECTIONS),
        at=_moment(form, actor),
    )
    if not form.wrong:
        with refusals_in(form, actor):
            log_contact(made, sure=confirmed(request), by=actor)
    if form.wrong:
        return _contact(request, number, form)
    return told(request, actor, found, "The contact is in the log.")


def _moment(form: Form, actor: Actor) -> datetime | None:
    day, hour = form.day_or_none("on", "On"), form.typed("hour").strip()
    if day is None or not hour:
        return None
    try:
        hours, minutes = (int(part) for part in hour.split(":"))
        return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=ZoneInfo(actor.zone))
    except ValueError:
        form.blame("hour", "At", "Write the time like 14:30")
        return clock.now()


@page("GET", right="promises.make")
def ask_promise(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask what was promised."""
    actor = signed_in(request)
    begin = {"promised_on": day_of(actor) + timedelta(days=7)}
    return asked(request, number, "promise", Form(None, actor, begin_with=begin))


@page("POST", right="promises.make")
def promise(request: HttpRequest, number: str) -> HttpResponseBase:
    """Note a promise."""
    actor = signed_in(request)
    form, found = Form(request, actor), account_by_number(actor.entity_id, number)
    wanted = NewPromise(
        found.id,
        form.money("amount", "Amount", currency=found.currency, at_least=1),
        form.day("promised_on", "By"),
        form.text("made_with", "Who promised", required=False),
        form.text("note", "Note", required=False),
    )
    return saved(
        request,
        actor,
        found,
        form,
        Step(
            "promise",
            lambda: make_promise(wanted, today=day_of(actor), by=actor),
            "The promise is noted; nobody reminds them until then.",
        ),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What a form is there for: its name, the act, what to say when it is done, and what the form shows."""

    what: str
    act: Callable[[], object]
    say: str
    more: dict[str, Any] = field(default_factory=dict)


def saved(request: HttpRequest, actor: Actor, found: Account, form: Form, step: Step) -> HttpResponseBase:
    """Do the act of a form that was read well, else show the form again."""
    if not form.wrong:
        with refusals_in(form, actor):
            step.act()
    if form.wrong:
        return asked(request, found.number, step.what, form, **step.more)
    return told(request, actor, found, step.say)


@page("GET", right="disputes.edit")
def ask_dispute(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask which part of which item is not agreed."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    begin = {"due_on": day_of(actor) + timedelta(days=14)}
    return asked(request, number, "dispute", Form(None, actor, begin_with=begin), items=open_items(actor, found))


@page("POST", right="disputes.edit")
def dispute(request: HttpRequest, number: str) -> HttpResponseBase:
    """Open a dispute."""
    actor = signed_in(request)
    form, found = Form(request, actor), account_by_number(actor.entity_id, number)
    items = open_items(actor, found)
    item = next((each for each in items if str(each.id) == form.typed("item")), None)
    if item is None:
        form.blame("item", "Item", "Choose the item it is about")
    line = form.whole_number("line", "Line", at_most=9999) if form.typed("line") else None
    wanted = NewDispute(
        item.id if item else 0,
        form.money("amount", "Amount", currency=item.currency if item else found.currency, at_least=1),
        form.text("reason", "What is not agreed"),
        form.day("due_on", "Answer by"),
        line,
        form.text("note", "Note", required=False),
    )
    say = "Disputed: this part rests, the rest goes on."
    return saved(
        request,
        actor,
        found,
        form,
        Step("dispute", lambda: open_dispute(wanted, today=day_of(actor), by=actor), say, {"items": items}),
    )


@page("GET", right="plans.make")
def ask_plan(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask for the items and the rhythm of a plan."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    begin = {"first_on": day_of(actor) + timedelta(days=14), "count": 3, "rhythm": "month"}
    return asked(
        request, number, "plan", Form(None, actor, begin_with=begin), items=open_items(actor, found), rhythms=RHYTHMS
    )


@page("POST", right="plans.make")
def plan(request: HttpRequest, number: str) -> HttpResponseBase:
    """Make a payment plan of equal instalments."""
    actor = signed_in(request)
    form, found = Form(request, actor), account_by_number(actor.entity_id, number)
    items, picked = open_items(actor, found), set(form.ids())
    chosen = [item for item in items if item.id in picked]
    if not chosen:
        form.blame("count", "Instalments", "Tick the items that are to be paid in instalments")
    count, first_on = (
        form.whole_number("count", "Instalments", at_least=1, at_most=60),
        form.day("first_on", "First on"),
    )
    rhythm = form.choice("rhythm", "Then", RHYTHMS)
    total = sum(item.open_minor for item in chosen)
    note = form.text("note", "Note", required=False)
    dated: list[Any] = []
    if not form.wrong:
        weeks = {"week": 1, "two_weeks": 2}.get(rhythm)
        dated = monthly(total, count, first_on) if weeks is None else weekly(total, count, first_on, weeks=weeks)
    wanted = NewPlan(
        found.id, [item.id for item in chosen], [day for day, _ in dated], [minor for _, minor in dated], note=note
    )
    say = "The plan stands; nobody reminds them of these items while it is kept."
    return saved(
        request,
        actor,
        found,
        form,
        Step(
            "plan", lambda: make_plan(wanted, today=day_of(actor), by=actor), say, {"items": items, "rhythms": RHYTHMS}
        ),
    )


@page("GET", right="collections.stop")
def ask_stop(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask why nobody is to chase them."""
    return asked(request, number, "stop", Form(None, signed_in(request)), kinds=STOP_KINDS, channels=CHANNELS)


@page("POST", right="collections.stop")
def stop(request: HttpRequest, number: str) -> HttpResponseBase:
    """Put the account's customer on the stop list."""
    actor = signed_in(request)
    form, found = Form(request, actor), account_by_number(actor.entity_id, number)
    kind, reason = form.choice("kind", "Why", STOP_KINDS), form.text("reason", "In a sentence")
    until_on = form.day_or_none("until_on", "Until")
    channels = [each for each in form.picked("channel") if each in CHANNELS]

    def act() -> None:
        place_stop(found.party_id, kind, reason, channels=channels, until_on=until_on, by=actor)

    say = f"{found.name} is on the stop list."
    return saved(request, actor, found, form, Step("stop", act, say, {"kinds": STOP_KINDS, "channels": CHANNELS}))


@page("GET", right="books.view")
def ask_agency(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask which agency is to have the account."""
    actor = signed_in(request)
    return asked(request, number, "agency", Form(None, actor), agencies=_agencies(actor))


def _agencies(actor: Actor) -> list[tuple[int, str]]:
    return sorted({(each.id, each.name) for each in agencies(actor.entity_id)})


@page("POST", right="books.view")
def agency(request: HttpRequest, number: str) -> HttpResponseBase:
    """Hand the account over; without the right it becomes a proposal."""
    actor = signed_in(request)
    form, found = Form(request, actor), account_by_number(actor.entity_id, number)
    known = _agencies(actor)
    chosen = form.choice("agency", "Agency", [str(key) for key, _ in known])
    reason = form.text("reason", "Why")

    def act() -> None:
        hand_over([found.id], int(chosen), reason=reason, today=day_of(actor), by=actor)

    say = "Handed over; the file leaves in a minute."
    return saved(request, actor, found, form, Step("agency", act, say, {"agencies": known}))
