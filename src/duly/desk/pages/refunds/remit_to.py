"""Where customers are asked to pay: shown, and changed by two people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.access.actions.remit_to import change_remit_to
from duly.access.queries import remit_to
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.settings_tabs import settings_tabs
from duly.kernel.actor import Actor


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show where customers pay to now."""
    actor = signed_in(request)
    return render(request, "refunds/remit_to.html", _context(actor, Form(None, actor)))


def _context(actor: Actor, form: Form) -> dict[str, Any]:
    return {"bank": remit_to(actor.entity_id), "form": form, "tabs": settings_tabs("/remit-to", actor)}


@page("POST", right="remit_to.change")
def change(request: HttpRequest) -> HttpResponseBase:
    """Ask for another account; a second person decides."""
    actor, form = signed_in(request), Form(request, signed_in(request))
    bank = {
        "iban": form.text("iban", "IBAN", at_most=40),
        "bic": form.text("bic", "BIC", required=False, at_most=11),
        "bank_name": form.text("bank_name", "Bank", required=False, at_most=100),
    }
    reason = form.text("reason", "Why", at_most=200)
    if not form.wrong:
        with refusals_in(form, actor):
            change_remit_to(bank, reason=reason, today=day_of(actor), by=actor)
    if form.wrong:
        return render(request, "refunds/remit_to.html", _context(actor, form), status=422)
    return acted(request, "/remit-to", "Customers are asked to pay to the new account from now on.")
