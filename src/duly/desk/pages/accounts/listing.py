"""The list of accounts: what each owes, how late, whose it is and what is next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponseBase

from duly.desk.queries.accounts import Listed, NextStep, accounts_listed, count_accounts, next_steps
from duly.desk.queries.people import names, working
from duly.desk.web.acting import day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.filters import Filter, Narrowed, narrow
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Page, cursor_of, found_text, page_of, sort_of
from duly.desk.web.render import render
from duly.formats.tabular.write import Column
from duly.kernel.actor import Actor
from duly.receivables.queries import AccountFilter, AccountRow

EXPORT_STEP = 5000
VIEWS = [
    ("Everybody", ""),
    ("Past due", "past_due=1"),
    ("Mine", "owner=me"),
    ("On hold", "held=1"),
    ("Money to apply", "unapplied=1"),
]
COLUMNS = (
    Column("Number"),
    Column("Account"),
    Column("Currency"),
    Column("Balance", "money", "Currency"),
    Column("Past due", "money", "Currency"),
    Column("Oldest due", "date"),
    Column("On hold"),
    Column("Owner"),
    Column("State"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list was asked for."""

    wanted: Listed
    entity_id: int
    today: date

    def rows(self, sort: str, after: tuple[str, int] | None, limit: int) -> list[AccountRow]:
        """Return the next accounts in order of name or number."""
        wanted = replace(self.wanted, sort=sort)
        return accounts_listed(self.entity_id, self.today, wanted, after=after, limit=limit)


def filters(people: dict[int, str]) -> tuple[Filter, ...]:
    """Return what the list can be narrowed by."""
    owners = {"me": "me", **{str(user_id): name for user_id, name in people.items()}}
    return (
        Filter("begins", "Name begins with", chip="Begins with “%s”"),
        Filter("past_due", "Past due only", "flag", chip="Past due"),
        Filter("held", "On hold only", "flag", chip="On hold"),
        Filter("unapplied", "With money to apply", "flag", chip="Money to apply"),
        Filter("owner", "Owner", "choice", owners),
        Filter("state", "State", "choice", {"active": "Active", "closed": "Closed"}),
    )


def asked_of(narrowed: Narrowed, actor: Actor, today: date) -> Asked:
    """Read the filters into what the query takes."""
    values = narrowed.values
    owner = values["owner"]
    where = AccountFilter(
        begins=values["begins"] or "",
        state=values["state"],
        owner_id=actor.user_id if owner == "me" else int(owner) if owner else None,
        past_due_only=bool(values["past_due"]),
        held_only=bool(values["held"]),
    )
    return Asked(Listed(where, bool(values["unapplied"])), actor.entity_id, today)


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show accounts 50 at a time, or give what the list shows as a file."""
    actor = signed_in(request)
    today = day_of(actor)
    narrowed = narrow(request, filters(working(actor.entity_id, today)), actor, views=VIEWS)
    asked = asked_of(narrowed, actor, today)
    sort = sort_of(request, ["name"] if asked.wanted.by_mark else ["name", "number"], default="name")
    people = names(actor.entity_id, today)
    if kind_asked(request):
        actor.require("exports.run")
        return table_file(request, f"accounts-{today}", COLUMNS, file_rows(asked, sort.column, people))
    cursor = cursor_of(request, sort)
    after = (str(cursor.after), cursor.after_id) if cursor.after_id is not None else None
    rows = asked.rows(sort.column, after, LIMIT)
    shown = page_of(request, rows, sort, key=lambda row: row.sort_key, row_id=lambda row: row.id)
    steps = next_steps(actor.entity_id, [row.id for row in shown.rows])
    context = {
        "page": shown,
        "narrowed": narrowed,
        "found": found_of(asked, shown),
        "sums": sums_of(shown),
        "next_of": {row.id: next_of(row, steps[row.id], today) for row in shown.rows},
        "owners": people,
        "today": today,
    }
    return render(request, "accounts/list.html", context)


def next_of(row: AccountRow, step: NextStep, today: date) -> tuple[str, str, str, date | None]:
    """Return the next step of an account: badge tone, icon, words, day."""
    if step.hold_until:
        return ("bad" if step.hold_until < today else "warn", "held", "Decide the hold", step.hold_until)
    if step.to_apply_minor and row.balance_minor > -step.to_apply_minor:
        return ("info", "coins", "Apply money", None)
    if row.past_due_minor and row.oldest_due_on:
        return ("warn", "overdue", f"{(today - row.oldest_due_on).days} days late", None)
    if step.to_apply_minor:
        return ("quiet", "wallet", "Has credit", None)
    if row.oldest_due_on:
        return ("quiet", "clock", "Due", row.oldest_due_on)
    return ("ok", "ok", "Nothing open", None)


def found_of(asked: Asked, shown: Page[AccountRow]) -> str:
    """Say how many fit; where only a walk through all accounts could tell, say nothing."""
    if not shown.more and not shown.first_url:
        return found_text(len(shown.rows))
    if asked.wanted.by_mark:
        return ""
    return found_text(count_accounts(asked.entity_id, asked.wanted.where))


def sums_of(shown: Page[AccountRow]) -> list[tuple[str, int]]:
    """Return the balance of the accounts shown, by currency."""
    sums: dict[str, int] = {}
    for row in shown.rows:
        sums[row.currency] = sums.get(row.currency, 0) + row.balance_minor
    return sorted(sums.items())


def file_rows(asked: Asked, sort: str, people: dict[int, str]) -> Iterator[tuple[object, ...]]:
    """Yield the whole list as rows of a file, page after page."""
    after: tuple[str, int] | None = None
    while rows := asked.rows(sort, after, EXPORT_STEP):
        for row in rows:
            yield (
                row.number,
                row.name,
                row.currency,
                row.balance_minor,
                row.past_due_minor,
                row.oldest_due_on,
                "yes" if row.held else "",
                people.get(row.owner_id or 0, ""),
                row.state,
            )
        after = (rows[-1].sort_key, rows[-1].id)
