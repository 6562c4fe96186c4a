"""Trial balance, the page of one ledger account, periods."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from duly.ledger.queries import (
    FIRST_DAY,
    GlPosition,
    chart,
    gl_account,
    gl_detail,
    journals,
    periods,
    trial_balance,
)
from duly.ledger.rules import lines_of, turnover
from duly.reports.models import (
    Asked,
    Cursor,
    Page,
    Parameter,
    Proof,
    Report,
    ReportColumn,
    ReportKind,
    Row,
)
from duly.reports.queries.common import by_currency, day_parameter, stream
from duly.reports.queries.receivables import money


def build_trial_balance(asked: Asked) -> Report:
    """Debits and credits of every ledger account up to a day; in each currency they are equal."""
    as_of = asked.day("as_of", asked.today)
    from_on = asked.day("from", FIRST_DAY)
    found: list[Row] = [
        (
            row.code,
            row.name,
            row.kind,
            row.currency,
            row.postings,
            row.debit_minor,
            row.credit_minor,
            max(row.balance_minor, 0),
            max(-row.balance_minor, 0),
        )
        for row in trial_balance(asked.entity_id, as_of, from_on=from_on)
    ]
    sums = [by_currency(found, 3, at) for at in (5, 6, 7, 8)]
    drill = f"/reports/ledger-account?code={{code}}&currency={{currency}}&to={as_of}"
    if from_on != FIRST_DAY:
        drill += f"&from={from_on}"
    return Report(
        name="trial-balance",
        title="Trial balance",
        as_of=as_of,
        parameters=(
            day_parameter(asked, "as_of", "As of", asked.today),
            Parameter("from", "Movement from", "date", asked.values.get("from", "")),
        ),
        columns=(
            ReportColumn("code", "Account", href=drill),
            ReportColumn("name", "Name"),
            ReportColumn("kind", "Kind"),
            ReportColumn("currency", "Currency"),
            ReportColumn("postings", "Postings", "int"),
            money("debits", "Debits"),
            money("credits", "Credits"),
            money("debit_balance", "Debit balance"),
            money("credit_balance", "Credit balance"),
        ),
        rows=lambda: iter(found),
        totals=tuple(
            ("", "", "", currency, None, *(total.get(currency, 0) for total in sums)) for currency in sorted(sums[0])
        ),
        proofs=tuple(
            Proof("Debits against credits", currency, sums[0][currency], sums[1][currency], "")
            for currency in sorted(sums[0])
        ),
    )


def every_row(page: Callable[[Cursor | None, int], Page]) -> Iterator[Row]:
    """Yield the rows of all pages, thousands at a time."""
    part = page(None, 5000)
    yield from part.rows
    while part.next is not None:
        part = page(part.next, 5000)
        yield from part.rows


def build_ledger_account(asked: Asked) -> Report:
    """Every posting of one ledger account and currency with the balance after it."""
    page_of = gl_account(asked.entity_id, asked.values.get("code") or chart(asked.entity_id)[0].code)
    to_on, from_on = asked.day("to", asked.today), asked.day("from", FIRST_DAY)
    currencies = [row.currency for row in trial_balance(asked.entity_id, date.max, gl_account_id=page_of.id)] or [""]
    currency = asked.choice("currency", tuple((one, one) for one in currencies))

    def page(after: Cursor | None, limit: int) -> Page:
        position = None
        if after:
            position = GlPosition(date.fromisoformat(after[0]), int(after[1]), int(after[2]), int(after[3]))
        found = gl_detail(asked.entity_id, page_of.id, currency, days=(from_on, to_on), after=position, limit=limit)
        rows: list[Row] = [
            (
                row.effective_on,
                row.entry_id,
                row.line,
                row.source_kind,
                row.source_id,
                row.memo,
                currency,
                max(row.amount_minor, 0),
                max(-row.amount_minor, 0),
                balance,
            )
            for row, balance in found.with_balances()
        ]
        last = found.next
        if last is None:
            return Page(rows, None)
        return Page(
            rows,
            (last.effective_on.isoformat(), str(last.entry_id), str(last.line), str(last.balance_minor)),
        )

    return Report(
        name="ledger-account",
        title=f"{page_of.code} {page_of.name}",
        as_of=to_on,
        parameters=(
            Parameter("code", "Account", "text", page_of.code),
            Parameter("currency", "Currency", "choice", currency, tuple((one, one) for one in currencies)),
            Parameter("from", "From", "date", asked.values.get("from", "")),
            Parameter("to", "To", "date", to_on.isoformat()),
        ),
        columns=(
            ReportColumn("day", "Day", "date"),
            ReportColumn("entry", "Entry", "int", href="/why/entry-{entry}"),
            ReportColumn("line", "Line", "int"),
            ReportColumn("source", "Made by"),
            ReportColumn("source_id", "Id", "int", hidden=True),
            ReportColumn("memo", "Memo"),
            ReportColumn("currency", "Currency"),
            money("debit", "Debit"),
            money("credit", "Credit"),
            money("balance", "Balance"),
        ),
        rows=lambda: every_row(page),
        page_of=page,
    )


def build_periods(asked: Asked) -> Report:
    """Every month of the books: open or closed, by whom, bound by which hash."""
    found = periods(asked.entity_id)
    return Report(
        name="periods",
        title="Periods",
        as_of=asked.today,
        parameters=(),
        columns=(
            ReportColumn("period", "Month", href="/settings/periods/{period}"),
            ReportColumn("state", "State"),
            ReportColumn("closed_at", "Closed at", "datetime"),
            ReportColumn("closed_by", "By"),
            ReportColumn("hash", "Hash"),
        ),
        rows=lambda: iter(
            [
                (
                    f"{row.starts_on:%Y-%m}",
                    row.state,
                    row.closed_at,
                    row.closed_by_name,
                    bytes(row.closed_hash).hex() if row.closed_hash else None,
                )
                for row in found
            ]
        ),
    )


def build_journal(asked: Asked) -> Report:
    """Every posting between two days in the order written, one row each."""
    to_on = asked.day("to", asked.today)
    from_on = asked.day("from", to_on.replace(day=1))
    return Report(
        name="postings",
        title="Journal",
        as_of=to_on,
        parameters=(
            day_parameter(asked, "from", "From", from_on),
            day_parameter(asked, "to", "To", to_on),
        ),
        columns=(
            ReportColumn("entry", "Entry", "int", href="/why/entry-{entry}"),
            ReportColumn("line", "Line", "int"),
            ReportColumn("day", "Day", "date"),
            ReportColumn("source", "Made by"),
            ReportColumn("document", "Document", href="/why/{document}"),
            ReportColumn("memo", "Memo"),
            ReportColumn("code", "Ledger account"),
            ReportColumn("code_name", "Name"),
            ReportColumn("account", "Account", href="/accounts/{account}"),
            ReportColumn("currency", "Currency"),
            money("debit", "Debit"),
            money("credit", "Credit"),
        ),
        rows=lambda: stream("postings.sql", entity=asked.entity_id, from_on=from_on, to_on=to_on),
    )


def build_journals(asked: Asked) -> Report:
    """Journals by hand with reason, maker and checker, newest first; those that wait come with their
    state."""
    state = asked.choice("state", JOURNALS)

    def page(after: Cursor | None, limit: int) -> Page:
        found = journals(
            asked.entity_id,
            state=None if state == "all" else state,
            before_id=int(after[0]) if after else None,
            limit=limit + 1,
        )
        rows: list[Row] = [
            (
                row.id,
                row.effective_on,
                row.state,
                row.memo,
                row.made_by_name,
                row.decided_by_name or "",
                currency,
                minor,
                row.created_at,
            )
            for row in found[:limit]
            for currency, minor in turnover(lines_of(row.lines)).items()
        ]
        return Page(rows, (str(found[limit - 1].id),) if len(found) > limit else None)

    return Report(
        name="journals",
        title="Journals by hand",
        as_of=asked.today,
        parameters=(Parameter("state", "State", "choice", state, JOURNALS),),
        columns=(
            ReportColumn("journal", "Journal", "int", href="/why/journal-{journal}"),
            ReportColumn("day", "Day", "date"),
            ReportColumn("state", "State"),
            ReportColumn("reason", "Reason"),
            ReportColumn("made_by", "Made by"),
            ReportColumn("decided_by", "Decided by"),
            ReportColumn("currency", "Currency"),
            money("turnover", "Amount"),
            ReportColumn("written_at", "Written", "datetime"),
        ),
        rows=lambda: every_row(page),
        page_of=page,
    )


JOURNALS = (
    ("all", "All"),
    ("waiting", "Waiting"),
    ("posted", "Posted"),
    ("reversed", "Reversed"),
    ("refused", "Refused"),
)
KINDS = (
    ReportKind("journals", "Journals by hand", "Reason, maker and checker of each", "books", build_journals),
    ReportKind("trial-balance", "Trial balance", "Every ledger account as of any day", "books", build_trial_balance),
    ReportKind("ledger-account", "Ledger account", "Every posting of one account", "books", build_ledger_account),
    ReportKind("periods", "Periods", "Which months are closed, by whom", "books", build_periods),
    ReportKind("postings", "Journal", "Every posting between two days", "books", build_journal),
)
