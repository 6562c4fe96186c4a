"""Bill runs: set one up, watch it being planned, look at what it would bill, approve it, see it proved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import path

from duly.desk.queries.runs import owners_of
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.finding import names_of, pages_of
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import date_text
from duly.desk.web.page import by_method, page
from duly.desk.web.paging import LIMIT, Page, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.svg import Segment
from duly.formats.tabular.write import Column
from duly.invoicing.actions.held import assign_held
from duly.invoicing.actions.plan import plan_run
from duly.invoicing.actions.runs import OWN_RUN, approve_run, cancel_run, start_issuing
from duly.invoicing.models import Run
from duly.invoicing.queries.documents import DocumentFilter, documents_page
from duly.invoicing.queries.runs import Held, Preview, held_page, preview, run, runs
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput
from duly.receivables.actions.accounts import release_holds
from duly.receivables.queries import account, holds_of

SENTENCES.update(
    {
        "run.unknown": "There is no such bill run.",
        "run.cannot_become_approved": "This run cannot be approved now: it is {current}.",
        "run.cannot_become_cancelled": "This run cannot be cancelled any more: it is {current}.",
        "run.cannot_become_issuing": "This run cannot be issued now: it is {current}.",
        "runs.approver_is_maker": "You set this run up; above {limit_minor} somebody else approves it.",
        "ledger.period_closed": "The books of {day} are closed. Choose a day in an open month.",
    }
)
STATES = {
    "planning": ("Being planned", "info"),
    "planned": ("To approve", "warn"),
    "approved": ("Approved", "info"),
    "issuing": ("Being issued", "info"),
    "issued": ("Issued", "ok"),
    "cancelled": ("Cancelled", "quiet"),
}
STEPS = ("Collect charges", "Check", "Preview", "Approve", "Issue", "Certificate")
DONE_STEPS = {"planning": 0, "planned": 2, "approved": 4, "issuing": 4, "issued": 6, "cancelled": 0}
REASONS = {
    "on_hold": "On hold",
    "surprise": "To decide",
    "account_closed": "Account closed",
    "drafts_differ": "Drafts differ",
    "address_missing": "No address",
    "email_missing": "No e-mail",
    "not_chargeable": "Cannot be priced",
}
LARGEST_COMPARED = 50_000
"""Accounts up to which the biggest changes are worked out with the page; above, they are a page of their own."""
HELD_COLUMNS = (
    Column("Account"),
    Column("Name"),
    Column("Reason"),
    Column("Why"),
    Column("Expected", "money", "Currency"),
    Column("Currency"),
    Column("Owner"),
    Column("Deadline", "date"),
)


@page("GET", right="books.view")
def show_all(request: HttpRequest) -> HttpResponseBase:
    """Show the runs, newest first."""
    actor = signed_in(request)
    sort = Sort("id", descending=True)
    rows = runs(actor.entity_id, before_id=cursor_of(request, sort).after_id, limit=LIMIT)
    listed = page_of(request, rows, sort, key=lambda row: row.id, row_id=lambda row: row.id)
    return render(request, "runs/list.html", {"page": listed, "states": STATES})


@page("GET", right="runs.plan")
def new(request: HttpRequest) -> HttpResponseBase:
    """Ask for the two days of a run."""
    actor = signed_in(request)
    today = day_of(actor)
    through = request.GET.get("through") or month_end(today)
    return new_form(request, Form(None, actor, begin_with={"through_on": through, "issued_on": today}))


def month_end(day: date) -> date:
    """Return the last day of the month."""
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)


def new_form(request: HttpRequest, form: Form, *, status: int = 200) -> HttpResponseBase:
    actor = signed_in(request)
    last = next((each for each in runs(actor.entity_id, limit=10) if each.state == "issued"), None)
    return render(request, "runs/new.html", {"form": form, "last": last}, status=status)


@page("POST", right="runs.plan")
def start(request: HttpRequest) -> HttpResponseBase:
    """Set a run up; workers plan it."""
    actor = signed_in(request)
    form = Form(request, actor)
    through_on = form.day("through_on", "Bill through")
    issued_on = form.day("issued_on", "Dated")
    note = form.text("note", "Note", required=False)
    if not form.wrong:
        with refusals_in(form, actor, field="issued_on"):
            run_id = plan_run(through_on, issued_on, today=day_of(actor), by=actor, note=note)
            return acted(request, f"/runs/{run_id}", "Bill run set up; its charges are being collected.")
    return new_form(request, form, status=422)


@page("GET", right="books.view")
def show(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Show a run: its progress, its preview, or its certificate."""
    actor = signed_in(request)
    found = run(actor.entity_id, run_id)
    context: dict[str, Any] = {
        "run": found,
        "state": STATES[found.state],
        "steps": steps_of(found),
        "today": day_of(actor),
        "reasons": REASONS,
        "people": names_of(actor.entity_id, day_of(actor)),
        "held": [],
        "compared": None,
        "documents": [],
        "needs_other": needs_other(found, actor),
        "segments": [
            Segment("to bill", found.planned_accounts, 1),
            Segment("held", found.held_accounts, 4),
            Segment("nothing due", found.nothing_due, 5),
        ],
    }
    if found.held_accounts:
        context["held"] = held_page(actor.entity_id, run_id, limit=8)
        context["owners"] = owners_of(actor.entity_id, [row.account_id for row in context["held"]])
    if found.state in ("planned", "approved") and found.expected_accounts <= LARGEST_COMPARED:
        context["compared"] = preview(actor.entity_id, run_id, changes=8)
        context["percents"] = percents_of(context["compared"])
    if found.documents:
        where = DocumentFilter(run_id=run_id, from_on=found.issued_on, to_on=found.issued_on)
        context["documents"] = documents_page(actor.entity_id, where, today=day_of(actor), limit=6)
    return render(request, "runs/run.html", context)


def percents_of(compared: Preview) -> dict[str, Decimal]:
    """Return by how many percent each currency's net differs from the run before."""
    was = compared.previous.billed_net if compared.previous else {}
    return {
        currency: round(100 * (Decimal(minor) / was[currency] - 1), 1)
        for currency, minor in compared.run.to_bill_net.items()
        if was.get(currency)
    }


def steps_of(found: Run) -> list[tuple[str, str]]:
    """Return the steps of a run with which are done and which is now."""
    done = DONE_STEPS[found.state]
    if found.state == "planning" and found.chunks_planned:
        done = 1
    return [(label, "done" if i < done else "now" if i == done else "later") for i, label in enumerate(STEPS)]


def needs_other(found: Run, actor: Actor) -> bool:
    """Return whether the run is the actor's own and large enough that somebody else must approve it."""
    limits = {currency: actor.limits.get((OWN_RUN, currency)) for currency in found.to_bill_net}
    over = [c for c, limit in limits.items() if limit is not None and abs(found.to_bill_net[c]) > limit]
    return bool(over) and actor.user_id == found.made_by


@page("POST", right="runs.approve")
def approve(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Approve what a run will bill; workers begin at once."""
    approve_run(run_id, by=signed_in(request))
    return acted(request, f"/runs/{run_id}", "Approved; the invoices are being issued.")


@page("POST", right="runs.issue")
def issue(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Let workers issue an approved run now."""
    start_issuing(run_id, by=signed_in(request))
    return acted(request, f"/runs/{run_id}", "The invoices are being issued.")


@page("POST", right="runs.plan")
def cancel(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Give a run up; its drafts wait for the next."""
    cancel_run(run_id, by=signed_in(request))
    return acted(request, "/runs", "Bill run cancelled; its drafts wait for the next one.")


@page("GET", right="books.view")
def certificate(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Show the completeness certificate as a statement to print."""
    actor = signed_in(request)
    return render(request, "runs/certificate.html", {"run": run(actor.entity_id, run_id)})


@page("GET", right="books.view")
def changes(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Show which accounts' bills change most against the run before."""
    actor = signed_in(request)
    compared: Preview = preview(actor.entity_id, run_id, changes=100)
    return render(request, "runs/changes.html", {"run": compared.run, "compared": compared})


@page("GET", right="books.view")
def held(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Show the accounts a run holds, each with its reason, owner and deadline."""
    actor = signed_in(request)
    people = names_of(actor.entity_id, day_of(actor))
    if kind_asked(request):
        return table_file(request, f"held-run-{run_id}", HELD_COLUMNS, held_rows(actor, run_id, people))
    sort = Sort("account_id")
    after = cursor_of(request, sort).after_id
    rows = held_page(actor.entity_id, run_id, after_account=after, limit=LIMIT)
    listed: Page[Held] = page_of(request, rows, sort, key=lambda row: row.account_id, row_id=lambda row: row.account_id)
    return render(
        request,
        "runs/held.html",
        {
            "run": run(actor.entity_id, run_id),
            "page": listed,
            "people": people,
            "owners": owners_of(actor.entity_id, [row.account_id for row in listed.rows]),
            "reasons": REASONS,
            "today": day_of(actor),
        },
    )


def held_rows(actor: Actor, run_id: int, people: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    """Yield every held account of a run, for a file."""

    def fetch(after: int | None) -> list[Held]:
        return held_page(actor.entity_id, run_id, after_account=after, limit=2000)

    for row in pages_of(fetch, lambda last: last.account_id):
        yield (
            *(row.account_number, row.account_name, REASONS.get(row.reason_code, row.reason_code), row.reason),
            *(row.expected_minor, row.currency, people.get(row.owner_id or 0, ""), row.deadline_on),
        )


@page("POST", right="accounts.hold")
def release(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Release the holds that keep an account out of billing."""
    actor = signed_in(request)
    owner = account(actor.entity_id, number_in(request, "account"))
    holds = [hold.id for hold in holds_of(actor.entity_id, owner.id) if hold.scope in ("billing", "all")]
    release_holds(holds, by=actor)
    note = "The run bills it when it is issued." if run(actor.entity_id, run_id).state != "issued" else ""
    return acted(request, f"/runs/{run_id}/held", f"{owner.name} is released.", note=note)


@page("POST", right="charges.review")
def assign(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Hand a held account of the run to a colleague, to be decided by a day; the account keeps its own owner."""
    actor = signed_in(request)
    today = day_of(actor)
    owner = account(actor.entity_id, number_in(request, "account"))
    person = number_in(request, "owner")
    people = names_of(actor.entity_id, today)
    if person not in people:
        raise BadInput("desk.unknown_person", remedy="Choose one of the people of this office")
    form = Form(request, actor)
    deadline_on = form.day("deadline_on", "Decide by", earliest=today)
    if form.wrong:
        raise BadInput("desk.day_unclear", day=form.typed("deadline_on"), remedy=form.error("deadline_on"))
    assign_held(run_id, [owner.id], owner_id=person, deadline_on=deadline_on, by=actor)
    until = date_text(deadline_on, actor.language, "day")
    return acted(request, f"/runs/{run_id}/held", f"{owner.name} is for {people[person]} to decide by {until}.")


def number_in(request: HttpRequest, name: str) -> int:
    """Read an id that the page itself put into the form."""
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdigit()):
        raise BadInput("desk.nothing_chosen", remedy="Choose one")
    return int(text)


urlpatterns = [
    path("runs", show_all, name="runs"),
    path("runs/new", by_method(new, start), name="runs-new"),
    path("runs/<int:run_id>", show, name="run"),
    path("runs/<int:run_id>/approve", approve, name="run-approve"),
    path("runs/<int:run_id>/issue", issue, name="run-issue"),
    path("runs/<int:run_id>/cancel", cancel, name="run-cancel"),
    path("runs/<int:run_id>/certificate", certificate, name="run-certificate"),
    path("runs/<int:run_id>/changes", changes, name="run-changes"),
    path("runs/<int:run_id>/held", held, name="run-held"),
    path("runs/<int:run_id>/release", release, name="run-release"),
    path("runs/<int:run_id>/assign", assign, name="run-assign"),
]
