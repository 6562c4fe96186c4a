"""The desk itself: numbers, the list of lines, and everything about the one in hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase

from duly.access.queries import entity
from duly.desk.queries import match as queries
from duly.desk.queries.match import Standing
from duly.desk.web.acting import day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.filters import Filter, narrow
from duly.desk.web.finding import pages_of
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Cursor, Page, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.svg import Segment
from duly.formats.tabular.write import Column
from duly.kernel.actor import Actor
from duly.ledger.queries import balance_minor, chart, gl_account_id
from duly.matching.models import DeskRow
from duly.matching.queries import LineDetail, line_detail
from duly.payments.rules import UNAPPLIED_CODE
from duly.receivables.queries import account, account_aging
from duly.receivables.queries import balance_minor as account_balance

SENTENCES.update(
    {
        "bank.unknown_line": "There is no such bank line.",
        "bank.line_is_not_open": "Somebody has placed this line meanwhile.",
        "bank.line_changed": "This line was changed meanwhile; look at it again.",
        "bank.line_is_not_placed": "This line is open already; there is nothing to take back.",
        "matching.proposal_is_not_open": "Somebody has decided this meanwhile.",
        "matching.proposal_stale": "What was proposed has moved meanwhile ({because}). Look again for a match.",
        "matching.item_of_another_account": "One of these items is not open on this account any more.",
        "matching.more_applied_than_paid": "More is applied than was paid.",
        "matching.nothing_to_take_back": "Nothing of this is left to take back.",
        "receivables.item_has_less_open": "An item has less open than you want to apply: {open_minor}.",
    }
)
TABS = (("open", "Open"), ("ready", "Ready"), ("decide", "Decide"), ("none", "No match"), ("done", "Done"))
FILTERS = (Filter("q", "Payer, text or amount", chip="“%s”"),)
DAYS = 30
EXACT_SHOWN = 12
MOST_AT_ONCE = 5_000
COLUMNS = (
    Column("Booked", "date"),
    Column("Payer"),
    Column("Amount", "money", "Currency"),
    Column("Currency"),
    Column("Bank text"),
    Column("Reference"),
    Column("Bank account"),
    Column("State"),
    Column("Account"),
    Column("Why"),
)


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the desk with its first line in hand."""
    return desk_page(request, None)


@page("GET", right="books.view")
def show_line(request: HttpRequest, line_id: int) -> HttpResponseBase:
    """Show the desk with one line in hand."""
    return desk_page(request, line_id)


def desk_page(request: HttpRequest, line_id: int | None) -> HttpResponseBase:
    actor = signed_in(request)
    today = day_of(actor)
    state = state_of(request.GET.get("show", ""))
    narrowed = narrow(request, FILTERS, actor)
    query = narrowed.values["q"]
    if kind_asked(request):
        return table_file(request, f"bank-lines-{state}", COLUMNS, file_rows(actor, state, query))
    listed = list_page(request, actor, state, query)
    chosen = line_id or (listed.rows[0].line_id if listed.rows else None)
    detail = line_detail(actor.entity_id, chosen) if chosen is not None else None
    found = queries.standing(actor.entity_id, today - timedelta(DAYS))
    view = urlencode({name: value for name, value in request.GET.items() if name not in ("after", "as")})
    context = {
        "narrowed": narrowed,
        "page": listed,
        "state": state,
        "today": today,
        "view": f"?{view}" if view else "",
        "tabs": [
            (label, None if key == "done" else lines_in(found, key), f"/match?show={key}", key == state)
            for key, label in TABS
        ],
        "numbers": numbers_of(found, actor, today),
        "segments": segments_of(found),
        "new_lines": lines_in(found, "new"),
        "exact": exact_of(actor),
        "detail": detail,
        "done_days": DAYS,
    }
    return render(request, "match/desk.html", context | (about(detail, actor, today) if detail else {}))


def state_of(text: str) -> str:
    """Return which tab is shown."""
    return text if text in {key for key, _ in TABS} else "open"


def list_page(request: HttpRequest, actor: Actor, state: str, query: str | None) -> Page[DeskRow]:
    sort = Sort("booked_on", descending=state == "done")
    rows = queries.rows(actor.entity_id, state, cursor=cursor_of(request, sort), query=query, limit=LIMIT)
    return page_of(request, rows, sort, key=lambda row: row.booked_on, row_id=lambda row: row.line_id)


def lines_in(found: list[Standing], state: str) -> int:
    """Return how many lines stand in a state; 'open' is all that is not done."""
    states = ("new", "ready", "decide", "none") if state == "open" else (state,)
    return sum(row.lines for row in found if row.state in states)


def numbers_of(found: list[Standing], actor: Actor, today: date) -> list[dict[str, Any]]:
    """Return the four numbers of the strip."""
    waiting = [row for row in found if row.state != "done"]
    sums: dict[str, int] = {}
    for row in waiting:
        sums[row.currency] = sums.get(row.currency, 0) + row.amount_minor
    done = [row for row in found if row.state == "done"]
    total, by_rule = sum(row.lines for row in done), sum(row.lines for row in done if row.method == "rule")
    oldest = min((row.oldest_on for row in waiting), default=None)
    age = (today - oldest).days if oldest else 0
    currency = entity(actor.entity_id).currency
    unapplied_id = gl_account_id(actor.entity_id, UNAPPLIED_CODE)
    unapplied = -balance_minor(actor.entity_id, unapplied_id, currency, today)
    return [
        {
            "label": "To match",
            "value": f"{sum(row.lines for row in waiting):,}",
            "small": " · ".join(money_text(minor, cur, actor.language) for cur, minor in sums.items()),
        },
        {
            "label": f"Matched by rules, {DAYS} days",
            "value": f"{100 * by_rule // total}%" if total else "–",
            "small": "goal 90%",
        },
        {
            "label": "Cash not applied",
            "value": money_text(unapplied, currency, actor.language),
            "small": "see whose",
            "href": "/payments/unapplied",
        },
        {
            "label": "Oldest line",
            "value": f"{age} day{'' if age == 1 else 's'}" if oldest else "–",
            "small": "goal 2",
            "tone": "warn" if age > 2 else "",
        },
    ]


def segments_of(found: list[Standing]) -> list[Segment]:
    """Return the parts of the bar."""
    by_rule = sum(row.lines for row in found if row.state == "done" and row.method == "rule")
    return [
        Segment("by rules", by_rule, 1),
        Segment("by people", lines_in(found, "done") - by_rule, 2),
        Segment("ready", lines_in(found, "ready"), 3),
        Segment("to decide", lines_in(found, "decide"), 4),
        Segment("no match", lines_in(found, "none"), 5),
    ]


def exact_of(actor: Actor) -> dict[str, Any] | None:
    """Return what 'Accept exact' would accept: how many, how much, the first lines, and all their ids."""
    found = queries.ready(actor.entity_id, MOST_AT_ONCE)
    if not found:
        return None
    return {
        "count": sum(each.lines for each in found),
        "sums": {each.currency: each.amount_minor for each in found},
        "first": queries.rows(actor.entity_id, "ready", cursor=Cursor(), query=None, limit=EXACT_SHOWN),
        "ids": ",".join(str(line_id) for each in found for line_id in each.ids),
    }


def about(detail: LineDetail, actor: Actor, today: date) -> dict[str, Any]:
    """Return what the line in hand is judged by: its account, what would be posted, who could do otherwise."""
    codes = {each.code: each for each in chart(actor.entity_id)}
    context: dict[str, Any] = {
        "codes": codes,
        "ledger_choices": [
            (each.code, f"{each.code} {each.name}") for each in codes.values() if each.active and not each.control
        ],
        "owner": None,
        "can_match": actor.may("matching.match"),
        "can_place": actor.may("bank.place"),
    }
    account_id = account_of(detail)
    if account_id is not None:
        owner = account(actor.entity_id, account_id)
        aged = [
            row for row in account_aging(actor.entity_id, account_id, today) if row.currency == detail.line.currency
        ]
        context |= {
            "owner": owner,
            "balance_minor": account_balance(actor.entity_id, account_id, today, currency=detail.line.currency),
            "past_due_minor": aged[0].past_due_minor if aged else 0,
            "buckets": buckets_of(aged[0].buckets if aged else (0, 0, 0, 0, 0)),
            "pays_after": queries.pays_after(actor.entity_id, account_id),
        }
    return context


def account_of(detail: LineDetail) -> int | None:
    """Return the account a line is thought to be of, or was placed on."""
    if detail.proposal is not None:
        return detail.proposal.proposal.account_id
    return next((each.account_id for each in detail.placements if each.account_id and each.undone_on is None), None)


def buckets_of(amounts: tuple[int, ...]) -> list[tuple[str, int]]:
    """Return the five ages with their amounts, as the chart takes them."""
    return list(zip(("Not due", "1–30", "31–60", "61–90", "90+"), amounts, strict=True))


def file_rows(actor: Actor, state: str, query: str | None) -> Iterator[tuple[Any, ...]]:
    """Yield every line of the list, for a file."""

    def fetch(after: Cursor | None) -> list[DeskRow]:
        return queries.rows(actor.entity_id, state, cursor=after or Cursor(), query=query, limit=2000)

    for row in pages_of(fetch, lambda last: Cursor(last.booked_on, last.line_id)):
        yield (
            *(row.booked_on, row.payer_name, row.amount_minor, row.currency, row.text, row.structured_reference),
            *(row.bank_account_name, row.state, row.account_number or "", row.sentence),
        )
