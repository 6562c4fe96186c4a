"""The questions of charge review: one at a time, each with what it is compared with, answered by one key."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, QueryDict

from duly.desk.queries import charges as queries
from duly.desk.queries.charges import Surprise, SurpriseFilter
from duly.desk.web.acting import acted, day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.filters import Filter, Narrowed, narrow
from duly.desk.web.finding import account_filter, names_of, pages_of
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import date_text
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Cursor, Page, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.svg import Series
from duly.formats.tabular.write import Column
from duly.invoicing.actions.fixing import fix_by_edit
from duly.invoicing.actions.review import decide_surprises
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput

SENTENCES.update(
    {
        "surprise.unknown": "This question is not there any more.",
        "surprise.cannot_be_decided": "Somebody has answered this meanwhile; look at it again.",
        "charge.unknown": "This charge is billed or gone; there is no draft to change.",
        "charge.not_a_draft": "Some of these charges are billed or removed already; nothing was changed.",
        "charge.billed_already": "A charge of this key is billed already.",
        "charge.price_missing": "This charge has no price per unit: write the net amount instead.",
    }
)
KINDS = {
    "missing_charge": "Missing charge",
    "doubled": "Looks double",
    "price_differs": "Price differs",
    "amount_out_of_pattern": "Unusual amount",
    "quantity_out_of_pattern": "Unusual quantity",
    "no_usage": "No usage",
    "tax_changed": "Tax changed",
}
IS_RIGHT = {
    "missing_charge": "Rightly missing",
    "doubled": "Both are right",
    "price_differs": "The price is right",
    "no_usage": "Rightly none",
    "tax_changed": "The tax is right",
}
SAID = {
    "accepted": "Accepted once",
    "always": "Accepted for good",
    "held": "Held",
    "open": "Open again",
    "fixed": "Marked as fixed",
}
FILTERS = (
    Filter("kind", "What", "choice", KINDS, chip="%s"),
    Filter("run", "Bill run", chip="Run %s"),
    Filter("account", "Account number", chip="Account %s"),
    Filter("mine", "Mine only", "flag", chip="Mine"),
)
VIEWS = [("Everything", ""), ("Mine", "mine=1"), ("Prices", "kind=price_differs")]
COLUMNS = (
    Column("What"),
    Column("Account"),
    Column("Name"),
    Column("Question"),
    Column("At stake", "money", "Currency"),
    Column("Currency"),
    Column("State"),
    Column("Owner"),
    Column("Deadline", "date"),
    Column("Note"),
)
STATES = {"": "open", "held": "held", "decided": "decided"}


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the list of questions and the one in hand."""
    actor = signed_in(request)
    today = day_of(actor)
    narrowed = narrow(request, FILTERS, actor, views=VIEWS)
    state = STATES.get(request.GET.get("show", ""), "open")
    where = filter_of(narrowed, actor)
    owners = names_of(actor.entity_id, today)
    if kind_asked(request):
        return table_file(request, "charge-review", COLUMNS, file_rows(actor, state, where, owners))
    listed = list_page(request, actor, state, where)
    chosen = chosen_of(request, actor, listed)
    return render(
        request,
        "charges/review.html",
        {
            "narrowed": narrowed,
            "page": listed,
            "state": state,
            "kinds": KINDS,
            "owners": owners,
            "today": today,
            "waiting": queries.waiting(actor.entity_id),
            "chosen": chosen,
            "view": view_of(request),
            "is_right": IS_RIGHT,
        }
        | (about(actor, chosen) if chosen else {}),
    )


def filter_of(narrowed: Narrowed, actor: Actor) -> SurpriseFilter:
    run = str(narrowed.values["run"] or "")
    return SurpriseFilter(
        run_id=int(run) if run.isdigit() else None,
        kind=narrowed.values["kind"],
        owner_id=actor.user_id if narrowed.values["mine"] else None,
        account_id=account_filter(narrowed, actor.entity_id),
    )


def list_page(request: HttpRequest, actor: Actor, state: str, where: SurpriseFilter) -> Page[Surprise]:
    """Cut the questions to a page: most money first, decided ones newest first."""
    sort = Sort("id" if state == "decided" else "at_stake_minor", descending=True)
    cursor = cursor_of(request, sort)
    rows = queries.surprises(actor.entity_id, state, where, cursor=cursor, limit=LIMIT)
    return page_of(request, rows, sort, key=lambda row: getattr(row, sort.column), row_id=lambda row: row.id)


def chosen_of(request: HttpRequest, actor: Actor, listed: Page[Surprise]) -> Surprise | None:
    """Return the question the address names, else the first of the list."""
    at = request.GET.get("at", "")
    if at.isascii() and at.isdigit():
        return next((row for row in listed.rows if row.id == int(at)), None) or queries.surprise(
            actor.entity_id, int(at)
        )
    return listed.rows[0] if listed.rows else None


def view_of(request: HttpRequest) -> str:
    """Return the list's own query, without the place in it."""
    kept = {name: value for name, value in request.GET.items() if name not in ("at", "after", "as")}
    return urlencode(kept)


def about(actor: Actor, chosen: Surprise) -> dict[str, Any]:
    """Return what the question in hand is judged by."""
    entity = actor.entity_id
    compared = queries.comparison(entity, chosen.account_id, chosen.currency, chosen.through_on)
    billed = queries.history(entity, chosen.account_id, chosen.currency)
    now_minor = sum(row.net_minor or 0 for row in compared if row.charge_id and not row.dismissed_by)
    labels = [date_text(row.issued_on, actor.language, "day") for row in billed]
    series = [Series("Net", [*(row.net_minor for row in billed), now_minor], 1)]
    siblings = queries.surprises(
        entity, "open", SurpriseFilter(account_id=chosen.account_id), cursor=Cursor(), limit=20
    )
    agreed = chosen.facts.get("agreed_unit_price") if isinstance(chosen.facts, dict) else None
    return {
        "compared": compared,
        "billed": billed,
        "now_minor": now_minor,
        "labels": [*labels, "Now"],
        "series": series,
        "siblings": [row for row in siblings if row.id != chosen.id],
        "agreed_price": Decimal(str(agreed)) if agreed is not None and chosen.charge_id else None,
    }


def file_rows(actor: Actor, state: str, where: SurpriseFilter, owners: dict[int, str]) -> Any:
    """Yield what the list shows, all of it, for a file."""

    def fetch(after: Cursor | None) -> list[Surprise]:
        return queries.surprises(actor.entity_id, state, where, cursor=after or Cursor(), limit=2000)

    for row in pages_of(fetch, lambda last: Cursor(last.at_stake_minor, last.id)):
        yield (
            KINDS[row.kind],
            row.account_number,
            row.account_name,
            row.sentence,
            row.at_stake_minor,
            row.currency,
            row.state,
            owners.get(row.owner_id or 0, ""),
            row.deadline_on,
            row.note,
        )


@page("POST", right="charges.review")
def decide(request: HttpRequest) -> HttpResponseBase:
    """Answer the ticked questions, or the one in hand, and go on with the next."""
    actor = signed_in(request)
    decision = request.POST.get("decision", "")
    ids = [int(each) for each in request.POST.getlist("pick") if each.isascii() and each.isdigit()]
    if decision not in SAID or not ids:
        raise BadInput("desk.nothing_chosen", remedy="Tick at least one line")
    asked = queries.surprise(actor.entity_id, ids[0])
    to = next_path(request, actor, asked, ids)
    decide_surprises(ids, decision=decision, by=actor, note=request.POST.get("note", "").strip()[:500])
    words = asked.account_name if len(ids) == 1 else f"{len(ids)} questions"
    return acted(request, to, f"{SAID[decision]}: {words}.")


def next_path(request: HttpRequest, actor: Actor, asked: Surprise, ids: list[int]) -> str:
    """Return the address of the list with the question after this one in hand."""
    query = QueryDict(request.POST.get("view", ""), mutable=True)
    state = STATES.get(query.get("show", ""), "open")
    narrowed = narrow_view(query, actor)
    cursor = Cursor(asked.at_stake_minor, asked.id)
    following = queries.surprises(actor.entity_id, state, narrowed, cursor=cursor, limit=len(ids) + 1)
    left = [row.id for row in following if row.id not in ids]
    if left:
        query["at"] = str(left[0])
    return f"/charges?{query.urlencode()}" if query else "/charges"


def narrow_view(query: QueryDict, actor: Actor) -> SurpriseFilter:
    """Read the filters of the list a form was sent from; what does not fit is left out."""
    run = query.get("run", "")
    kind = query.get("kind", "")
    return replace(
        SurpriseFilter(kind=kind if kind in KINDS else None),
        run_id=int(run) if run.isascii() and run.isdigit() else None,
        owner_id=actor.user_id if query.get("mine") else None,
    )


@page("POST", right="charges.edit")
def use_agreed_price(request: HttpRequest) -> HttpResponseBase:
    """Bring a draft back to the price that was agreed, and call the question fixed."""
    actor = signed_in(request)
    asked = queries.surprise(actor.entity_id, int(request.POST.get("pick", "0") or 0))
    agreed = asked.facts.get("agreed_unit_price")
    if asked.charge_id is None or agreed is None:
        raise BadInput("surprise.has_no_agreed_price")
    to = next_path(request, actor, asked, [asked.id])
    changes = {"unit_price": Decimal(str(agreed))}
    fix_by_edit(asked.id, asked.charge_id, changes, note="the agreed price", by=actor)
    return acted(
        request, to, f"Back at the agreed price {agreed}: {asked.account_name}.", note="Undo asks the question again."
    )
