"""Deciding by hand what a line pays: choosing items, finding them, meeting receipts that wait for the bank."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.banking.actions import Part
from duly.banking.models import BankLine
from duly.banking.queries import line
from duly.desk.pages.match.acts import next_path, number, said
from duly.desk.queries import match as queries
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.finding import account_in, find_account
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text, parse_money
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput
from duly.ledger.queries import chart
from duly.matching.actions import Share, place, split
from duly.matching.queries import line_detail
from duly.payments.queries import undeposited
from duly.receivables.models import Account
from duly.receivables.queries import OpenItem, account, items_of_account

RESTS = ("account", "other", "ledger")


@page("GET", right="matching.match")
def choose(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """Show an account's open items with what the line would pay of each."""
    actor = signed_in(request)
    detail = line_detail(actor.entity_id, line_id)
    owner = owner_of(request, actor, detail.proposal.proposal.account_id if detail.proposal else None)
    if owner is None:
        return find(request, line_id)
    items = open_items(actor, owner, detail.line)
    begin = begin_with(request, detail.line, items, actor)
    proposed = detail.proposal.items if detail.proposal else []
    if not begin and detail.proposal and detail.proposal.proposal.account_id == owner.id:
        begin = {f"apply_{each.item_id}": shown(each.amount_minor, detail.line, actor) for each in proposed}
    form = Form(None, actor, begin_with={"rest": "account"} | begin)
    return choose_page(request, detail.line, owner, items, form)


def owner_of(request: HttpRequest, actor: Actor, proposed: int | None) -> Account | None:
    """Return the account whose items are shown: the one named, else the one proposed."""
    named = request.GET.get("account") or request.POST.get("account", "")
    if named:
        return find_account(actor.entity_id, named, day_of(actor)).account
    return account(actor.entity_id, proposed) if proposed else None


def open_items(actor: Actor, owner: Account, shown_line: BankLine) -> list[OpenItem]:
    """Return what the account owes in the line's currency, oldest due day first."""
    items = items_of_account(actor.entity_id, owner.id)
    return sorted(
        (item for item in items if item.open_minor > 0 and item.currency == shown_line.currency),
        key=lambda item: (item.due_on, item.id),
    )


def shown(minor: int, of: BankLine, actor: Actor) -> str:
    return money_text(minor, of.currency, actor.language, bare=True)


def begin_with(request: HttpRequest, of: BankLine, items: list[OpenItem], actor: Actor) -> dict[str, object]:
    """Return what an address that names an item, or asks for the oldest first, begins with."""
    if request.GET.get("oldest"):
        left, begin = of.amount_minor, {}
        for item in items:
            if left <= 0:
                break
            begin[f"apply_{item.id}"] = shown(min(left, item.open_minor), of, actor)
            left -= min(left, item.open_minor)
        return dict(begin)
    wanted = request.GET.get("pick", "")
    return {
        f"apply_{item.id}": shown(min(of.amount_minor, item.open_minor), of, actor)
        for item in items
        if str(item.id) == wanted
    }


def choose_page(
    request: HttpRequest, of: BankLine, owner: Account, items: list[OpenItem], form: Form, *, status: int = 200
) -> HttpResponseBase:
    actor = signed_in(request)
    applied = sum(typed_minor(form, item, of, actor) for item in items)
    context: dict[str, Any] = {
        "line": of,
        "owner": owner,
        "items": items,
        "form": form,
        "applied_minor": applied,
        "version": request.POST.get("version") or of.version,
        "view": request.POST.get("view") or request.GET.get("view", ""),
        "ledger_choices": [
            (each.code, f"{each.code} {each.name}")
            for each in chart(actor.entity_id)
            if each.active and not each.control
        ],
    }
    return render(request, "match/items.html", context, status=status)


def typed_minor(form: Form, item: OpenItem, of: BankLine, actor: Actor) -> int:
    """Return what is written beside an item; what cannot be read counts as nothing."""
    text = form.typed(f"apply_{item.id}").strip()
    try:
        return parse_money(text, of.currency, actor.language) if text else 0
    except ValueError:
        return 0


@page("POST", right="matching.match")
def apply(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """Apply the line to the items as written; what is left goes where the form says."""
    actor = signed_in(request)
    of = line(actor.entity_id, line_id)
    owner = owner_of(request, actor, None)
    if owner is None:
        raise BadInput("match.account_unknown")
    items = open_items(actor, owner, of)
    form = Form(request, actor)
    if "count" in request.POST:
        return choose_page(request, of, owner, items, form)
    shares = shares_in(form, actor, of, owner, items)
    if not form.wrong:
        with refusals_in(form, actor):
            to = next_path(request, actor, of)
            split(line_id, shares, line_version=number(request, "version"), today=day_of(actor), by=actor)
            count = sum(len(share.items) for share in shares)
            return acted(request, to, f"Matched {said(of, actor)} to {count} item{'' if count == 1 else 's'}.")
    return choose_page(request, of, owner, items, form, status=422)


def shares_in(form: Form, actor: Actor, of: BankLine, owner: Account, items: list[OpenItem]) -> list[Share]:
    """Read what goes to which item, and the rest."""
    wanted = []
    for item in items:
        name = f"apply_{item.id}"
        if form.typed(name).strip():
            minor = form.money(name, item.number or "Item", currency=of.currency, at_least=0, at_most=item.open_minor)
            if minor:
                wanted.append((item.id, minor))
    applied = sum(minor for _, minor in wanted)
    left = of.amount_minor - applied
    if left < 0:
        form.whole.append(f"{shown(-left, of, actor)} {of.currency} more is applied than was received.")
        return []
    rest = form.choice("rest", "What is left", RESTS)
    if not left or rest == "account":
        return [Share(of.amount_minor, owner.id, tuple(wanted))]
    own = [Share(applied, owner.id, tuple(wanted))] if applied else []
    if rest == "other":
        other = account_in(form, actor, day_of(actor), "other", "Other account")
        return [*own, Share(left, other.id)] if other else []
    codes = [each.code for each in chart(actor.entity_id) if each.active and not each.control]
    code = form.choice("gl_code", "Ledger account", codes)
    return [*own, Share(left, gl_code=code, memo=form.text("memo", "Note", required=False, at_most=200))]


@page("GET", right="matching.match")
def find(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """Search open items by number, reference, amount or account; without words, by the line's amount and payer."""
    actor = signed_in(request)
    of = line(actor.entity_id, line_id)
    text = request.GET.get("q")
    words = text if text is not None else first_words(of.payer_name)
    amount = amount_in(words, of, actor) if text else of.amount_minor
    found = queries.find_items(actor.entity_id, words, of.currency, amount_minor=amount)
    named = find_account(actor.entity_id, words, day_of(actor)) if words.strip() else None
    context = {"line": of, "found": found, "words": words, "named": named, "asked": text is not None}
    return render(request, "match/find.html", context)


def first_words(name: str) -> str:
    """Return how a payer's name begins: enough to find the account by, whatever legal form follows."""
    return " ".join(name.split()[:2])


def amount_in(text: str, of: BankLine, actor: Actor) -> int | None:
    """Return the amount a search text is; None where it is none."""
    try:
        return parse_money(text, of.currency, actor.language)
    except ValueError:
        return None


@page("GET", right="bank.place")
def deposits(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """Show the receipts recorded by hand that wait for their bank line."""
    actor = signed_in(request)
    of = line(actor.entity_id, line_id)
    waiting = undeposited(actor.entity_id, currency=of.currency)
    return render(request, "match/deposit.html", {"line": of, "waiting": waiting})


@page("POST", right="bank.place")
def deposit(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """Let a line be the deposit of receipts recorded before."""
    actor = signed_in(request)
    of = line(actor.entity_id, line_id)
    ids = [int(each) for each in request.POST.getlist("pick") if each.isascii() and each.isdigit()]
    if not ids:
        raise BadInput("desk.nothing_chosen", remedy="Tick at least one receipt")
    to = next_path(request, actor, of)
    part = Part(of.id, "deposit", receipt_ids=tuple(ids), line_version=number(request, "version"))
    place([part], today=day_of(actor), by=actor)
    return acted(request, to, f"{said(of, actor)} brings {len(ids)} receipt{'' if len(ids) == 1 else 's'} to the bank.")
