"""Journals written by hand: those above their maker's limit wait here for a second person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.web.acting import acted
from duly.desk.web.frame import signed_in
from duly.desk.web.page import back_path, page
from duly.desk.web.paging import LIMIT
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.kernel.actor import Actor
from duly.ledger.actions import accept_journal, refuse_journal
from duly.ledger.models import JOURNAL_STATES, Journal
from duly.ledger.queries import chart, journals
from duly.ledger.rules import lines_of, turnover

HERE = "/reports/journals/waiting"
SENTENCES.update(
    {
        "ledger.unknown_journal": "There is no such journal in these books.",
        "ledger.maker_cannot_accept": "{made_by} wrote it, so a second person has to decide.",
        "ledger.journal_changed_meanwhile": "Somebody else decided this journal meanwhile.",
    }
)


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the journals that wait, newest first; `?state=` asks for another state."""
    actor = signed_in(request)
    asked, before = request.GET.get("state", "waiting"), request.GET.get("before", "")
    state = asked if asked in JOURNAL_STATES.moves else "waiting"
    before_id = int(before) if before.isdigit() and len(before) < 19 else None
    found = journals(actor.entity_id, state=state, before_id=before_id, limit=LIMIT)
    shown = found[: LIMIT - 1]
    names = {account.code: account.name for account in chart(actor.entity_id)}
    context = {
        "journals": [told(journal, actor) for journal in shown],
        "names": names,
        "state": state,
        "states": list(JOURNAL_STATES.moves),
        "older": shown[-1].id if len(found) == LIMIT else None,
    }
    return render(request, "reports/journals.html", context)


def told(journal: Journal, actor: Actor) -> dict[str, Any]:
    """Return a journal with its lines, its size and what this person may decide on it."""
    lines = lines_of(journal.lines)
    sizes = turnover(lines)
    waits = journal.state == "waiting" and actor.may("ledger.post")
    limits = {currency: actor.limits.get(("ledger.post", currency)) for currency in sizes}
    within = all(limit is None or sizes[currency] <= limit for currency, limit in limits.items())
    return {
        "row": journal,
        "lines": lines,
        "sizes": sizes,
        "may_refuse": waits,
        "may_accept": waits and journal.made_by != actor.user_id and within,
        "why_not": "You wrote it." if journal.made_by == actor.user_id else "It is above your limit.",
    }


@page("POST", right="ledger.post")
def accept(request: HttpRequest, journal_id: int) -> HttpResponseBase:
    """Post a waiting journal of somebody else."""
    done = accept_journal(journal_id, by=signed_in(request))
    return acted(request, back_path(request, otherwise=HERE), f"Journal {journal_id} is posted: {done.memo}")


@page("POST", right="ledger.post")
def refuse(request: HttpRequest, journal_id: int) -> HttpResponseBase:
    """Say no to a waiting journal."""
    refuse_journal(journal_id, by=signed_in(request))
    return acted(request, back_path(request, otherwise=HERE), f"Journal {journal_id} is refused; nothing was posted.")
