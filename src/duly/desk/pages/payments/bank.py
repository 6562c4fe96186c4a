"""Our bank accounts: what the bank says, what the books say, and every line that lies between."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.banking.actions import accept_gap, record_opening
from duly.banking.queries import bank_account, bank_accounts, files, reconcile_banks, statements, strip
from duly.banking.queries.reconcile import Between
from duly.desk.web.acting import acted, day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import parse_date
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.formats.tabular.write import Column
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput

SENTENCES.update(
    {
        "banking.unknown_account": "There is no such bank account.",
        "banking.account_unknown": "This file is of account {account}, which is none of ours. Enter the bank"
        " account first, or choose which account the file is of.",
        "banking.currency_differs": "This file is in {currency}, the bank account is not.",
        "banking.no_statement_yet": "There is no statement yet whose opening balance could be posted.",
        "banking.opening_posted_already": "The opening balance is in the books already.",
        "bank.file_unreadable": "{file}, line {line}: {problem}. {remedy}",
        "bank.file_undone_already": "{file} was taken back already.",
        "bank.lines_are_placed": "{lines} lines of {file} are matched. Undo those matches first.",
        "bank.later_file_builds_on_it": "{later} continues {file}. Take the later file back first.",
        "bank.gap_cannot_be_accepted": "This statement contradicts itself or overlaps what is known.",
        "bank.statement_lies_before_the_last": "This statement lies before the last one; the ones between are missing.",
        "bank.reason_missing": "Say in a few words why the gap is accepted.",
    }
)
WHAT = {
    "line": "On the statement, not in the books",
    "entry": "In the books, on no statement",
    "opening": "Before the first statement",
    "gap": "A gap that was accepted",
}
BETWEEN_COLUMNS = (
    Column("Day", "date"),
    Column("What"),
    Column("Text"),
    Column("Amount", "money", "Currency"),
    Column("Currency"),
)
NEWEST = Sort("id", descending=True)


def tabs_of(current: str) -> list[tuple[str, None, str, bool]]:
    """Return the tabs of the area."""
    places = (
        ("bank", "Bank accounts", "/payments"),
        ("receipts", "Receipts", "/payments/receipts"),
        ("unapplied", "Not applied", "/payments/unapplied"),
        ("refunds", "Refunds", "/refunds"),
        ("write_offs", "Write-offs", "/write-offs"),
    )
    return [(label, None, url, key == current) for key, label, url in places]


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the bank accounts, the place for a file, and what was brought in."""
    actor = signed_in(request)
    return home(request, Form(None, actor))


def home(request: HttpRequest, form: Form, *, status: int = 200) -> HttpResponseBase:
    """Show the page with a form, whose upload may have gone wrong."""
    actor = signed_in(request)
    today = day_of(actor)
    rows = files(actor.entity_id, before=cursor_of(request, NEWEST).after_id, limit=LIMIT)
    figures = strip(actor.entity_id, today)
    context = {
        "form": form,
        "figures": figures,
        "accounts": [(each.id, f"{each.name}, {each.currency}") for each in bank_accounts(actor.entity_id)],
        "page": page_of(request, rows, NEWEST, key=lambda row: row.id, row_id=lambda row: row.id),
        "quarantined": statements(actor.entity_id, state="quarantined", limit=20),
        "names": {each.id: each.name for each in bank_accounts(actor.entity_id)},
        "tabs": tabs_of("bank"),
        "today": today,
    }
    return render(request, "payments/bank.html", context, status=status)


@page("GET", right="books.view")
def one(request: HttpRequest, bank_id: int) -> HttpResponseBase:
    """Show one bank account as of a day: statement, ledger, and the difference line by line."""
    actor = signed_in(request)
    owned = bank_account(actor.entity_id, bank_id)
    as_of = day_asked(request, actor)
    found = next(each for each in reconcile_banks(actor.entity_id, as_of) if each.figures.bank_account_id == bank_id)
    if kind_asked(request):
        return table_file(
            request,
            f"difference-{owned.name}-{as_of}",
            BETWEEN_COLUMNS,
            (between_row(row, owned.currency) for row in found.between),
        )
    newest = Sort("to_on", descending=True)
    cursor = cursor_of(request, newest)
    before = (cursor.after, cursor.after_id) if isinstance(cursor.after, date) and cursor.after_id is not None else None
    rows = statements(actor.entity_id, bank_account_id=bank_id, before=before, limit=LIMIT)
    context: dict[str, Any] = {
        "bank": owned,
        "figures": found.figures,
        "reconciled": found.reconciled,
        "between": found.between[:200],
        "between_count": len(found.between),
        "as_of": as_of,
        "what": WHAT,
        "page": page_of(request, rows, newest, key=lambda row: row.to_on, row_id=lambda row: row.id),
        "opening": next((row for row in found.between if row.kind == "opening"), None),
    }
    return render(request, "payments/bank_one.html", context)


def day_asked(request: HttpRequest, actor: Actor) -> date:
    """Return the day the address asks for, today without one."""
    text = request.GET.get("as_of", "").strip()
    if not text:
        return day_of(actor)
    try:
        return parse_date(text, actor.language)
    except ValueError as error:
        raise BadInput("reports.parameter_unreadable", problem=str(error)) from error


def between_row(row: Between, currency: str) -> tuple[object, ...]:
    return row.on, WHAT.get(row.kind, row.kind), row.text, row.amount_minor, currency


@page("POST", right="ledger.post")
def opening(request: HttpRequest, bank_id: int) -> HttpResponseBase:
    """Post what the bank held before the first statement."""
    actor = signed_in(request)
    record_opening(bank_id, by=actor)
    return acted(request, f"/payments/banks/{bank_id}", "The opening balance is in the books, against 3000.")


@page("POST", right="banking.edit")
def accept(request: HttpRequest, statement_id: int) -> HttpResponseBase:
    """Chain a statement although one before it is missing."""
    actor = signed_in(request)
    reason = request.POST.get("reason", "").strip()[:300]
    if not reason:
        raise BadInput("bank.reason_missing")
    accept_gap(statement_id, reason=reason, by=actor)
    return acted(request, "/payments", "The statement is taken in; the gap stays listed in the reconciliation.")
