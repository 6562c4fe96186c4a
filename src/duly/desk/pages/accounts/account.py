"""One account: what it owes and why, its story, open items, agreements, people, documents, statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from duly.commercial.queries import agreements
from duly.desk.queries.accounts import drafts_of, timeline
from duly.desk.queries.people import names
from duly.desk.queries.statement_pdf import statement_pdf
from duly.desk.web.acting import day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import parse_date
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.desk.web.svg import Step
from duly.formats.tabular.write import Column
from duly.invoicing.queries.documents import DocumentFilter, documents_page
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput
from duly.parties.contacts import contacts_of
from duly.parties.queries import party
from duly.receivables.models import Account
from duly.receivables.queries import (
    Aging,
    OpenItem,
    Settlement,
    Statement,
    account_aging,
    account_by_number,
    explain_balance,
    holds_of,
    items_of_account,
    settlements_of,
    statement,
)

ITEMS_SHOWN = 200
TIMELINE = Sort("on_day", descending=True)
STATEMENT_COLUMNS = (
    Column("Date", "date"),
    Column("Document"),
    Column("Number"),
    Column("Due", "date"),
    Column("Amount", "money", "Currency"),
    Column("Open", "money", "Currency"),
    Column("Balance", "money", "Currency"),
    Column("Currency"),
)
BUCKET_NAMES = ("Not due", "1–30", "31–60", "61–90", "90+")
KIND_WORDS = {
    "invoice": "Invoice",
    "credit_note": "Credit note",
    "payment": "Payment",
    "opening": "Opening balance",
    "late_charge": "Late charge",
    "transfer": "Moved here",
    "transfer_out": "Moved away",
    "write_off": "Write-off",
    "other": "Other",
}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above every tab."""

    account: Account
    aging: list[Aging]
    today: date

    @property
    def main(self) -> Aging | None:
        """What is open in the account's own currency."""
        return next((row for row in self.aging if row.currency == self.account.currency), None)

    @property
    def others(self) -> list[Aging]:
        """What is open in other currencies."""
        return [row for row in self.aging if row.currency != self.account.currency]


def head_of(actor: Actor, number: str, today: date) -> Head:
    """Find the account by its number, with what is open by age."""
    found = account_by_number(actor.entity_id, number)
    return Head(found, account_aging(actor.entity_id, found.id, today), today)


@page("GET", right="books.view")
def show(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show one tab of the account; `?tab=` names it."""
    actor = signed_in(request)
    head = head_of(actor, number, day_of(actor))
    tab = request.GET.get("tab", "timeline")
    tab = tab if tab in TABS else "timeline"
    context = {
        "head": head,
        "account": head.account,
        "buckets": buckets_of(head),
        "customer": party(actor.entity_id, head.account.party_id),
        "holds": holds_of(actor.entity_id, head.account.id),
        "owners": names(actor.entity_id, head.today),
        "tab": tab,
        "tabs": tabs_of(head, tab),
        "kinds": KIND_WORDS,
        **TABS[tab][1](request, actor, head),
    }
    return render(request, "accounts/account.html", context)


def tabs_of(head: Head, tab: str) -> list[tuple[str, int | None, str, bool]]:
    """Return the tabs with their addresses; the count of open items stands beside its tab."""
    at = f"/accounts/{head.account.number}"
    counts = {"items": sum(row.items for row in head.aging)}
    return [(title, counts.get(name), f"{at}?tab={name}", name == tab) for name, (title, _) in TABS.items()]


def buckets_of(head: Head) -> list[tuple[str, int]]:
    """Return what is owed by age, for the bars."""
    main = head.main
    return list(zip(BUCKET_NAMES, main.buckets if main else (0,) * 5, strict=True))


def day_asked(request: HttpRequest, actor: Actor, name: str, otherwise: date) -> date:
    """Read a day from the address."""
    text = request.GET.get(name, "").strip()
    if not text:
        return otherwise
    try:
        return parse_date(text, actor.language)
    except ValueError as error:
        raise BadInput("desk.day_unclear", day=text, remedy=str(error)) from error


def show_timeline(request: HttpRequest, actor: Actor, head: Head) -> dict[str, Any]:
    only = request.GET.get("only", "")
    only = only if only in ("money", "messages", "changes") else ""
    cursor = cursor_of(request, TIMELINE)
    after = (str(cursor.after), cursor.after_id) if cursor.after_id is not None else None
    rows = timeline(actor.entity_id, head.account.id, zone=actor.zone, only=only, after=after, limit=LIMIT)
    shown = page_of(request, rows, TIMELINE, key=lambda row: row.sort_key, row_id=lambda row: row.id)
    return {"page": shown, "only": only}


def show_items(request: HttpRequest, actor: Actor, head: Head) -> dict[str, Any]:
    kind, every = request.GET.get("kind", ""), request.GET.get("show") == "all"
    as_of, since = day_asked(request, actor, "as_of", date.max), day_asked(request, actor, "from", date.min)
    behind_a_figure = bool(kind)
    found = items_of_account(actor.entity_id, head.account.id, open_only=not (every or behind_a_figure))
    if behind_a_figure:
        found = items_behind(found, kind, since, as_of)
    shown = found[-ITEMS_SHOWN:]
    settled: dict[int, list[Settlement]] = {}
    for each in settlements_of(actor.entity_id, [item.id for item in shown]) if shown else []:
        settled.setdefault(each.item_id, []).append(each)
    return {
        "debits": [item for item in shown if item.open_minor > 0],
        "credits": [item for item in shown if item.open_minor < 0],
        "closed": [item for item in shown if item.open_minor == 0],
        "listed": shown,
        "settled": settled,
        "kind": kind,
        "every": every,
        "hidden": len(found) - len(shown),
        "sum_minor": sum(item.amount_minor for item in found if item.currency == head.account.currency),
        "drafts": drafts_of(actor.entity_id, head.account.id),
    }


def items_behind(items: list[OpenItem], kind: str, since: date, as_of: date) -> list[OpenItem]:
    """Return the items that make up one figure of the balance's waterfall."""
    if kind == "opening" and since > date.min:
        return [item for item in items if item.issued_on < since]
    return [item for item in items if item.kind == kind and since <= item.issued_on <= as_of]


def show_why(request: HttpRequest, actor: Actor, head: Head) -> dict[str, Any]:
    as_of = day_asked(request, actor, "as_of", head.today)
    since = day_asked(request, actor, "from", date.min)
    why = explain_balance(actor.entity_id, head.account.id, as_of, from_on=since if since > date.min else None)
    steps = [
        Step(line.label, line.amount_minor, line.href, f"{line.items} documents" if line.items != 1 else "1 document")
        for line in why.lines
    ]
    return {"why": why, "steps": steps, "as_of": as_of, "since": since if since > date.min else None}


def show_agreements(request: HttpRequest, actor: Actor, head: Head) -> dict[str, Any]:
    return {"agreements": agreements(actor.entity_id, account_id=head.account.id, limit=200)}


def show_contacts(request: HttpRequest, actor: Actor, head: Head) -> dict[str, Any]:
    return {"contacts": contacts_of(actor.entity_id, head.account.party_id)}


def show_documents(request: HttpRequest, actor: Actor, head: Head) -> dict[str, Any]:
    sort = Sort("issued_on", descending=True)
    cursor = cursor_of(request, sort)
    before = (cursor.after, cursor.after_id) if isinstance(cursor.after, date) and cursor.after_id is not None else None
    wanted = DocumentFilter(account_id=head.account.id)
    rows = documents_page(actor.entity_id, wanted, today=head.today, before=before, limit=LIMIT)
    return {"page": page_of(request, rows, sort, key=lambda row: row.issued_on, row_id=lambda row: row.id)}


def statement_asked(request: HttpRequest, actor: Actor, head: Head) -> Statement:
    """Return the statement the address asks for: the last three months unless it says otherwise."""
    to_on = day_asked(request, actor, "to", head.today)
    first = (to_on.replace(day=1) - timedelta(days=62)).replace(day=1)
    from_on = day_asked(request, actor, "from", first)
    if from_on > to_on:
        raise BadInput("desk.days_reversed", from_on=from_on, to_on=to_on)
    return statement(actor.entity_id, head.account.id, from_on=from_on, to_on=to_on)


def show_statement(request: HttpRequest, actor: Actor, head: Head) -> dict[str, Any]:
    return {"statement": statement_asked(request, actor, head)}


@page("GET", right="books.view")
def statement_file(request: HttpRequest, number: str) -> HttpResponseBase:
    """Give the statement as a file: `?as=` csv, xlsx or parquet, else PDF."""
    actor = signed_in(request)
    head = head_of(actor, number, day_of(actor))
    found = statement_asked(request, actor, head)
    name = f"statement-{head.account.number}-{found.to_on}"
    if kind_asked(request):
        return table_file(request, name, STATEMENT_COLUMNS, statement_rows(found))
    answer = HttpResponse(statement_pdf(actor.entity_id, head.account, found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def statement_rows(found: Statement) -> list[tuple[object, ...]]:
    """Return the statement as rows of a file, opening and closing included."""
    blank: tuple[object, ...] = ("", None)
    rows: list[tuple[object, ...]] = [
        (found.from_on, "Opening balance", *blank, None, None, found.opening_minor, found.currency)
    ]
    rows += [
        (
            line.issued_on,
            KIND_WORDS[line.kind],
            line.number,
            line.due_on,
            line.amount_minor,
            line.open_minor,
            line.balance_minor,
            found.currency,
        )
        for line in found.lines
    ]
    return [*rows, (found.to_on, "Closing balance", *blank, None, None, found.closing_minor, found.currency)]


TABS: dict[str, tuple[str, Callable[[HttpRequest, Actor, Head], dict[str, Any]]]] = {
    "timeline": ("Timeline", show_timeline),
    "items": ("Open items", show_items),
    "agreements": ("Agreements", show_agreements),
    "contacts": ("Contacts", show_contacts),
    "documents": ("Documents", show_documents),
    "statement": ("Statement", show_statement),
    "why": ("Why?", show_why),
}
