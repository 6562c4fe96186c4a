"""Settling a case by hand: another cause, another way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.catalog.queries import items as catalog_items
from duly.desk.pages.discrepancies.acts import back_on, next_path, number, said
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.finding import find_account
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.actor import Actor
from duly.ledger.queries import chart
from duly.matching.actions import Decision, Part, resolve
from duly.matching.models import CASE_KINDS, Case
from duly.matching.queries.cases import case
from duly.matching.rules.finding import CAUSES, OTHER_CAUSES
from duly.matching.rules.resolutions import offered
from duly.receivables.queries import items_of_account


@page("GET", right="discrepancies.resolve")
def show(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """Show the form."""
    actor = signed_in(request)
    found = case(actor.entity_id, case_id)
    begin = {"cause": (found.likely or "").split("+")[0], "version": found.version}
    return form_page(request, actor, found, Form(None, actor, begin_with=begin))


@page("POST", right="discrepancies.resolve")
def settle(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """Settle the case as the form says."""
    actor = signed_in(request)
    found = case(actor.entity_id, case_id)
    form = Form(request, actor)
    cause = form.choice("cause", "Cause", dict(causes_for(found)))
    resolution = form.choice("resolution", "What settles it", [each.key for each in offered(found.kind, found.favours)])
    note = form.text("note", "Note", required=False)
    arguments = arguments_of(request, form, actor)
    if not form.wrong:
        to = next_path(request, actor, found)
        decided = Decision((Part(cause, resolution, found.amount_minor, arguments),), note, back_on(request, actor))
        with refusals_in(form, actor):
            resolve(case_id, decided, version=number(request, "version"), today=day_of(actor), by=actor)
            return acted(request, to, f"{said(found, actor)}: decided.")
    return form_page(request, actor, found, form, status=422)


def arguments_of(request: HttpRequest, form: Form, actor: Actor) -> dict[str, Any]:
    """Read what the way of settling needs; what is empty is left out."""
    found: dict[str, Any] = {}
    for name in ("item_id", "credit_item_id"):
        if form.typed(name).isascii() and form.typed(name).isdigit():
            found[name] = int(form.typed(name))
    for name in ("gl_code", "item_code"):
        if form.typed(name):
            found[name] = form.typed(name)
    if text := form.typed("to_account").strip():
        other = find_account(actor.entity_id, text, day_of(actor)).account
        if other is None:
            form.blame("to_account", "Account", "There is no account of this number")
        else:
            found["to_account_id"] = other.id
    return found


def causes_for(found: Case) -> list[tuple[str, str]]:
    """Return the causes a person may name for this side of a difference."""
    named = [(key, each.title) for key, each in CAUSES.items() if found.favours in each.favours]
    return [*named, *OTHER_CAUSES.items()]


def form_page(request: HttpRequest, actor: Actor, found: Case, form: Form, *, status: int = 200) -> HttpResponseBase:
    items = items_of_account(actor.entity_id, found.account_id) if found.account_id else []

    def label(item: Any) -> str:
        return f"{item.number or item.kind}: {money_text(item.open_minor, item.currency, actor.language)}"

    context = {
        "form": form,
        "case": found,
        "kinds": CASE_KINDS,
        "causes": causes_for(found),
        "ways": [
            (each.key, each.title, each.says + ("" if actor.may(each.right) else " Your rights do not cover it."))
            for each in offered(found.kind, found.favours)
        ],
        "debts": [(item.id, label(item)) for item in items if item.open_minor > 0 and item.id != found.item_id],
        "credits": [(item.id, label(item)) for item in items if item.open_minor < 0 and item.id != found.item_id],
        "codes": [(each.code, f"{each.code} {each.name}") for each in chart(actor.entity_id) if not each.control],
        "catalog": [(each.code, f"{each.code} {each.name}") for each in catalog_items(actor.entity_id)],
        "view": request.POST.get("view", ""),
    }
    return render(request, "discrepancies/otherwise.html", context, status=status)
