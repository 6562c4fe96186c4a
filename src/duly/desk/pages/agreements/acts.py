"""What is changed on an agreement: a line from a day on, a new line, pauses, the end, milestones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from duly.commercial.actions import amend, end, pause, reach_milestones, resume
from duly.commercial.actions.preview import next_bills
from duly.commercial.models import Amendment
from duly.commercial.queries import Agreement, TermVersion, agreement
from duly.desk.pages.agreements.agreement import MODELS, plain, price_text
from duly.desk.pages.agreements.lines import (
    AGGREGATES,
    OFFERED,
    TIERED,
    number,
    read_term,
    read_tiers,
    tiers_of,
    tiers_text,
)
from duly.desk.queries.agreements import Effect, current_terms, effects
from duly.desk.queries.settings import item_choices
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound

RIGHT = "agreements.edit"
BILLS = 12


@dataclass(frozen=True, slots=True)
class Here:
    """The agreement a page is about, who looks, and the office's day."""

    actor: Actor
    found: Agreement
    today: date

    @property
    def at(self) -> str:
        """The agreement's address."""
        return f"/agreements/{self.found.facts.number}"


def here(request: HttpRequest, agreed: str) -> Here:
    """Find the agreement by its number."""
    actor = signed_in(request)
    today = day_of(actor)
    return Here(actor, agreement(actor.entity_id, today=today, number=agreed), today)


def effect_of(where: Here, change: Callable[[Actor], object]) -> list[Effect]:
    """Make the change, look at the next bills, and take everything back: what the person sees before saving."""
    which = (where.actor.entity_id, where.found.facts.id)
    before = next_bills(*which, today=where.today, bills=BILLS)
    with transaction.atomic():
        change(where.actor.trying())
        after = next_bills(*which, today=where.today, bills=BILLS)
        transaction.set_rollback(True)
    return effects(before, after)


def line_of(where: Here, line: int) -> TermVersion:
    """Return the version of a line that holds now."""
    for term in current_terms(where.found.terms, where.today):
        if term.line == line:
            return term
    raise NotFound("agreement.line_unknown", line=line)


@page("GET", right=RIGHT)
def show_change(request: HttpRequest, number: str, line: int) -> HttpResponseBase:
    """Ask what of a line changes, from when."""
    where = here(request, number)
    term = line_of(where, line)
    language = where.actor.language
    begin = {"from_on": where.today.replace(day=1), "quantity": plain(term.quantity, language)}
    if term.unit_price is not None:
        begin["unit_price"] = plain(term.unit_price, language)
    if term.percentage is not None:
        begin["percentage"] = plain(term.percentage, language)
    begin["tiers"] = tiers_text(term, language)
    return ask_change(request, where, term, Form(request, where.actor, begin_with=begin))


def ask_change(
    request: HttpRequest,
    where: Here,
    term: TermVersion,
    form: Form,
    shown: list[Effect] | None = None,
    *,
    status: int = 200,
) -> HttpResponseBase:
    context = {
        "a": where.found.facts,
        "term": term,
        "form": form,
        "effects": shown,
        "price": price_text(term, where.found.facts.currency, where.actor.language),
        "model": MODELS[term.model],
        "tiered": term.model in TIERED,
        "at": f"{where.at}/lines/{term.line}",
        "up": where.at,
    }
    return render(request, "agreements/change.html", context, status=status)


def read_change(form: Form, where: Here, term: TermVersion) -> Amendment:
    """Read the change; what is as it was stays out of it."""
    wanted = Amendment(where.found.facts.id, form.day("from_on", "From"), line=term.line)
    if form.flag("ends"):
        return replace(wanted, ends=True)
    quantity, price = number(form, "quantity", "Quantity"), number(form, "unit_price", "Price")
    from_list = form.flag("price_from_list")
    changes: dict[str, Any] = {"price_from_list": from_list, "replace_later": form.flag("replace_later")}
    if quantity is not None and quantity != term.quantity:
        changes["quantity"] = quantity
    if price is not None and price != term.unit_price and not from_list:
        changes["unit_price"] = price
    changes |= changed_terms(form, term)
    if not changes.keys() - {"price_from_list", "replace_later"} and not from_list and not form.wrong:
        form.blame("quantity", "Quantity", "Nothing changes yet")
    return replace(wanted, **changes)


def changed_terms(form: Form, term: TermVersion) -> dict[str, Any]:
    """Read the percentage and the steps of a line that has them, where they differ."""
    changes: dict[str, Any] = {}
    if term.model == "percentage":
        percentage = number(form, "percentage", "Percentage")
        if percentage is not None and percentage != term.percentage:
            changes["percentage"] = percentage
    if term.model in TIERED:
        tiers = read_tiers(form, "tiers", required=True)
        if tiers and tiers != tiers_of(term):
            changes["tiers"] = tiers
    return changes


@page("POST", right=RIGHT)
def save_change(request: HttpRequest, number: str, line: int) -> HttpResponseBase:
    """Show the effect on the next bills, or make the change."""
    where = here(request, number)
    term = line_of(where, line)
    form = Form(request, where.actor)
    wanted = read_change(form, where, term)
    reason = form.text("reason", "Why", required=False, at_most=300)
    shown: list[Effect] | None = None
    if not form.wrong:
        with refusals_in(form, where.actor):
            if request.POST.get("step") == "preview":
                shown = effect_of(where, lambda by: amend([wanted], reason=reason, by=by))
            else:
                amend([wanted], reason=reason, by=where.actor)
    if form.wrong or shown is not None:
        return ask_change(request, where, term, form, shown, status=422 if form.wrong else 200)
    return acted(request, where.at, f"{term.item_name} changes from {wanted.from_on}.")


@page("GET", right=RIGHT)
def show_line(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask for a new line."""
    where = here(request, number)
    begin = {"from_on": where.today.replace(day=1), "model": "per_unit", "quantity": "1"}
    return ask_line(request, where, Form(request, where.actor, begin_with=begin))


def ask_line(
    request: HttpRequest, where: Here, form: Form, shown: list[Effect] | None = None, *, status: int = 200
) -> HttpResponseBase:
    context = {
        "a": where.found.facts,
        "form": form,
        "effects": shown,
        "items": item_choices(where.actor.entity_id),
        "models": list(OFFERED.items()),
        "aggregates": list(AGGREGATES.items()),
        "at": f"{where.at}/lines/new",
        "up": where.at,
    }
    return render(request, "agreements/line.html", context, status=status)


@page("POST", right=RIGHT)
def save_line(request: HttpRequest, number: str) -> HttpResponseBase:
    """Add a line from a day on, or show what it does to the next bills."""
    where = here(request, number)
    form = Form(request, where.actor)
    from_on = form.day("from_on", "From")
    term = read_term(form, "", [code for code, _ in item_choices(where.actor.entity_id)])
    if term is None:
        form.blame("item", "Item", "Choose what is sold")
    shown: list[Effect] | None = None
    if term is not None and not form.wrong:
        wanted = Amendment(where.found.facts.id, from_on, new_term=term)
        with refusals_in(form, where.actor):
            if request.POST.get("step") == "preview":
                shown = effect_of(where, lambda by: amend([wanted], by=by))
            else:
                amend([wanted], by=where.actor)
    if form.wrong or shown is not None:
        return ask_line(request, where, form, shown, status=422 if form.wrong else 200)
    return acted(request, where.at, f"A line is added from {from_on}.")


@dataclass(frozen=True, slots=True)
class Ask:
    """A small form about a day: its words and its fields (name, label, kind, whether needed, hint)."""

    title: str
    sub: str
    button: str
    fields: tuple[tuple[str, str, str, bool, str], ...]


PAUSE = Ask(
    "Pause",
    "Nothing is billed for the days of the pause; what was billed already for them is credited.",
    "Pause",
    (
        ("from_on", "From", "date", True, ""),
        ("until", "Billed again from", "date", False, "Empty: until somebody resumes it"),
        ("reason", "Why", "text", False, ""),
    ),
)
RESUME = Ask("Resume", "It is billed again from this day on.", "Resume", (("on_day", "From", "date", True, ""),))
END = Ask(
    "End",
    "What was billed beyond the end is credited with the next run.",
    "End the agreement",
    (
        ("ends_on", "First day no longer billed", "date", True, ""),
        ("reason", "Why", "text", False, ""),
    ),
)


def ask_day(request: HttpRequest, where: Here, asked: Ask, form: Form, status: int = 200) -> HttpResponseBase:
    context = {"a": where.found.facts, "asked": asked, "form": form, "up": where.at}
    return render(request, "agreements/day.html", context, status=status)


def show_day(request: HttpRequest, number: str, asked: Ask) -> HttpResponseBase:
    where = here(request, number)
    first = asked.fields[0][0]
    return ask_day(request, where, asked, Form(request, where.actor, begin_with={first: where.today}))


@page("GET", right=RIGHT)
def show_pause(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask from when until when it pauses."""
    return show_day(request, number, PAUSE)


@page("GET", right=RIGHT)
def show_resume(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask from when it is billed again."""
    return show_day(request, number, RESUME)


@page("GET", right=RIGHT)
def show_end(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask when it ends."""
    return show_day(request, number, END)


@page("POST", right=RIGHT)
def save_pause(request: HttpRequest, number: str) -> HttpResponseBase:
    """Pause the agreement."""
    where = here(request, number)
    form = Form(request, where.actor)
    from_on, until = form.day("from_on", "From"), form.day_or_none("until", "Billed again from")
    reason = form.text("reason", "Why", required=False)
    if not form.wrong:
        with refusals_in(form, where.actor):
            pause([where.found.facts.id], from_on=from_on, until=until, reason=reason, by=where.actor)
    if form.wrong:
        return ask_day(request, where, PAUSE, form, 422)
    return acted(request, where.at, f"Paused from {from_on}.")


@page("POST", right=RIGHT)
def save_resume(request: HttpRequest, number: str) -> HttpResponseBase:
    """Resume the agreement."""
    where = here(request, number)
    form = Form(request, where.actor)
    on_day = form.day("on_day", "From")
    if not form.wrong:
        with refusals_in(form, where.actor):
            resume([where.found.facts.id], on_day=on_day, by=where.actor)
    if form.wrong:
        return ask_day(request, where, RESUME, form, 422)
    return acted(request, where.at, f"Billed again from {on_day}.")


@page("POST", right=RIGHT)
def save_end(request: HttpRequest, number: str) -> HttpResponseBase:
    """End the agreement."""
    where = here(request, number)
    form = Form(request, where.actor)
    ends_on, reason = form.day("ends_on", "First day no longer billed"), form.text("reason", "Why", required=False)
    if not form.wrong:
        with refusals_in(form, where.actor):
            end([where.found.facts.id], ends_on=ends_on, reason=reason, by=where.actor)
    if form.wrong:
        return ask_day(request, where, END, form, 422)
    return acted(request, where.at, f"Ends on {ends_on}.")


@page("POST", right=RIGHT)
def reach(request: HttpRequest, number: str) -> HttpResponseBase:
    """Say that a milestone was reached: it is billed with the next run."""
    where = here(request, number)
    form = Form(request, where.actor)
    reached_on = form.day("reached_on", "Reached on", latest=where.today) if form.typed("reached_on") else where.today
    own = {str(milestone.id): milestone for milestone in where.found.milestones}
    chosen = request.POST.get("milestone", "")
    if chosen not in own:
        raise NotFound("agreement.milestone_unknown", milestone=chosen)
    reach_milestones([own[chosen].id], reached_on=reached_on, by=where.actor)
    return acted(request, where.at, f"“{own[chosen].name}” is reached. It is billed with the next run.")
