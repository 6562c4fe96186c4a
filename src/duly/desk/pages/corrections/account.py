"""Corrections on an account: move an item, write off, keep on account; and the menu that leads to all of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.accounts.account import KIND_WORDS
from duly.desk.pages.corrections.common import Correction, ask, finish, item_options, other_account
from duly.desk.web.acting import acted, day_of
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.actor import Actor
from duly.receivables.actions.on_account import put_on_account, release_on_account
from duly.receivables.actions.transfers import Transfer, transfer
from duly.receivables.actions.writeoffs import WriteOff, write_off
from duly.receivables.models import Account
from duly.receivables.queries import account_by_number, items_of_account
from duly.receivables.queries.corrections import kept_on_account
from duly.receivables.queries.items import OpenItem
from duly.receivables.rules import WRITE_OFF_REASONS

REVIEW_DAYS = 90


@page("GET", right="books.view")
def menu(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show what can be put right on this account, each with what it does to the books."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    items = items_of_account(actor.entity_id, found.id)
    context = {
        "account": found,
        "owed": [item for item in items if item.open_minor > 0],
        "theirs": [item for item in items if item.open_minor < 0],
        "kept": kept_on_account(actor.entity_id, account_id=found.id),
        "kinds": KIND_WORDS,
    }
    return render(request, "corrections/menu.html", context)


def _context(actor: Actor, found: Account, template: str, items: list[OpenItem]) -> dict[str, Any]:
    options = item_options(items, lambda minor, code: money_text(minor, code, actor.language), KIND_WORDS)
    return {"account": found, "template": template, "items": items, "item_options": options}


def _item(form: Form, items: list[OpenItem]) -> OpenItem | None:
    chosen = form.choice("item", "Document", [str(item.id) for item in items])
    return next((item for item in items if str(item.id) == chosen), None)


@page("GET", right="receivables.transfer")
def move_form(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask which document is to stand on which other account."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    items = items_of_account(actor.entity_id, found.id)
    begin = {"item": request.GET.get("item", str(items[0].id) if len(items) == 1 else "")}
    return ask(request, "corrections/move_item.html", Form(None, actor, begin_with=begin),
               _context(actor, found, "corrections/move_item.html", items))  # fmt: skip


@page("POST", right="receivables.transfer")
def move(request: HttpRequest, number: str) -> HttpResponseBase:
    """Move an open document, or a part of it, to another account."""
    actor, form = signed_in(request), Form(request, signed_in(request))
    found = account_by_number(actor.entity_id, number)
    items = items_of_account(actor.entity_id, found.id)
    item, to = _item(form, items), other_account(form, actor, "to", "To account")
    amount_minor = form.money_or_none("amount", "Amount", currency=found.currency)
    reason, wanted = form.text("reason", "Why", at_most=200), None
    if item is not None and to is not None:
        wanted = Correction(
            "corrections/move_item.html",
            "receivables.transfer",
            [found.id, to.id],
            lambda by: transfer([Transfer(item.id, to.id, amount_minor)], reason=reason, today=day_of(actor), by=by),
            f"/accounts/{number}?tab=items",
            f"{item.number or KIND_WORDS[item.kind]} moved to {to.name}.",
        )
    return finish(request, form, wanted, _context(actor, found, "corrections/move_item.html", items))


def _write_off_context(actor: Actor, found: Account, items: list[OpenItem]) -> dict[str, Any]:
    reasons = [(name, reason.words) for name, reason in WRITE_OFF_REASONS.items()]
    limit_minor = actor.limit_of("writeoffs.make", found.currency) if actor.may_do("writeoffs.make") else 0
    return _context(actor, found, "corrections/write_off.html", items) | {
        "reasons": reasons,
        "limit_minor": limit_minor,
    }


@page("GET", right="writeoffs.make")
def write_off_form(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask which debt is given up, and why."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    items = items_of_account(actor.entity_id, found.id)
    named = next((str(item.id) for item in items if item.number and item.number == request.GET.get("number")), "")
    begin = {"item": named or (str(items[0].id) if len(items) == 1 else "")}
    return ask(request, "corrections/write_off.html", Form(None, actor, begin_with=begin),
               _write_off_context(actor, found, items))  # fmt: skip


@page("POST", right="writeoffs.make")
def write_off_item(request: HttpRequest, number: str) -> HttpResponseBase:
    """Give up a debt, or a part of it."""
    actor, form = signed_in(request), Form(request, signed_in(request))
    found = account_by_number(actor.entity_id, number)
    items = items_of_account(actor.entity_id, found.id)
    item = _item(form, items)
    amount_minor = form.money_or_none("amount", "Amount", currency=found.currency)
    reason = form.choice("reason", "Reason", WRITE_OFF_REASONS)
    note = form.text("note", "Note", required=False)
    wanted = None
    if item is not None:
        wanted = Correction(
            "corrections/write_off.html",
            "writeoffs.make",
            [found.id],
            lambda by: write_off(
                [WriteOff(item.id, amount_minor)], reason=reason, note=note, today=day_of(actor), by=by
            ),
            f"/accounts/{number}?tab=items",
            f"{item.number or KIND_WORDS[item.kind]} is written off.",
        )
    return finish(request, form, wanted, _write_off_context(actor, found, items))


def _credits(actor: Actor, found: Account) -> list[OpenItem]:
    every = items_of_account(actor.entity_id, found.id, open_only=False)
    return [
        item
        for item in every
        if item.amount_minor < 0 and item.kind in ("payment", "credit_note", "transfer", "opening")
    ]


@page("GET", right="receivables.on_account")
def on_account_form(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask which money stays on account, and until when."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    begin = {"review_on": day_of(actor) + timedelta(days=REVIEW_DAYS), "item": request.GET.get("item", "")}
    return ask(request, "corrections/on_account.html", Form(None, actor, begin_with=begin),
               _context(actor, found, "corrections/on_account.html", _credits(actor, found)[-100:]))  # fmt: skip


@page("POST", right="receivables.on_account")
def on_account(request: HttpRequest, number: str) -> HttpResponseBase:
    """Take back what a payment or credit settles and leave it on the account."""
    actor, form = signed_in(request), Form(request, signed_in(request))
    found = account_by_number(actor.entity_id, number)
    items = _credits(actor, found)[-100:]
    item = _item(form, items)
    review_on = form.day("review_on", "Look again by", earliest=day_of(actor))
    reason, wanted = form.text("reason", "What for", at_most=200), None
    if item is not None:
        wanted = Correction(
            "corrections/on_account.html",
            "receivables.on_account",
            [found.id],
            lambda by: put_on_account([item.id], reason=reason, review_on=review_on, today=day_of(actor), by=by),
            f"/accounts/{number}?tab=items",
            f"{item.number or KIND_WORDS[item.kind]} stays on account.",
        )
    return finish(request, form, wanted, _context(actor, found, "corrections/on_account.html", items))


@page("POST", right="receivables.on_account")
def release(request: HttpRequest, number: str) -> HttpResponseBase:
    """Let runs use what was kept on account again."""
    actor = signed_in(request)
    account_by_number(actor.entity_id, number)
    ids = [int(text) for text in request.POST.getlist("item") if text.isdigit()]
    release_on_account(ids, today=day_of(actor), by=actor)
    return acted(request, f"/accounts/{number}/corrections", "It may be used again.")
