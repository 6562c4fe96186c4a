"""Asking for a refund: how much, to which bank account, why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.actor import Actor
from duly.parties.queries import bank_details_of
from duly.payments.actions.refunds import RefundWish, request_refund
from duly.payments.queries.refunds import refund
from duly.receivables.models import Account
from duly.receivables.queries import account_by_number, items_of_account


@page("GET", right="refunds.request")
def show(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show what of their money could go back, and where to."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    context = _context(actor, found)
    begin = {"amount": money_text(context["free_minor"], found.currency, actor.language, bare=True)}
    if len(context["details"]) == 1:
        begin["to"] = context["details"][0][0]
    return render(request, "refunds/request.html", context | {"form": Form(None, actor, begin_with=begin)})


def _context(actor: Actor, found: Account) -> dict[str, Any]:
    theirs = [item for item in items_of_account(actor.entity_id, found.id) if item.open_minor < 0]
    details = [
        (str(one.id), f"…{one.last4} · " + (f"in force since {one.in_force_from}" if one.in_force_from
                                           else f"they paid {one.payments_seen} times from it"))
        for one in bank_details_of(actor.entity_id, found.party_id)
        if one.in_force_from or one.payments_seen
    ]  # fmt: skip
    return {
        "account": found,
        "theirs": theirs,
        "free_minor": -sum(item.open_minor for item in theirs if item.currency == found.currency),
        "details": details,
    }


@page("POST", right="refunds.request")
def ask_for(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask for the refund; its page shows the checks."""
    actor, form = signed_in(request), Form(request, signed_in(request))
    found = account_by_number(actor.entity_id, number)
    context = _context(actor, found)
    amount_minor = form.money("amount", "Amount", currency=found.currency, at_least=1)
    to = form.choice("to", "To bank account", [key for key, _ in context["details"]])
    reason = form.text("reason", "Why", at_most=200)
    refund_id = 0
    if not form.wrong:
        with refusals_in(form, actor):
            refund_id = request_refund(
                RefundWish(found.id, amount_minor, int(to), reason), today=day_of(actor), by=actor
            )
    if form.wrong:
        return render(request, "refunds/request.html", context | {"form": form}, status=422)
    asked = refund(actor.entity_id, refund_id)
    return acted(request, f"/refunds/{asked.number}", f"{asked.number} waits for a second person.")
