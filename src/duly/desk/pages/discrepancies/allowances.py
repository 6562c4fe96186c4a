"""What customers may take off: discounts, withholding taxes and fees by which causes are tested."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponseBase

from duly.access.queries import entity
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.finding import account_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.kernel.actor import Actor
from duly.matching.actions.allowances import NewAllowance, allow, disallow
from duly.matching.models import ALLOWANCE_KINDS
from duly.matching.queries.cases import allowances

SENTENCES.update(
    {
        "discrepancies.allowance_unknown": "Choose what may be taken off.",
        "discrepancies.allowance_needs_an_amount": "A bank fee needs its amount.",
        "discrepancies.allowance_needs_a_rate": "This needs a rate above 0 and below 100 percent.",
        "discrepancies.allowance_not_there": "This is not written down here.",
        "discrepancies.allowance_ended_already": "This has ended already.",
    }
)


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show what may be taken off."""
    actor = signed_in(request)
    return list_page(request, actor, Form(None, actor, begin_with={"valid_from": day_of(actor).isoformat()}))


@page("POST", right="matching.rules")
def add(request: HttpRequest) -> HttpResponseBase:
    """Write down something that may be taken off."""
    actor = signed_in(request)
    form = Form(request, actor)
    currency = entity(actor.entity_id).currency
    kind = form.choice("kind", "What", ALLOWANCE_KINDS)
    of_account = account_in(form, actor, day_of(actor)) if form.typed("account").strip() else None
    fee = kind == "bank_fee"
    wanted = NewAllowance(
        kind,
        form.day("valid_from", "From"),
        of_account.id if of_account else None,
        rate=Decimal(0) if fee else form.decimal("rate", "Rate in percent", at_least=Decimal(0)) / 100,
        days=form.whole_number("days", "Days", at_most=365) if kind == "discount" else 0,
        grace_days=form.whole_number("grace_days", "Days of grace", at_most=60) if kind == "discount" else 0,
        amount_minor=form.money("amount", "Amount", currency=currency, at_least=1) if fee else 0,
        currency=currency if fee else None,
        note=form.text("note", "Note", required=False, at_most=200),
    )
    if not form.wrong:
        with refusals_in(form, actor):
            allow(wanted, by=actor)
            return acted(request, "/discrepancies/allowances", "Written down; causes are tested by it from now on.")
    return list_page(request, actor, form, status=422)


@page("POST", right="matching.rules")
def end(request: HttpRequest, allowance_id: int) -> HttpResponseBase:
    """End a practice today."""
    actor = signed_in(request)
    disallow(allowance_id, valid_to=day_of(actor), by=actor)
    return acted(request, "/discrepancies/allowances", "Ended; what was decided by it stays.")


def list_page(request: HttpRequest, actor: Actor, form: Form, *, status: int = 200) -> HttpResponseBase:
    context = {
        "form": form,
        "rows": allowances(actor.entity_id),
        "kinds": list(ALLOWANCE_KINDS.items()),
        "names": ALLOWANCE_KINDS,
        "currency": entity(actor.entity_id).currency,
    }
    return render(request, "discrepancies/allowances.html", context, status=status)
