"""The books as a whole: bank = ledger = subledger, the journal as a file, the proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from tempfile import SpooledTemporaryFile
from time import perf_counter
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase

from duly.banking.queries import reconcile
from duly.banking.verify import checks as banking_checks
from duly.desk.web.acting import day_of
from duly.desk.web.export import IN_MEMORY_BYTES
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import parse_date
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.events.sealing import CHAIN as EVENTS
from duly.events.verify import checks as events_checks
from duly.invoicing.verify import checks as invoicing_checks
from duly.kernel.actor import Actor
from duly.kernel.chain import Chain
from duly.kernel.checks import Problem
from duly.kernel.refusals import BadInput
from duly.ledger.sealing import CHAIN as LEDGER
from duly.ledger.verify import checks as ledger_checks
from duly.ledger.verify import postings_in_books
from duly.matching.verify import checks as matching_checks
from duly.payments.verify import checks as payments_checks
from duly.receivables.verify import checks as receivables_checks
from duly.reports.exports import JOURNAL_ENDINGS, write_journal

CHECKS: tuple[tuple[str, str, Callable[[int], list[Problem]]], ...] = (
    ("The journal", "every entry balances, totals and closed months are what the postings say", ledger_checks),
    ("Open items", "every item is its document less what settled it; numbers have no gaps", receivables_checks),
    ("Documents", "every invoice adds up and is in the books as it is on paper", invoicing_checks),
    ("Payments", "every receipt is in the books once, with its item and its number", payments_checks),
    ("The bank", "statements prove each other, every line is what it was placed as", banking_checks),
    ("Matches", "every accepted match applied what was proposed", matching_checks),
    ("What happened", "no recorded event was changed", events_checks),
)
TYPES = {"csv": "text/csv; charset=utf-8", "beancount": "text/plain; charset=utf-8"}


CHAINS: tuple[tuple[str, Chain], ...] = (("The chain of the journal", LEDGER), ("The chain of events", EVENTS))
BLOCKS_A_LOOK = 20
"""Blocks whose rows are hashed again on the page, the newest ones; `duly verify` and the night prove all."""


def chain_checks(*, rows: bool) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Say of each chain whether its blocks bind each other, and with `rows` whether the newest bind their rows."""
    shown: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for label, chain in CHAINS:
        blocks = chain.blocks()
        loose = [block for block in blocks if not (block.linked and block.whole)]
        proved = blocks[-BLOCKS_A_LOOK:] if rows else []
        looked_at = {block.id: block for block in [*loose, *proved]}
        found = [problem for block in looked_at.values() for problem in chain.problems_of(block)]
        problems += found
        read = f"; rows of {len(proved)} read again" if rows else ""
        text = f"{len(blocks)} blocks bind {sum(block.rows for block in blocks):,} rows{read}"
        head = f", head {chain.head()[:16]}" if blocks else ""
        shown.append({"ok": not found and not loose, "label": label, "text": text + head, "href": ""})
    return shown, problems


def day_asked(request: HttpRequest, actor: Actor, name: str, otherwise: date) -> date:
    """Read a day of the address; the other one when it is missing."""
    text = request.GET.get(name, "").strip()
    if not text:
        return otherwise
    try:
        return parse_date(text, actor.language)
    except ValueError as error:
        raise BadInput("reports.parameter_unreadable", problem=str(error)) from error


@page("GET", right="books.view")
def reconciliation(request: HttpRequest) -> HttpResponseBase:
    """Show bank = ledger = subledger as of a day."""
    actor = signed_in(request)
    as_of = day_asked(request, actor, "as_of", day_of(actor))
    return render(request, "reports/reconcile.html", {"found": reconcile(actor.entity_id, as_of), "as_of": as_of})


@page("GET", right="exports.run")
def journal(request: HttpRequest) -> HttpResponseBase:
    """Ask for the days of a journal file, or give it."""
    actor = signed_in(request)
    today = day_of(actor)
    first, last = today.replace(day=1), today
    from_on, to_on = day_asked(request, actor, "from", first), day_asked(request, actor, "to", last)
    ending = request.GET.get("as", "")
    if ending in JOURNAL_ENDINGS:
        return journal_file(actor, from_on, to_on, ending)
    form = Form(None, actor, begin_with={"from": from_on, "to": to_on, "as": "csv"})
    return render(request, "reports/journal.html", {"form": form})


def journal_file(actor: Actor, from_on: date, to_on: date, ending: str) -> FileResponse:
    """Give all entries of these days; the name carries the batch, the same rows give the same file."""
    out: Any = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  closed by the response
    made = write_journal(actor.entity_id, from_on, to_on, out, ending=ending)
    out.seek(0)
    response = FileResponse(
        out, as_attachment=True, filename=f"journal-{made.batch}.{ending}", content_type=TYPES[ending]
    )
    response["X-Content-Sha256"] = made.sha256
    return response


@page("GET", right="books.view")
def proof(request: HttpRequest) -> HttpResponseBase:
    """Prove the books from their rows, when asked to."""
    actor = signed_in(request)
    bound, torn = chain_checks(rows="now" in request.GET)
    context: dict[str, Any] = {"checks": CHECKS, "results": None, "chains": bound, "problems": torn}
    if "now" in request.GET:
        began = perf_counter()
        results = [(title, text, check(actor.entity_id)) for title, text, check in CHECKS]
        context["results"] = [
            {"ok": not found, "label": title, "text": text, "href": ""} for title, text, found in results
        ]
        context["problems"] = [*torn, *(problem for _, _, found in results for problem in found)]
        context["postings"] = postings_in_books(actor.entity_id)
        context["seconds"] = f"{perf_counter() - began:.1f}"
    return render(request, "reports/verify.html", context)
