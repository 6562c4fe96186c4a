"""An invoice written by hand: its lines are entered and billed at once, and nothing else of the account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.charges.drafts import items_of
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.errors import confirmed
from duly.desk.web.finding import account_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.invoicing.actions import NewCharge
from duly.invoicing.actions.by_hand import bill_by_hand
from duly.invoicing.queries.documents import document
from duly.kernel.actor import Actor

SENTENCES.update(
    {
        "invoice.held": "It cannot be billed now: {reason}",
        "invoice.unusual": "This looks unusual. {question} Bill it all the same?",
        "charge.price_missing": "Line {place} has no price, and its item has no list price.",
        "charge.tax_code_missing": "Line {place}: no tax rule fits this account.",
        "charge.description_missing": "Line {place} needs an item or a description.",
        "charge.account_closed": "The account is closed.",
    }
)
FIRST_LINES, MORE_LINES, MOST_LINES = 3, 5, 100


@page("GET", right="invoices.issue")
def new(request: HttpRequest) -> HttpResponseBase:
    """Show an empty invoice."""
    actor = signed_in(request)
    begin = {"account": request.GET.get("account", ""), "issued_on": day_of(actor)}
    return form_page(request, Form(None, actor, begin_with=begin), FIRST_LINES)


def form_page(request: HttpRequest, form: Form, lines: int, *, status: int = 200) -> HttpResponseBase:
    context = {"form": form, "lines": lines, "items": items_of(signed_in(request))}
    return render(request, "invoices/new.html", context, status=status)


@page("POST", right="invoices.issue")
def make(request: HttpRequest) -> HttpResponseBase:
    """Enter the lines and bill exactly them, as of today or another open day."""
    actor = signed_in(request)
    form = Form(request, actor)
    count = request.POST.get("lines", "")
    lines = min(int(count) if count.isascii() and count.isdigit() else FIRST_LINES, MOST_LINES)
    if "more" in request.POST:
        return form_page(request, form, min(lines + MORE_LINES, MOST_LINES))
    owner = account_in(form, actor, day_of(actor))
    issued_on = form.day("issued_on", "Dated")
    po_number = form.text("po_number", "Order number", required=False, at_most=80)
    wanted = [line for at in range(1, lines + 1) if (line := line_in(form, actor, at))]
    if not wanted and not form.wrong:
        form.whole.append("Fill in at least one line.")
    if owner is not None and not form.wrong:
        with refusals_in(form, actor):
            charges = [
                NewCharge(account_id=owner.id, bill_on=issued_on, po_number=po_number or owner.po_number, **line)
                for line in wanted
            ]
            [made] = bill_by_hand(charges, issued_on=issued_on, today=day_of(actor), by=actor, sure=confirmed(request))
            number = document(actor.entity_id, made).number
            return acted(request, f"/invoices/{number}", f"{number} is issued and goes out in 60 seconds.")
    return form_page(request, form, lines, status=422)


def line_in(form: Form, actor: Actor, at: int) -> dict[str, Any] | None:
    """Read one line; None where nothing was written into it."""
    if not any(form.typed(f"{name}_{at}").strip() for name in ("item", "description", "price")):
        return None
    codes = [code for code, _ in items_of(actor)]
    item = form.choice(f"item_{at}", f"Item of line {at}", codes, required=False)
    words = form.text(f"description_{at}", f"Description of line {at}", required=not item)
    read: dict[str, Any] = {"item_code": item, "description": words}
    if form.typed(f"quantity_{at}").strip():
        read["quantity"] = form.decimal(f"quantity_{at}", f"Quantity of line {at}")
    if form.typed(f"price_{at}").strip():
        read["unit_price"] = form.decimal(f"price_{at}", f"Price of line {at}")
    elif not item:
        form.blame(f"price_{at}", f"Price of line {at}", "Write a price")
    return read
