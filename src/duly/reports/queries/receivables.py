"""Aging, open items, unapplied money and the statement of an account, each as of any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from duly.access.queries import members
from duly.receivables.queries import (
    Aging,
    OpenItem,
    account_by_number,
    aging_page,
    aging_totals,
    open_items_page,
    statement,
    stream_aging,
    stream_open_items,
    unapplied_now_page,
    unapplied_page,
    unapplied_totals,
)
from duly.reports.models import (
    Asked,
    Chart,
    Cursor,
    Page,
    Parameter,
    Proof,
    Report,
    ReportColumn,
    ReportKind,
    Row,
    Series,
)
from duly.reports.queries.common import control_balances, control_proofs, day_parameter

BUCKET_LABELS = ("Not due", "1–30 days", "31–60 days", "61–90 days", "Over 90 days")


def money(name: str, label: str) -> ReportColumn:
    """Return a money column in the currency of its row."""
    return ReportColumn(name, label, "money", "currency")


AGING_COLUMNS = (
    ReportColumn("account_id", "Id", "int", hidden=True),
    ReportColumn("account", "Account", href="/accounts/{account}"),
    ReportColumn("name", "Name"),
    ReportColumn("currency", "Currency"),
    ReportColumn("items", "Items", "int", href="/accounts/{account}?tab=items"),
    money("not_due", "Not due"),
    money("late_1_30", "1–30 days"),
    money("late_31_60", "31–60 days"),
    money("late_61_90", "61–90 days"),
    money("late_over_90", "Over 90 days"),
    money("unapplied", "Not applied"),
    money("total", "Total"),
)


def aging_row(row: Aging) -> Row:
    """Return an aging line as a row of the report."""
    return (
        row.account_id,
        row.number,
        row.name,
        row.currency,
        row.items,
        *row.buckets,
        row.unapplied_minor,
        row.total_minor,
    )


def build_aging(asked: Asked) -> Report:
    """Who owes what since when."""
    as_of = asked.day("as_of", asked.today)
    totals = aging_totals(asked.entity_id, as_of)

    def page(after: Cursor | None, limit: int) -> Page:
        position = (int(after[0]), after[1]) if after else None
        rows = aging_page(asked.entity_id, as_of, after=position, limit=limit + 1)
        shown = [aging_row(row) for row in rows[:limit]]
        last = rows[limit - 1] if len(rows) > limit else None
        return Page(shown, (str(last.account_id), last.currency) if last else None)

    late = "; ".join(
        f"{100 * row.past_due_minor // owed}% of what is owed in {row.currency} is late"
        for row in totals
        if (owed := sum(row.buckets))
    )
    return Report(
        name="aging",
        title="Aging",
        as_of=as_of,
        parameters=(day_parameter(asked, "as_of", "As of", asked.today),),
        columns=AGING_COLUMNS,
        rows=lambda: (aging_row(row) for row in stream_aging(asked.entity_id, as_of)),
        totals=tuple(aging_row(row) for row in totals),
        chart=Chart("bars", BUCKET_LABELS, tuple(Series(row.currency, row.currency, row.buckets) for row in totals)),
        proofs=control_proofs(asked.entity_id, as_of, {row.currency: row.total_minor for row in totals}),
        sentence=late,
        page_of=page,
    )


ITEM_COLUMNS = (
    ReportColumn("id", "Id", "int", hidden=True),
    ReportColumn("account", "Account", href="/accounts/{account}"),
    ReportColumn("name", "Name"),
    ReportColumn("kind", "Kind"),
    ReportColumn("number", "Number", href="/why/{number}"),
    ReportColumn("currency", "Currency"),
    ReportColumn("issued_on", "Issued", "date"),
    ReportColumn("due_on", "Due", "date"),
    ReportColumn("days_late", "Days late", "int"),
    money("amount", "Amount"),
    money("open", "Open"),
)


def item_row(item: OpenItem, as_of: date) -> Row:
    """Return an open item as a row of the report; days late are never below zero."""
    return (
        item.id,
        item.account_number,
        item.account_name,
        item.kind,
        item.number,
        item.currency,
        item.issued_on,
        item.due_on,
        max(0, (as_of - item.due_on).days) if item.open_minor > 0 else 0,
        item.amount_minor,
        item.open_minor,
    )


def build_open_items(asked: Asked) -> Report:
    """Every document with something open; today's is a list in order of due day, an earlier day's a proved
    report.

    Today's totals are the ledger's control accounts: adding up a million items for each page would take
    longer than
    the page, and `duly verify` proves that they are the same.
    """
    as_of = asked.day("as_of", asked.today)
    is_list = as_of >= asked.today
    if is_list:
        totals = control_balances(asked.entity_id, as_of)
    else:
        totals = {row.currency: row.total_minor for row in aging_totals(asked.entity_id, as_of)}

    def page(after: Cursor | None, limit: int) -> Page:
        position = (date.fromisoformat(after[0]), int(after[1])) if after else None
        rows = open_items_page(asked.entity_id, after=position, limit=limit + 1)
        last = rows[limit - 1] if len(rows) > limit else None
        return Page(
            [item_row(row, as_of) for row in rows[:limit]],
            (last.due_on.isoformat(), str(last.id)) if last else None,
        )

    return Report(
        name="open-items",
        title="Open items",
        as_of=as_of,
        parameters=(day_parameter(asked, "as_of", "As of", asked.today),),
        columns=ITEM_COLUMNS,
        rows=lambda: (item_row(item, as_of) for item in stream_open_items(asked.entity_id, as_of)),
        totals=tuple(
            (None, "", "", "", "", currency, None, None, None, None, minor)
            for currency, minor in sorted(totals.items())
            if minor
        ),
        proofs=() if is_list else control_proofs(asked.entity_id, as_of, totals),
        page_of=page if is_list else None,
    )


UNAPPLIED_COLUMNS = (
    ReportColumn("item_id", "Id", "int", hidden=True),
    ReportColumn("account", "Account", href="/accounts/{account}"),
    ReportColumn("name", "Name"),
    ReportColumn("kind", "Kind"),
    ReportColumn("number", "Number", href="/why/{number}"),
    ReportColumn("since", "Since", "date"),
    ReportColumn("days", "Days", "int"),
    ReportColumn("currency", "Currency"),
    money("left", "Not applied"),
    ReportColumn("owner", "Owner"),
)


def build_unapplied(asked: Asked) -> Report:
    """Money and credits that settle nothing yet, oldest first."""
    as_of = asked.day("as_of", asked.today)
    totals = unapplied_totals(asked.entity_id, as_of)
    owners = {member.user_id: member.name for member in members(asked.entity_id)}

    def rows(after: Cursor | None = None, limit: int | None = None) -> Iterator[Row]:
        position = (date.fromisoformat(after[0]), int(after[1])) if after else None
        found = unapplied_now_page if as_of >= asked.today else unapplied_page
        for row in found(asked.entity_id, as_of, after=position, limit=limit):
            yield (
                row.item_id,
                row.account_number,
                row.account_name,
                row.kind,
                row.number,
                row.issued_on,
                row.days,
                row.currency,
                row.left_minor,
                owners.get(row.owner_id or 0, "nobody"),
            )

    def page(after: Cursor | None, limit: int) -> Page:
        found = list(rows(after, limit + 1))
        more = len(found) > limit
        return Page(found[:limit], (str(found[limit - 1][5]), str(found[limit - 1][0])) if more else None)

    currencies = sorted({row.currency for row in totals})
    ages = ("Up to 30 days", "31–60 days", "61–90 days", "Over 90 days")
    return Report(
        name="unapplied",
        title="Unapplied cash and credits",
        as_of=as_of,
        parameters=(day_parameter(asked, "as_of", "As of", asked.today),),
        columns=UNAPPLIED_COLUMNS,
        rows=rows,
        totals=tuple((None, "", "", row.kind, "", None, None, row.currency, row.total_minor, "") for row in totals),
        chart=Chart(
            "bars",
            ages,
            tuple(
                Series(
                    currency,
                    currency,
                    tuple(
                        sum(getattr(row, age) for row in totals if row.currency == currency)
                        for age in ("up_to_30_minor", "up_to_60_minor", "up_to_90_minor", "over_90_minor")
                    ),
                )
                for currency in currencies
            ),
        ),
        page_of=page,
    )


STATEMENT_COLUMNS = (
    ReportColumn("day", "Day", "date"),
    ReportColumn("kind", "Kind"),
    ReportColumn("number", "Number", href="/why/{number}"),
    ReportColumn("due_on", "Due", "date"),
    ReportColumn("currency", "Currency"),
    money("amount", "Amount"),
    money("open", "Open"),
    money("balance", "Balance"),
)


def build_statement(asked: Asked) -> Report:
    """One account between two days: opening, every document, closing."""
    owner = account_by_number(asked.entity_id, asked.values.get("account", ""))
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", owner.opened_on)
    paper = statement(asked.entity_id, owner.id, from_on=from_on, to_on=to_on)

    def rows() -> Iterator[Row]:
        opening = (from_on, "opening", "", None, paper.currency, paper.opening_minor, None)
        yield (*opening, paper.opening_minor)
        for line in paper.lines:
            yield (
                line.issued_on,
                line.kind,
                line.number,
                line.due_on,
                paper.currency,
                line.amount_minor,
                line.open_minor,
                line.balance_minor,
            )

    return Report(
        name="statement",
        title=f"Statement of {owner.name}",
        as_of=to_on,
        parameters=(
            Parameter("account", "Account", "text", owner.number),
            Parameter("from", "From", "date", from_on.isoformat()),
            Parameter("to", "To", "date", to_on.isoformat()),
        ),
        columns=STATEMENT_COLUMNS,
        rows=rows,
        totals=((to_on, "closing", "", None, paper.currency, None, None, paper.closing_minor),),
        proofs=(
            Proof(
                "Balance against the account's open items",
                paper.currency,
                paper.closing_minor,
                paper.aging.total_minor if paper.aging else 0,
                f"/accounts/{owner.number}",
            ),
        ),
    )


KINDS = (
    ReportKind("aging", "Aging", "Who owes what since when, as of any day", "receivables", build_aging),
    ReportKind("open-items", "Open items", "Every document with something open", "receivables", build_open_items),
    ReportKind("unapplied", "Unapplied cash and credits", "What settles nothing yet", "cash", build_unapplied),
    ReportKind("statement", "Account statement", "One account between two days", "receivables", build_statement),
)
