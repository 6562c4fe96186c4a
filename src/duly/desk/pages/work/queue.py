"""The queue as a list with the work in hand beside it: why it waits, the procedure, how it came here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase

from duly.desk.queries.people import names
from duly.desk.queries.work import due_bounds, href_of, mine, rights_of, verb_of
from duly.desk.web.acting import day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.filters import Filter, Narrowed, narrow
from duly.desk.web.finding import pages_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Cursor, Page, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.formats.tabular.write import Column
from duly.kernel.actor import Actor
from duly.office.models import Work
from duly.office.queries import Asked, done_page, escalated_page, pended_page, queue_page, steps_of, work
from duly.office.queries.people import owners_for, who_may_work
from duly.office.queries.policy import policies
from duly.office.queries.queue import NOBODY, business_day
from duly.office.rules import KINDS, kinds_for

SENTENCES.update(
    {
        "work.unknown": "There is no such work in this office.",
        "work.pick_some": "Tick at least one piece of work.",
        "work.of_somebody_else": "{subject} is with {owner}. Who assigns work can move it.",
        "work.not_for": "{person} may not do {kind}: the right or the training for it is missing.",
        "work.nobody_there": "{person} is away, and nobody who covers is there.",
        "work.maker_decides_not": "{person} made {subject} and may therefore not decide it.",
        "work.still_held": "{subject} is still held. Do this first: {verb}.",
        "work.pend_needs_reason": "Say what it waits for.",
        "work.pend_to_later": "Choose a day after today.",
        "work.pend_too_long": "At most {days} business days, until {latest_on}.",
        "work.drop_needs_reason": "Say why it need not be done.",
        "work.needs_subject": "Say what is to be done.",
        "work.changed_meanwhile": "Somebody changed this meanwhile.",
    }
)
TABS = (
    ("mine", "Mine"),
    ("free", "Nobody’s yet"),
    ("all", "Everybody’s"),
    ("pended", "Pended"),
    ("escalated", "Escalated"),
    ("done", "Done"),
)
DUE = {"late": "Late", "today": "Today", "week": "Until Sunday", "later": "Later"}
COLUMNS = (
    Column("Work"), Column("Kind"), Column("What"), Column("Who"), Column("Account"), Column("Reason"),
    Column("At stake", "money", "Currency"), Column("Currency"), Column("Since", "date"), Column("Deadline", "date"),
    Column("Owner"), Column("State"),
)  # fmt: skip
Fetch = Callable[..., list[Work]]
FETCH: dict[str, tuple[Fetch, Callable[[Work], Any], Sort]] = {
    "pended": (pended_page, lambda one: one.return_on, Sort("return_on")),
    "escalated": (escalated_page, lambda one: one.escalated_on, Sort("escalated_on")),
    "done": (done_page, lambda one: one.done_on, Sort("done_on", descending=True)),
}
WAITING: tuple[Fetch, Callable[[Work], Any], Sort] = (queue_page, lambda one: one.place, Sort("place"))


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the queue with its first piece of work in hand."""
    at = request.GET.get("at", "")
    return queue(request, int(at) if at.isascii() and at.isdigit() else None)


@page("GET", right="books.view")
def show_one(request: HttpRequest, work_id: int) -> HttpResponseBase:
    """Show the queue with one piece of work in hand."""
    return queue(request, work_id)


def queue(request: HttpRequest, work_id: int | None) -> HttpResponseBase:
    actor = signed_in(request)
    today = day_of(actor)
    tab = tab_of(request, actor)
    narrowed = narrow(request, filters(actor, today), actor)
    if kind_asked(request):
        return table_file(request, f"work-{tab}", COLUMNS, rows_of(actor, tab, narrowed, today))
    fetch, key, sort = FETCH.get(tab, WAITING)
    found = fetch(actor.entity_id, asked_of(actor, tab, narrowed, today, cursor_of(request, sort)), limit=LIMIT)
    listed: Page[Work] = page_of(request, found, sort, key=key, row_id=lambda one: one.id)
    chosen = work(actor.entity_id, work_id) if work_id else listed.rows[0] if listed.rows else None
    query = {name: value for name, value in request.GET.items() if name not in ("after", "as", "at")}
    view = urlencode(query)
    context = {
        "page": listed,
        "narrowed": narrowed,
        "tab": tab,
        "tabs": [
            (label, None, f"/queue?{urlencode(query | {'show': key})}", key == tab)
            for key, label in TABS
            if key != "escalated" or actor.may("team.manage")
        ],
        "today": today,
        "kinds": KINDS,
        "view": f"?{view}" if view else "",
        "href_of": href_of,
        "verb_of": verb_of,
        "chosen": chosen,
    }
    return render(request, "work/queue.html", context | (about(chosen, actor, today) if chosen else {}))


def tab_of(request: HttpRequest, actor: Actor) -> str:
    """Return which tab is shown; escalated work is for who manages the team."""
    wanted = request.GET.get("show", "mine")
    known = {key for key, _ in TABS if key != "escalated" or actor.may("team.manage")}
    if request.GET.get("owner") and wanted == "mine":
        return "all"
    return wanted if wanted in known else "mine"


def filters(actor: Actor, today: date) -> list[Filter]:
    """Return what the queue can be narrowed by."""
    owners = {str(user_id): name for user_id, name in names(actor.entity_id, today).items()}
    return [
        Filter("kind", "Kind", "choice", {name: KINDS[name].plural for name in kinds_for(actor)}),
        Filter("owner", "Owner", "choice", {"0": "Nobody yet", **owners}),
        Filter("due", "Due", "choice", DUE),
    ]


def asked_of(actor: Actor, tab: str, narrowed: Narrowed, today: date, cursor: Cursor) -> Asked:
    """Return what the list asks for: the tab, narrowed by the filters."""
    own = mine(actor, today, nobodys=False)
    owners: list[int] | None = {
        "mine": list(mine(actor, today).owners or []),
        "free": [NOBODY],
        "pended": None if actor.may("team.manage") else list(own.owners or []),
    }.get(tab)
    if narrowed.values["owner"]:
        owners = [int(narrowed.values["owner"])]
    kinds = [narrowed.values["kind"]] if narrowed.values["kind"] else list(own.kinds)
    from_on, before_on = due_bounds(narrowed.values["due"], today)
    after: Any = cursor.after
    return Asked(
        kinds,
        owners,
        from_on,
        before_on,
        actor.user_id if tab in ("mine", "free") else None,
        rights_of(actor) if tab in ("mine", "free") else None,
        after,
        cursor.after_id,
    )


def about(one: Work, actor: Actor, today: date) -> dict[str, Any]:
    """Return what stands beside a piece of work: policy and procedure, its story, what this person may do with it."""
    policy = policies(actor.entity_id)[one.kind]
    live = one.state in ("open", "claimed", "pended")
    theirs = one.owner_id is None or one.owner_id in owners_for(actor, today) or actor.may_do("work.assign")
    decides = one.maker_id is None or one.maker_id != actor.user_id
    can_work = live and actor.may_do("work.do") and theirs and decides and one.kind in kinds_for(actor)
    return {
        "kind": KINDS[one.kind],
        "policy": policy,
        "steps": steps_of(actor.entity_id, one.id, limit=30),
        "can_work": can_work,
        "can_move": live and actor.may_do("work.do") and theirs,
        "picks": [f"{one.id}:{one.version}"],
        "people": sorted(who_may_work(actor.entity_id, one.kind, today).items(), key=lambda each: each[1])
        if live
        else [],
        "pend_on": business_day(actor.entity_id, today, policy.pend_days),
        "latest_on": business_day(actor.entity_id, today, policy.most_pend_days),
        "age_days": (today - one.since_on).days,
    }


def rows_of(actor: Actor, tab: str, narrowed: Narrowed, today: date) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the list as a file, all of them."""
    fetch, key, _ = FETCH.get(tab, WAITING)

    def more(after: Any) -> list[Work]:
        cursor = Cursor() if after is None else Cursor(after[0], after[1])
        return fetch(actor.entity_id, asked_of(actor, tab, narrowed, today, cursor), limit=1_000)

    for one in pages_of(more, lambda each: (key(each), each.id)):
        yield (
            one.id, KINDS[one.kind].label, one.subject, one.who, one.account_number, one.reason, one.money_minor,
            one.currency, one.since_on, one.deadline_on, one.owner, one.state,
        )  # fmt: skip
