"""What is done with a line on the desk, each a form of its own and one step to undo."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, QueryDict

from duly.banking.actions import Part
from duly.banking.models import BankLine
from duly.banking.queries import line
from duly.desk.pages.match.desk import state_of
from duly.desk.queries import match as queries
from duly.desk.web.acting import acted, day_of
from duly.desk.web.finding import find_account
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text
from duly.desk.web.page import page
from duly.desk.web.paging import Cursor
from duly.desk.web.sentences import SENTENCES
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput
from duly.matching.actions import accept, accept_exact, place, propose, put_on_account, refuse, unapply
from duly.matching.actions.refunds import match_refunds
from duly.receivables.models import Account

SENTENCES.update(
    {
        "match.account_unclear": "Several accounts begin like this, write the number of one: {others}",
        "match.account_unknown": "No account has this number, and no name begins like this.",
        "match.reason_missing": "Say in a few words why this is not right.",
        "match.ledger_account_missing": "Choose a ledger account.",
    }
)


def number(request: HttpRequest, name: str) -> int:
    """Read an id or version that the page itself put into the form."""
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdigit()):
        raise BadInput("desk.nothing_chosen", remedy="Open the line again")
    return int(text)


def next_path(request: HttpRequest, actor: Actor, done: BankLine) -> str:
    """Return the desk with the line that follows this one in the list it was taken from."""
    view = QueryDict(request.POST.get("view", "").lstrip("?"))
    state = state_of(view.get("show", ""))
    query = f"?{view.urlencode()}" if view else ""
    if state == "done":
        return f"/match{query}"
    after = Cursor(done.booked_on, done.id)
    following = queries.rows(actor.entity_id, state, cursor=after, query=view.get("q") or None, limit=2)
    left = [row.line_id for row in following if row.line_id != done.id]
    return f"/match/{left[0]}{query}" if left else f"/match{query}"


def said(done: BankLine, actor: Actor) -> str:
    """Name a line for a message: who and how much."""
    return f"{done.payer_name or 'Unknown payer'}, {money_text(done.amount_minor, done.currency, actor.language)}"


@page("POST", right="matching.match")
def accept_one(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """Accept a proposal: the line is placed, its money applied as shown."""
    actor = signed_in(request)
    done = line(actor.entity_id, line_id)
    to = next_path(request, actor, done)
    accept(number(request, "proposal"), today=day_of(actor), by=actor)
    items = request.POST.get("items", "")
    where = f" to {items} item{'' if items == '1' else 's'}" if items not in ("", "0") else " on account"
    return acted(request, to, f"Matched {said(done, actor)}{where}.")


@page("POST", right="matching.match")
def accept_all(request: HttpRequest) -> HttpResponseBase:
    """Accept the exact lines that were shown, or those ticked, as one step."""
    actor = signed_in(request)
    ids = [int(each) for each in request.POST.getlist("pick") if each.isascii() and each.isdigit()]
    ids += [int(each) for each in request.POST.get("lines", "").split(",") if each.isascii() and each.isdigit()]
    if not ids:
        raise BadInput("desk.nothing_chosen", remedy="Tick at least one line")
    made = accept_exact(ids, today=day_of(actor), by=actor)
    view = request.POST.get("view", "")
    to = f"/match{view}" if view.startswith("?") else "/match"
    if not made.lines:
        return acted(request, to, "None of these lines is exact; nothing was matched.", tone="warn")
    moved = f"{made.moved} had moved meanwhile and stay open." if made.moved else ""
    return acted(request, to, f"Matched {made.lines} exact line{'' if made.lines == 1 else 's'}.", note=moved)


@page("POST", right="matching.match")
def look(request: HttpRequest) -> HttpResponseBase:
    """Look for matches anew: of one line, or of all that are open."""
    actor = signed_in(request)
    one = request.POST.get("line", "")
    ids = [int(one)] if one.isascii() and one.isdigit() else None
    refunds = None if ids else match_refunds(today=day_of(actor), by=actor)
    count = propose(ids, by=actor)
    to = f"/match/{one}" if ids else "/match"
    note = f"{refunds.lines} show refunds of ours, and are placed." if refunds and refunds.lines else ""
    return acted(request, to, f"Looked at {count} open line{'' if count == 1 else 's'} for matches.", note=note)


@page("POST", right="matching.match")
def refuse_one(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """Say that a proposal is wrong; the next possibility moves up."""
    actor = signed_in(request)
    reason = request.POST.get("reason", "").strip()[:300]
    if not reason:
        raise BadInput("match.reason_missing")
    refuse(number(request, "proposal"), reason=reason, by=actor)
    view = request.POST.get("view", "")
    return acted(request, f"/match/{line_id}{view if view.startswith('?') else ''}", "The proposal is set aside.")


@page("POST", right="matching.match")
def on_account(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """Put a line's money on an account, to be applied later."""
    actor = signed_in(request)
    owner = account_named(request, actor)
    done = line(actor.entity_id, line_id)
    to = next_path(request, actor, done)
    put_on_account(line_id, owner.id, line_version=number(request, "version"), today=day_of(actor), by=actor)
    return acted(request, to, f"{said(done, actor)} is on account of {owner.name}, not applied yet.")


def account_named(request: HttpRequest, actor: Actor) -> Account:
    """Read the account a form names by number or the beginning of its name."""
    found = find_account(actor.entity_id, request.POST.get("account", "").strip(), day_of(actor))
    if found.account is None and found.others:
        raise BadInput("match.account_unclear", others="; ".join(found.others))
    if found.account is None:
        raise BadInput("match.account_unknown")
    return found.account


@page("POST", right="bank.place")
def place_other(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """Place a line that is no customer's payment: a bank charge, money nobody knows, a refund."""
    actor = signed_in(request)
    done = line(actor.entity_id, line_id)
    to = next_path(request, actor, done)
    part, words = part_of(request, actor, done)
    place([part], today=day_of(actor), by=actor)
    return acted(request, to, f"{said(done, actor)} is booked {words}.")


def part_of(request: HttpRequest, actor: Actor, done: BankLine) -> tuple[Part, str]:
    """Read what a line is, and say it."""
    kind = request.POST.get("kind", "")
    memo, version = request.POST.get("memo", "").strip()[:200], number(request, "version")
    if kind == "unidentified":
        return Part(done.id, kind, memo=memo, line_version=version), "as unidentified (2160)"
    if kind == "refund":
        owner = account_named(request, actor)
        return Part(done.id, kind, account_id=owner.id, memo=memo, line_version=version), f"as a refund to {owner.name}"
    code = request.POST.get("gl_code", "")
    if not code:
        raise BadInput("match.ledger_account_missing")
    return Part(done.id, "ledger", gl_code=code, memo=memo, line_version=version), f"on {code}"


@page("POST", right="matching.match")
def take_back(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """Take back what a line was applied to: the line is open again, and so are the documents."""
    actor = signed_in(request)
    done = line(actor.entity_id, line_id)
    unapply([line_id], today=day_of(actor), by=actor)
    propose([line_id], by=actor)
    return acted(request, f"/match/{line_id}", f"{said(done, actor)} is open again, and so is what it had paid.")
