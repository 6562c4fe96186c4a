"""Corrections of one payment: entered wrongly, on the wrong account, meant for several; and of one invoice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.corrections.common import Correction, ask, finish, other_account
from duly.desk.web.acting import day_of
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text
from duly.desk.web.page import page
from duly.invoicing.actions.rebill import rebill_invoice
from duly.invoicing.queries.documents import document_by_number
from duly.kernel.actor import Actor
from duly.payments.actions import AccountShare, AsItShouldBe, correct, split
from duly.payments.models import Receipt
from duly.payments.queries import receipt
from duly.receivables.models import Account

METHODS = {"cheque": "Cheque", "cash": "Cash", "card": "Card", "other": "Other"}
SHARES = 5
CORRECT, MOVE, REBILL = "corrections/receipt.html", "corrections/move_payment.html", "corrections/rebill.html"


def _correct_context(found: Receipt) -> dict[str, Any]:
    return {"receipt": found, "template": CORRECT, "methods": list(METHODS.items())}


@page("GET", right="receipts.reverse")
def correct_form(request: HttpRequest, receipt_id: int) -> HttpResponseBase:
    """Show a receipt as it was entered, to be put right."""
    actor = signed_in(request)
    found = receipt(actor.entity_id, receipt_id)
    begin = {
        "account": found.account_number,
        "amount": money_text(found.amount_minor, found.currency, actor.language, bare=True),
        "received_on": found.received_on,
        "method": found.method,
        "payer_name": found.payer_name,
        "reference": found.reference,
        "note": found.note,
    }
    return ask(request, CORRECT, Form(None, actor, begin_with=begin), _correct_context(found))


@page("POST", right="receipts.reverse")
def correct_receipt(request: HttpRequest, receipt_id: int) -> HttpResponseBase:
    """Reverse a receipt and enter it again as it should be: one step."""
    actor, form = signed_in(request), Form(request, signed_in(request))
    found, today = receipt(actor.entity_id, receipt_id), day_of(actor)
    to = other_account(form, actor, "account", "Account")
    right = AsItShouldBe(
        to.id if to else 0,
        form.money("amount", "Amount", currency=found.currency, at_least=1),
        form.day("received_on", "Received on", latest=today),
        form.choice("method", "How", METHODS),
        form.text("payer_name", "From", required=False, at_most=200),
        form.text("reference", "Reference", required=False, at_most=140),
        form.text("note", "Note", required=False),
    )
    reason = form.text("reason", "What was wrong", at_most=200)
    wanted = Correction(
        CORRECT,
        "receipts.reverse",
        [found.account_id, right.account_id],
        lambda by: correct(receipt_id, right, reason=reason, today=today, by=by),
        f"/accounts/{to.number if to else found.account_number}",
        "Reversed and entered again as it should be.",
    )
    return finish(request, form, wanted, _correct_context(found))


def _move_context(found: Receipt) -> dict[str, Any]:
    return {"receipt": found, "template": MOVE, "places": range(1, SHARES + 1)}


@page("GET", right="receipts.move")
def move_form(request: HttpRequest, receipt_id: int) -> HttpResponseBase:
    """Ask for whom a payment, or parts of it, really is."""
    actor = signed_in(request)
    found = receipt(actor.entity_id, receipt_id)
    begin = {"amount_1": money_text(found.amount_minor, found.currency, actor.language, bare=True)}
    return ask(request, MOVE, Form(None, actor, begin_with=begin), _move_context(found))


def _shares(form: Form, actor: Actor, found: Receipt) -> list[tuple[Account, AccountShare]]:
    shares = []
    for place in range(1, SHARES + 1):
        if place > 1 and not form.typed(f"account_{place}").strip():
            continue
        to = other_account(form, actor, f"account_{place}", f"Account {place}")
        minor = form.money(f"amount_{place}", f"Amount {place}", currency=found.currency, at_least=1)
        if to is not None:
            shares.append((to, AccountShare(to.id, minor)))
    return shares


@page("POST", right="receipts.move")
def move_receipt(request: HttpRequest, receipt_id: int) -> HttpResponseBase:
    """Move a payment to another account, or share it out over several."""
    actor, form = signed_in(request), Form(request, signed_in(request))
    found, today = receipt(actor.entity_id, receipt_id), day_of(actor)
    shares = _shares(form, actor, found)
    reason = form.text("reason", "Why", at_most=200)
    wanted = Correction(
        MOVE,
        "receipts.move",
        [found.account_id, *(to.id for to, _ in shares)],
        lambda by: split(receipt_id, [share for _, share in shares], reason=reason, today=today, by=by),
        f"/payments/receipts/{receipt_id}",
        f"Moved to {', '.join(to.name for to, _ in shares)}.",
    )
    return finish(request, form, wanted, _move_context(found))


@page("GET", right="invoices.void")
def rebill_form(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask to whom an invoice is billed instead."""
    actor = signed_in(request)
    found = document_by_number(actor.entity_id, number)
    return ask(request, REBILL, Form(None, actor), {"doc": found, "template": REBILL})


@page("POST", right="invoices.void")
def rebill(request: HttpRequest, number: str) -> HttpResponseBase:
    """Credit an invoice in full and bill its lines to another account."""
    actor, form = signed_in(request), Form(request, signed_in(request))
    found = document_by_number(actor.entity_id, number)
    to, wanted = other_account(form, actor, "to", "To account"), None
    reason = form.text("reason", "Why", at_most=200)
    if to is not None:
        wanted = Correction(
            REBILL,
            "invoices.void",
            [found.account_id, to.id],
            lambda by: rebill_invoice(found.id, to.id, reason=reason, today=day_of(actor), by=by),
            f"/accounts/{to.number}?tab=items",
            f"{number} is credited and billed to {to.name}.",
        )
    return finish(request, form, wanted, {"doc": found, "template": REBILL})
