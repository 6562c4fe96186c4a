"""A new agreement: whose, from when, how often, and its lines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.commercial.actions import agree
from duly.commercial.models import NewAgreement, NewTerm
from duly.commercial.queries import agreement
from duly.desk.pages.agreements.lines import AGGREGATES, OFFERED, RHYTHMS, read_term
from duly.desk.queries.settings import item_choices
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound
from duly.receivables.queries import account_by_number

RIGHT = "agreements.edit"
MOST_LINES = 20
SENTENCES.update(
    {
        "agreement.unknown": "There is no such agreement in this office.",
        "agreement.not_active": "This agreement does not run any more.",
        "agreement.pauses_already": "It pauses on some of these days already.",
        "agreement.pause_is_empty": "The pause ends before it begins.",
        "agreement.does_not_pause": "It does not pause on that day.",
        "agreement.ends_before_start": "It cannot end before it began.",
        "agreement.milestone_reached_already": "The milestone was reached already.",
        "agreement.amended_since": "The line was changed again since. Take the later change back first.",
        "agreement.amendment_undone_already": "This change was taken back already.",
    }
)


@page("GET", right=RIGHT)
def show_new(request: HttpRequest) -> HttpResponseBase:
    """Show the form with two empty lines."""
    actor = signed_in(request)
    begin = {
        "account": request.GET.get("account", ""),
        "starts_on": day_of(actor).replace(day=1),
        "rhythm": "month-1",
        "timing": "advance",
        "anchor_kind": "calendar",
        "proration": "day",
        "model-0": "per_unit",
        "model-1": "flat",
        "quantity-0": "1",
    }
    return ask(request, Form(request, actor, begin_with=begin), actor, 2)


def ask(request: HttpRequest, form: Form, actor: Actor, lines: int, status: int = 200) -> HttpResponseBase:
    context = {
        "form": form,
        "places": range(lines),
        "items": item_choices(actor.entity_id),
        "models": list(OFFERED.items()),
        "aggregates": list(AGGREGATES.items()),
        "rhythms": list(RHYTHMS.items()),
    }
    return render(request, "agreements/new.html", context, status=status)


@page("POST", right=RIGHT)
def save_new(request: HttpRequest) -> HttpResponseBase:
    """Make the agreement; with `step=more` show one more line first."""
    actor = signed_in(request)
    form = Form(request, actor)
    lines = min(form.whole_number("lines", "Lines", at_least=1, at_most=MOST_LINES) or 1, MOST_LINES)
    if request.POST.get("step") == "more":
        return ask(request, form, actor, min(lines + 1, MOST_LINES))
    wanted = read_agreement(form, actor, lines)
    if not form.wrong:
        with refusals_in(form, actor):
            [agreement_id] = agree([wanted], by=actor).ids
    if form.wrong:
        return ask(request, form, actor, lines, 422)
    made = agreement(actor.entity_id, today=day_of(actor), agreement_id=agreement_id).facts
    return acted(request, f"/agreements/{made.number}", f"Agreement {made.number} is made with {made.account_name}.")


def read_agreement(form: Form, actor: Actor, lines: int) -> NewAgreement:
    """Read the whole form."""
    account_id = None
    number = form.text("account", "Account")
    if number:
        try:
            account_id = account_by_number(actor.entity_id, number).id
        except NotFound:
            form.blame("account", "Account", "There is no account of this number")
    unit, _, count = (form.choice("rhythm", "Billed", RHYTHMS) or "month-1").partition("-")
    starts_on = form.day("starts_on", "From")
    ends_on = form.day_or_none("ends_on", "Until")
    if ends_on is not None and ends_on < starts_on:
        form.blame("ends_on", "Until", "Not before the first day")
    return NewAgreement(
        account_id=account_id,
        name=form.text("name", "Name", required=False, at_most=200),
        starts_on=starts_on,
        ends_on=ends_on,
        trial_ends_on=form.day_or_none("trial_ends_on", "Free until"),
        interval_unit=unit,
        interval_count=int(count),
        timing=form.choice("timing", "When", ("advance", "arrears")),
        anchor_kind=form.choice("anchor_kind", "Periods", ("calendar", "anniversary")),
        proration=form.choice("proration", "Part periods", ("day", "none")),
        po_number=form.text("po_number", "Order number", required=False, at_most=60),
        terms=read_terms(form, actor, lines),
    )


def read_terms(form: Form, actor: Actor, lines: int) -> tuple[NewTerm, ...]:
    """Read the lines that name an item; at least one must."""
    items = [code for code, _ in item_choices(actor.entity_id)]
    found = [read_term(form, f"-{place}", items) for place in range(lines)]
    terms = tuple(term for term in found if term is not None)
    if not terms:
        form.blame("item-0", "Item", "Choose what is sold")
    return terms
