"""Dunning runs: plan, look at who gets what and who is left out, take out, release."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from duly.collections.actions.plan_run import cancel_run, finish_planning, plan_dunning, plan_next_chunk
from duly.collections.actions.release_run import finish_release, put_back, release_next_chunk, start_release, take_out
from duly.collections.actions.standing import refresh_board
from duly.collections.papers import reminder_doc
from duly.collections.queries.runs import LeftOut, Letter, certificate_of, left_out_of, letters_of, run, runs
from duly.desk.pages.collections.words import CHANNELS, RUN_STATES, reason_text, tabs_of
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.finding import pages_of
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.formats.pdf import render_pdf
from duly.formats.tabular.write import Column

AT_ONCE = 3
"""Chunks a click works off itself; what is left is the worker's."""
OUT_COLUMNS = (
    Column("Account"),
    Column("Name"),
    Column("Reason"),
    Column("Detail"),
    Column("Items", "int"),
    Column("Amount", "money", "Currency"),
    Column("Currency"),
    Column("Until", "date"),
)
LETTER_COLUMNS = (
    Column("Account"),
    Column("Name"),
    Column("Step"),
    Column("By"),
    Column("To"),
    Column("Items", "int"),
    Column("Asked for", "money", "Currency"),
    Column("Costs", "money", "Currency"),
    Column("Currency"),
    Column("Oldest due", "date"),
    Column("State"),
)


@page("GET", right="books.view")
def show_all(request: HttpRequest) -> HttpResponseBase:
    """Show the runs, newest first, and ask for the day of the next."""
    actor = signed_in(request)
    form = Form(None, actor, begin_with={"through_on": day_of(actor)})
    return render(
        request,
        "collections/runs.html",
        {"runs": runs(actor.entity_id), "form": form, "states": RUN_STATES, "tabs": tabs_of("runs")},
    )


@page("POST", right="dunning.run")
def plan(request: HttpRequest) -> HttpResponseBase:
    """Plan a run through a day."""
    actor = signed_in(request)
    form = Form(request, actor)
    through = form.day("through_on", "Through")
    run_id = 0
    if not form.wrong:
        with refusals_in(form, actor, field="through_on"):
            run_id = plan_dunning(through, today=day_of(actor), by=actor)
    if form.wrong:
        context = {"runs": runs(actor.entity_id), "form": form, "states": RUN_STATES, "tabs": tabs_of("runs")}
        return render(request, "collections/runs.html", context, status=422)
    answer = acted(request, f"/collections/runs/{run_id}", "Planned. Look at it, then let it go.")
    if work(lambda: plan_next_chunk(run_id, by=actor)):
        finish_planning(run_id, by=actor)
    return answer


def work(step: Callable[[], bool]) -> bool:
    """Work a few chunks off at once; True when none is left."""
    return not all(step() for _ in range(AT_ONCE))


@page("GET", right="books.view")
def show(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Show who gets what, and who is left out and why, in sums."""
    actor = signed_in(request)
    found = run(actor.entity_id, run_id)
    if kind_asked(request):
        each = pages_of(lambda after: letters_of(actor.entity_id, run_id, after=after or 0), lambda row: row.id)
        return table_file(request, f"dunning-{found.through_on}", LETTER_COLUMNS, (letter_row(row) for row in each))
    sort = Sort("id")
    rows = letters_of(actor.entity_id, run_id, after=cursor_of(request, sort).after_id or 0, limit=LIMIT)
    context = {
        "run": found,
        "page": page_of(request, rows, sort, key=lambda row: row.id, row_id=lambda row: row.id),
        "certificate": found.certificate or certificate_of(actor.entity_id, run_id),
        "reason_text": reason_text,
        "channels": CHANNELS,
        "states": RUN_STATES,
        "tabs": tabs_of("runs"),
    }
    return render(request, "collections/run.html", context)


def letter_row(row: Letter) -> tuple[object, ...]:
    """Return a letter as a row of a file."""
    return (
        row.account_number, row.name, row.step_name, row.channel, row.address, row.items, row.dunned_minor,
        row.charges_minor, row.currency, row.oldest_due_on, row.state,
    )  # fmt: skip


@page("GET", right="books.view")
def left_out(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Show who is left out, and why."""
    actor = signed_in(request)
    found = run(actor.entity_id, run_id)
    reason = request.GET.get("reason") or None
    if kind_asked(request):
        each = pages_of(
            lambda after: left_out_of(actor.entity_id, run_id, reason=reason, after=after or 0),
            lambda row: row.account_id,
        )
        return table_file(request, f"left-out-{found.through_on}", OUT_COLUMNS, (out_row(row) for row in each))
    sort = Sort("account_id")
    rows = left_out_of(
        actor.entity_id, run_id, reason=reason, after=cursor_of(request, sort).after_id or 0, limit=LIMIT
    )
    context = {
        "run": found,
        "page": page_of(request, rows, sort, key=lambda row: row.account_id, row_id=lambda row: row.account_id),
        "reason": reason,
        "reason_text": reason_text,
        "tabs": tabs_of("runs"),
    }
    return render(request, "collections/left_out.html", context)


def out_row(row: LeftOut) -> tuple[object, ...]:
    """Return somebody left out as a row of a file."""
    return (
        row.account_number, row.name, reason_text(row.reason), row.detail, row.items, row.amount_minor, row.currency,
        row.until_on,
    )  # fmt: skip


@page("POST", right="dunning.run")
def out(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Leave the ticked letters out this time."""
    actor = signed_in(request)
    form = Form(request, actor)
    taken = take_out(form.ids(), why=form.typed("why"), by=actor)
    return acted(request, f"/collections/runs/{run_id}", f"{taken} left out this time.")


@page("POST", right="dunning.run")
def back(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Take a letter in again."""
    actor = signed_in(request)
    run(actor.entity_id, run_id)
    put_back(Form(request, actor).ids(), by=actor)
    return acted(request, f"/collections/runs/{run_id}", "Taken in again.")


@page("POST", right="dunning.release")
def release(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Let the run go."""
    actor = signed_in(request)
    start_release(run_id, by=actor)
    answer = acted(request, f"/collections/runs/{run_id}", "Released: the letters leave in a minute, each at its hour.")
    if work(lambda: release_next_chunk(run_id, today=day_of(actor), by=actor)):
        finish_release(run_id, by=actor)
        refresh_board(day_of(actor), by=actor)
    return answer


@page("POST", right="dunning.run")
def cancel(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Forget a planned run."""
    cancel_run(run_id, by=signed_in(request))
    return acted(request, "/collections/runs", "Cancelled: nothing was sent.")


@page("GET", right="books.view")
def letter(request: HttpRequest, letter_id: int) -> HttpResponseBase:
    """Show a letter as it goes on paper."""
    doc = reminder_doc(signed_in(request).entity_id, letter_id)
    name = f"{doc.number.replace('/', '-')}.pdf"
    return HttpResponse(
        render_pdf(doc), content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
