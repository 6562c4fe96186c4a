"""The list of cases and everything about the one in hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase

from duly.access.queries import who_can
from duly.banking.queries import line
from duly.desk.web.acting import day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.filters import Filter, narrow
from duly.desk.web.finding import names_of, pages_of
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Cursor, Page, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES, sentence_of
from duly.desk.web.svg import Segment
from duly.formats.tabular.write import Column
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound, Refused
from duly.matching.actions import Preview, preview
from duly.matching.actions.analyse import explained
from duly.matching.actions.resolve import Decision, decision_of
from duly.matching.models import CASE_KINDS, Case, CaseCause
from duly.matching.queries.cases import KindCount, Sought, case, cases, counts
from duly.matching.rules.finding import title_of
from duly.matching.rules.resolutions import RESOLUTIONS, Resolution, offered
from duly.receivables.queries import account, items_of_account

SENTENCES.update(
    {
        "discrepancies.unknown": "There is no such difference.",
        "discrepancies.changed_meanwhile": "This difference moved or was settled meanwhile; look at it again.",
        "discrepancies.parts_are_not_the_difference": "What you say does not make up the whole difference.",
        "discrepancies.not_for_this_kind": "A difference of this kind cannot be settled like that.",
        "discrepancies.cause_unknown": "Choose a cause.",
        "discrepancies.nothing_chosen": "Choose what the cause is and what settles it.",
        "discrepancies.cannot_wait_and_settle": "One part cannot wait while the other is settled.",
        "discrepancies.needs_an_item": "No document stands behind this difference.",
        "discrepancies.not_an_invoice": "Only an invoice can be credited; this was taken over from elsewhere.",
        "discrepancies.argument_missing": "Say more for this: {argument}.",
        "discrepancies.no_account_to_refund_to": "The bank account the money came from is not known.",
        "discrepancies.nothing_to_take_back": "Nothing was done about this difference that could be taken back.",
        "discrepancies.step_cannot_be_undone": "A step of this cannot be taken back by itself; correct the document.",
        "discrepancies.tax_cannot_be_billed_back": "The credit's tax cannot be billed again to the cent; correct it.",
        "discrepancies.cause_gone": "What you saw is not found any more; look at the difference again.",
    }
)
WAITS = {"us": "us", "customer": "the customer", "bank": "the bank"}
FILTERS = (
    Filter("q", "Account or text", chip="“%s”"),
    Filter("kind", "Kind", "choice", CASE_KINDS),
    Filter(
        "waiting",
        "Waiting on",
        "choice",
        {"us": "us", "customer": "the customer", "bank": "the bank"},
        chip="waits on %s",
    ),
    Filter("mine", "Only mine", "flag", chip="mine"),
)
TABS = (("open", "Open"), ("done", "Done"))
COLUMNS = (
    Column("Happened", "date"),
    Column("Kind"),
    Column("Account"),
    Column("Name"),
    Column("Amount", "money", "Currency"),
    Column("Currency"),
    Column("In favour of"),
    Column("What"),
    Column("Likely or chosen cause"),
    Column("State"),
    Column("Waiting on"),
    Column("Due", "date"),
    Column("Settled by"),
)


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the open cases with the first in hand."""
    return desk_page(request, None)


@page("GET", right="books.view")
def show_one(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """Show one case in hand."""
    return desk_page(request, case_id)


def desk_page(request: HttpRequest, case_id: int | None) -> HttpResponseBase:
    actor = signed_in(request)
    today = day_of(actor)
    state = "done" if request.GET.get("show") == "done" else "open"
    narrowed = narrow(request, FILTERS, actor)
    sought = Sought(
        done=state == "done",
        kind=narrowed.values["kind"],
        waiting_on=narrowed.values["waiting"],
        owner_id=actor.user_id if narrowed.values["mine"] else None,
        query=narrowed.values["q"],
    )
    if kind_asked(request):
        return table_file(request, f"discrepancies-{state}", COLUMNS, file_rows(actor, sought))
    listed = list_page(request, actor, sought)
    chosen = case_id or (listed.rows[0].id if listed.rows else None)
    found = counts(actor.entity_id, today)
    view = urlencode({name: value for name, value in request.GET.items() if name not in ("after", "as")})
    context = {
        "narrowed": narrowed,
        "page": listed,
        "state": state,
        "today": today,
        "view": f"?{view}" if view else "",
        "kinds": CASE_KINDS,
        "waits": WAITS,
        "title_of": title_of,
        "tabs": [
            (
                label,
                sum(row.cases for row in found) if key == "open" else None,
                f"/discrepancies?show={key}",
                key == state,
            )
            for key, label in TABS
        ],
        "numbers": numbers_of(found, actor, today),
        "segments": segments_of(found),
        "one": about(case(actor.entity_id, chosen), actor, today) if chosen is not None else None,
    }
    return render(request, "discrepancies/desk.html", context)


def list_page(request: HttpRequest, actor: Actor, sought: Sought) -> Page[Case]:
    sort = Sort("resolved_on" if sought.done else "due_on", descending=sought.done)
    cursor = cursor_of(request, sort)
    rows = cases(actor.entity_id, sought, after=place_of(cursor), limit=LIMIT)
    return page_of(request, rows, sort, key=day_of_row, row_id=lambda row: row.id)


def place_of(cursor: Cursor | None) -> tuple[date, int] | None:
    """Return where a page starts."""
    if cursor is None or not isinstance(cursor.after, date) or cursor.after_id is None:
        return None
    return cursor.after, cursor.after_id


def day_of_row(row: Case) -> date:
    """Return the day by which a case stands in its list."""
    return row.resolved_on or row.due_on


def tabs_of(found: Sequence[KindCount], state: str) -> list[tuple[str, int | None, str, bool]]:
    """Return the tabs with how many cases are open."""
    waiting = sum(row.cases for row in found)
    return [
        (label, waiting if key == "open" else None, f"/discrepancies?show={key}", key == state) for key, label in TABS
    ]


def numbers_of(found: Sequence[KindCount], actor: Actor, today: date) -> list[dict[str, Any]]:
    """Return the four numbers of the strip."""
    sums: dict[str, int] = {}
    for row in found:
        sums[row.currency] = sums.get(row.currency, 0) + row.amount_minor
    late = sum(row.late for row in found)
    oldest = min((row.oldest_on for row in found), default=None)
    days = (today - oldest).days if oldest else 0
    return [
        {"label": "Open", "value": f"{sum(row.cases for row in found):,}", "small": "one for each difference"},
        {
            "label": "At stake",
            "value": " · ".join(money_text(minor, cur, actor.language) for cur, minor in sums.items()) or "–",
            "small": "both sides together",
        },
        {
            "label": "Late",
            "value": f"{late:,}",
            "small": "goal 0",
            "tone": "warn" if late else "",
        },
        {
            "label": "Oldest",
            "value": f"{days} day{'' if days == 1 else 's'}" if oldest else "–",
            "small": "causes by size",
            "href": "/reports/causes",
        },
    ]


def segments_of(found: Sequence[KindCount]) -> list[Segment]:
    """Return the parts of the bar: open cases by kind."""
    by_kind: dict[str, int] = {}
    for row in found:
        by_kind[row.kind] = by_kind.get(row.kind, 0) + row.cases
    ordered = [(CASE_KINDS[kind].lower(), by_kind[kind]) for kind in CASE_KINDS if kind in by_kind]
    return [Segment(label, count, at % 6 + 1) for at, (label, count) in enumerate(ordered)]


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation as it is shown: what it says, what it would post, and whether this person may."""

    cause: CaseCause
    title: str
    resolutions: list[Resolution]
    preview: Preview
    refused: str
    allowed: bool
    who: list[str]
    over_limit: bool
    decision: Decision


def about(found: Case, actor: Actor, today: date) -> dict[str, Any]:
    """Return everything the page shows of one case."""
    is_open = found.state == "open"
    names = names_of(actor.entity_id, today)
    items = items_of_account(actor.entity_id, found.account_id) if found.account_id else []
    return {
        "case": found,
        "is_open": is_open,
        "may": actor.may("discrepancies.resolve"),
        "explained": [shown(found, cause, actor, today) for cause in explained(actor.entity_id, found.id)]
        if is_open
        else [],
        "line": line_of(actor, found),
        "owner": account(actor.entity_id, found.account_id) if found.account_id else None,
        "item": next((item for item in items if item.id == found.item_id), None),
        "people": sorted(names.items(), key=lambda pair: pair[1]),
        "owner_name": names.get(found.owner_id or 0, ""),
        "done_as": [RESOLUTIONS[key] for key in found.resolution.split("+") if key in RESOLUTIONS],
        "offered": [(each, actor.may(each.right)) for each in offered(found.kind, found.favours)] if is_open else [],
    }


def line_of(actor: Actor, found: Case) -> Any:
    """Return the bank line of a case, where it has one."""
    try:
        return line(actor.entity_id, found.line_id) if found.line_id else None
    except NotFound:
        return None


def shown(found: Case, cause: CaseCause, actor: Actor, today: date) -> Explained:
    """Return an explanation with what picking it would post."""
    decision = decision_of(cause)
    resolutions = [RESOLUTIONS[part.resolution] for part in decision.parts]
    books = any(each.outcome == "resolved" for each in resolutions)
    would = preview(actor.entity_id, found, decision, today=today) if books else Preview([])
    allowed = all(actor.may(each.right) for each in resolutions) and actor.may("discrepancies.resolve")
    refused = sentence_of(would.refused, actor.language) if isinstance(would.refused, Refused) else ""
    missing = [each.right for each in resolutions if not actor.may(each.right)]
    who = who_can(actor.entity_id, missing[0], today)[:3] if missing else []
    limit = actor.limit_of("discrepancies.resolve", found.currency)
    over = books and limit is not None and found.amount_minor > limit
    return Explained(cause, title_of(cause.cause), resolutions, would, refused, allowed, who, over, decision)


def file_rows(actor: Actor, sought: Sought) -> Iterator[tuple[Any, ...]]:
    """Yield every case of the list, for a file."""

    def fetch(after: tuple[date, int] | None) -> list[Case]:
        return cases(actor.entity_id, sought, after=after, limit=2000)

    for row in pages_of(fetch, lambda last: (day_of_row(last), last.id)):
        cause = row.cause or row.likely or ""
        yield (
            *(row.happened_on, CASE_KINDS[row.kind], row.account_number or "", row.account_name or ""),
            *(row.amount_minor, row.currency, row.favours, row.sentence, title_of(cause) if cause else ""),
            *(row.state, row.waiting_on, row.due_on, row.resolved_by),
        )
