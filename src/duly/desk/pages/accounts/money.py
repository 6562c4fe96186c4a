"""Money on an account: receipts and charges by hand, what settles what, and taking that back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.http import HttpRequest, HttpResponseBase

from duly.desk.queries.settings import item_choices
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text, parse_money
from duly.desk.web.page import back_path, page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.invoicing.actions import NewCharge, add_charges
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, Refused
from duly.payments.actions import ReceiptRow, apply, apply_oldest_first, record, unapply
from duly.payments.rules import OpenItem, oldest_first
from duly.receivables.models import Account
from duly.receivables.queries import account_by_number, items_of_account

METHODS = {"cheque": "Cheque", "cash": "Cash", "card": "Card", "bank": "Bank", "other": "Other"}
SENTENCES.update(
    {
        "receipts.nothing_to_apply": "There is nothing to apply: tick what is owed and the money that pays it.",
        "receipts.amount_not_above_zero": "The amount must be above zero.",
        "desk.amount_unclear": "“{amount}” is not an amount. {remedy}.",
        "desk.day_unclear": "“{day}” is not a day. {remedy}.",
        "desk.days_reversed": "The first day is after the last one.",
    }
)


@page("GET", right="receipts.record")
def show_receipt(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask for a receipt that came in by hand."""
    actor = signed_in(request)
    begin = {"received_on": day_of(actor), "method": "cheque", "amount": request.GET.get("amount", ""), "apply": "1"}
    return ask_receipt(request, Form(request, actor, begin_with=begin), actor, number)


def ask_receipt(request: HttpRequest, form: Form, actor: Actor, number: str, status: int = 200) -> HttpResponseBase:
    found = account_by_number(actor.entity_id, number)
    owed = sum(i.open_minor for i in items_of_account(actor.entity_id, found.id) if i.open_minor > 0)
    context = {"form": form, "account": found, "methods": list(METHODS.items()), "owed_minor": owed}
    return render(request, "accounts/receipt.html", context, status=status)


@page("POST", right="receipts.record")
def save_receipt(request: HttpRequest, number: str) -> HttpResponseBase:
    """Record a receipt and, when asked, settle the oldest debts with it."""
    actor = signed_in(request)
    today = day_of(actor)
    found = account_by_number(actor.entity_id, number)
    form = Form(request, actor)
    row = ReceiptRow(
        found.id,
        found.currency,
        form.money("amount", "Amount", currency=found.currency, at_least=1),
        form.day("received_on", "Received on", latest=today),
        form.choice("method", "How", METHODS),
        payer_name=form.text("payer_name", "From", required=False, at_most=200),
        reference=form.text("reference", "Reference", required=False, at_most=140),
        note=form.text("note", "Note", required=False),
    )
    if not form.wrong:
        with refusals_in(form, actor):
            record(row, by=actor)
    if form.wrong:
        return ask_receipt(request, form, actor, number, 422)
    money = money_text(row.amount_minor, found.currency, actor.language)
    said = f"{money} recorded for {found.name}."
    return acted(request, f"/accounts/{number}?tab=items", said, note="Now apply it.")


@page("GET", right="charges.edit")
def show_charge(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask for a charge to be billed with the next invoice."""
    actor = signed_in(request)
    begin = {"bill_on": day_of(actor), "quantity": "1"}
    return ask_charge(request, Form(request, actor, begin_with=begin), actor, number)


def ask_charge(request: HttpRequest, form: Form, actor: Actor, number: str, status: int = 200) -> HttpResponseBase:
    found = account_by_number(actor.entity_id, number)
    context = {"form": form, "account": found, "items": item_choices(actor.entity_id)}
    return render(request, "accounts/charge.html", context, status=status)


@page("POST", right="charges.edit")
def save_charge(request: HttpRequest, number: str) -> HttpResponseBase:
    """Enter a charge as a draft."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    form = Form(request, actor)
    charge = NewCharge(
        account_id=found.id,
        bill_on=form.day("bill_on", "Bill on"),
        item_code=form.choice("item_code", "Item", [code for code, _ in item_choices(actor.entity_id)]),
        description=form.text("description", "Description", required=False, at_most=300),
        quantity=form.decimal("quantity", "Quantity", at_least=Decimal(0)),
        po_number=form.text("po_number", "Order number", required=False, at_most=60),
    )
    if form.typed("unit_price").strip():
        charge = replace(charge, unit_price=form.decimal("unit_price", "Price"))
    if not form.wrong:
        with refusals_in(form, actor):
            add_charges([charge], by=actor)
    if form.wrong:
        return ask_charge(request, form, actor, number, 422)
    return acted(request, f"/accounts/{number}?tab=items", "The charge is entered. It waits for the next invoice.")


def chosen_items(request: HttpRequest, actor: Actor, found: Account) -> list[OpenItem]:
    """Return the ticked open items, debts cut to the amounts typed beside them."""
    ticked = {int(text) for text in request.POST.getlist("pick") if text.isdigit()}
    chosen = []
    for item in items_of_account(actor.entity_id, found.id):
        if item.id not in ticked:
            continue
        open_minor, typed = item.open_minor, request.POST.get(f"amount-{item.id}", "").strip()
        if typed and open_minor > 0:
            try:
                open_minor = parse_money(typed, item.currency, actor.language)
            except ValueError as error:
                raise BadInput("desk.amount_unclear", amount=typed, remedy=str(error)) from error
            if open_minor > item.open_minor:
                raise Refused("receivables.item_has_less_open", open_minor=item.open_minor, currency=item.currency)
        chosen.append(OpenItem(item.id, found.id, item.currency, item.due_on, open_minor))
    return chosen


@page("POST", right="receivables.allocate")
def apply_items(request: HttpRequest, number: str) -> HttpResponseBase:
    """Settle the ticked debts with the ticked money, oldest first, each up to the amount typed."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    applications = oldest_first(item for item in chosen_items(request, actor, found) if item.open_minor)
    if not applications:
        raise Refused("receipts.nothing_to_apply")
    ids = apply(applications, today=day_of(actor), by=actor)
    total = money_text(sum(one.amount_minor for one in applications), found.currency, actor.language)
    said = f"{total} applied to {len(ids)} open item{'' if len(ids) == 1 else 's'}."
    return acted(request, f"/accounts/{number}?tab=items", said)


@page("POST", right="receivables.allocate")
def apply_oldest(request: HttpRequest, number: str) -> HttpResponseBase:
    """Settle what is owed with all the account's money, oldest first."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    ids = apply_oldest_first([found.id], today=day_of(actor), by=actor)
    said = f"Applied to {len(ids)} open item{'' if len(ids) == 1 else 's'}, oldest first."
    return acted(request, f"/accounts/{number}?tab=items", said)


@page("POST", right="receivables.allocate")
def apply_many(request: HttpRequest) -> HttpResponseBase:
    """Settle what the ticked accounts owe with their own money, oldest first: one act, one Undo."""
    actor = signed_in(request)
    picked = [int(text) for text in request.POST.getlist("pick") if text.isdigit()]
    ids = apply_oldest_first(picked, today=day_of(actor), by=actor)
    said = f"Applied to {len(ids)} open item{'' if len(ids) == 1 else 's'}, oldest first."
    return acted(request, back_path(request, otherwise="/accounts"), said)


@page("POST", right="receivables.unallocate")
def unapply_items(request: HttpRequest, number: str) -> HttpResponseBase:
    """Take allocations of this account back; the documents and the money are open again."""
    actor = signed_in(request)
    account_by_number(actor.entity_id, number)
    ids = [int(text) for text in request.POST.getlist("allocation") if text.isdigit()]
    taken = unapply(ids, today=day_of(actor), by=actor)
    said = f"{taken} allocation{'' if taken == 1 else 's'} taken back."
    return acted(request, request.POST.get("next") or f"/accounts/{number}?tab=items", said)
