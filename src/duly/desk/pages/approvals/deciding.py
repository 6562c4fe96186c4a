"""Yes, yes with other figures, no with a reason; or taken back by who asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.access.actions import accept_proposal, refuse_proposal, withdraw_proposal
from duly.access.models import Proposal
from duly.access.queries import entity, proposal
from duly.desk.pages.approvals.arguments import begin_with, changes_in, editable
from duly.desk.web.acting import acted, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.actor import Actor


@page("POST", right="proposals.see")
def accept(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """Do what was asked for."""
    actor = signed_in(request)
    done = accept_proposal(proposal_id, by=actor)
    return acted(request, "/approvals", f"Accepted: {done}")


@page("POST", right="proposals.see")
def refuse(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """Say no, with a reason."""
    actor = signed_in(request)
    refuse_proposal(proposal_id, reason=request.POST.get("reason", "")[:500], by=actor)
    maker = proposal(actor.entity_id, proposal_id).made_by_name
    return acted(request, "/approvals", f"Refused. {maker} sees why.")


@page("POST", right="proposals.see")
def withdraw(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """Take back what one asked for."""
    withdraw_proposal(proposal_id, by=signed_in(request))
    return acted(request, "/approvals?view=mine", "Withdrawn. Nothing was done.")


@page("GET", right="proposals.see")
def show_edit(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """Ask what to accept instead."""
    actor = signed_in(request)
    found = proposal(actor.entity_id, proposal_id)
    begin = begin_with(editable(found.arguments), currency_of(found, actor))
    return ask_edit(request, found, Form(request, actor, begin_with=begin), actor)


def ask_edit(request: HttpRequest, found: Proposal, form: Form, actor: Actor, *, status: int = 200) -> HttpResponseBase:
    context = {
        "p": found,
        "form": form,
        "fields": editable(found.arguments),
        "currency": currency_of(found, actor),
    }
    return render(request, "approvals/edit.html", context, status=status)


def currency_of(found: Proposal, actor: Actor) -> str:
    """Return the currency its amounts are in."""
    return found.currency or found.balance_currency or entity(actor.entity_id).currency


@page("POST", right="proposals.see")
def save_edited(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """Accept with other figures; what was asked for stays on record beside what was done."""
    actor = signed_in(request)
    found = proposal(actor.entity_id, proposal_id)
    form = Form(request, actor)
    changes = changes_in(form, found.arguments, editable(found.arguments), currency_of(found, actor))
    if not form.wrong:
        with refusals_in(form, actor):
            done = accept_proposal(proposal_id, changes=changes, by=actor)
            return acted(request, "/approvals", f"Accepted{' with changes' if changes else ''}: {done}")
    return ask_edit(request, found, form, actor, status=422)
