"""Reading the books: chart, periods, trial balance, the page of a ledger account, the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_sql, fetch_value, stream_sql
from duly.ledger.models import GlAccount, GlPosting, Journal, JournalPosting, Period, TrialBalanceRow

HERE = "duly.ledger"
FIRST_DAY = date(1, 1, 1)


def trial_balance(
    entity_id: int, as_of: date, *, from_on: date | None = None, gl_account_id: int | None = None
) -> list[TrialBalanceRow]:
    """Return every account's debits, credits and balance up to `as_of`; from `from_on` on, only that
    movement.

    Reads the day totals, which `duly verify` proves equal to the postings: 10 million postings are about
    200,000 rows.
    """
    return fetch_sql(
        HERE,
        "read/trial_balance.sql",
        TrialBalanceRow,
        entity=entity_id,
        as_of=as_of,
        from_on=from_on,
        gl_account=gl_account_id,
    )


def balance_minor(entity_id: int, gl_account_id: int, currency: str, as_of: date) -> int:
    """Return one account's balance in minor units up to a day, debit positive."""
    rows = trial_balance(entity_id, as_of, gl_account_id=gl_account_id)
    return sum(row.balance_minor for row in rows if row.currency == currency)


def gl_account_id(entity_id: int, code: str) -> int:
    """Return the id of the ledger account with this code; NotFound when the chart has none."""
    found = fetch_value(HERE, "read/gl_account_id.sql", entity=entity_id, code=code)
    if found is None:
        raise NotFound("ledger.unknown_account", gl_code=code)
    return int(found)


def gl_account(entity_id: int, code: str) -> GlAccount:
    """Return one account of the chart by its code; NotFound when there is none."""
    rows = fetch_sql(HERE, "read/chart.sql", GlAccount, entity=entity_id, code=code)
    if not rows:
        raise NotFound("ledger.unknown_account", gl_code=code)
    return rows[0]


def chart(entity_id: int) -> list[GlAccount]:
    """Return the chart of accounts in order of code."""
    return fetch_sql(HERE, "read/chart.sql", GlAccount, entity=entity_id, code=None)


def periods(entity_id: int) -> list[Period]:
    """Return the periods in order."""
    return fetch_sql(HERE, "read/periods.sql", Period, entity=entity_id, id=None, day=None)


def period(entity_id: int, period_id: int) -> Period:
    """Return one period; NotFound when the entity has none of that id."""
    rows = fetch_sql(HERE, "read/periods.sql", Period, entity=entity_id, id=period_id, day=None)
    if not rows:
        raise NotFound("ledger.unknown_period", period=period_id)
    return rows[0]


def period_of(entity_id: int, day: date) -> Period:
    """Return the period a day lies in; NotFound when the books have none for it."""
    rows = fetch_sql(HERE, "read/periods.sql", Period, entity=entity_id, id=None, day=day)
    if not rows:
        raise NotFound("ledger.no_period", day=day.isoformat())
    return rows[0]


@dataclass(frozen=True, slots=True)
class GlPosition:
    """Where a page of a ledger account ended, and the balance there: what the next page starts from."""

    effective_on: date
    entry_id: int
    line: int
    balance_minor: int


@dataclass(frozen=True, slots=True)
class GlPage:
    """Postings of one ledger account with the balance before the first; `next` is None on the last page."""

    opening_minor: int
    rows: list[GlPosting]
    next: GlPosition | None

    def with_balances(self) -> list[tuple[GlPosting, int]]:
        """Return each posting with the balance after it."""
        balance_minor, answer = self.opening_minor, []
        for row in self.rows:
            balance_minor += row.amount_minor
            answer.append((row, balance_minor))
        return answer


def gl_detail(
    entity_id: int,
    gl_account_id: int,
    currency: str,
    *,
    days: tuple[date, date],
    after: GlPosition | None = None,
    limit: int = 50,
) -> GlPage:
    """Return the next postings of a ledger account, oldest first, with the balance carried from page to
    page."""
    from_on, to_on = days
    rows = fetch_sql(
        HERE,
        "read/gl_detail.sql",
        GlPosting,
        entity=entity_id,
        gl_account=gl_account_id,
        currency=currency,
        from_on=from_on,
        to_on=to_on,
        after_day=after.effective_on if after else None,
        after_entry=after.entry_id if after else None,
        after_line=after.line if after else None,
        limit=limit + 1,
    )
    opening_minor = after.balance_minor if after else _balance_before(entity_id, gl_account_id, currency, from_on)
    shown = rows[:limit]
    if len(rows) <= limit:
        return GlPage(opening_minor, shown, None)
    last = shown[-1]
    balance = opening_minor + sum(row.amount_minor for row in shown)
    return GlPage(opening_minor, shown, GlPosition(last.effective_on, last.entry_id, last.line, balance))


def _balance_before(entity_id: int, gl_account_id: int, currency: str, day: date) -> int:
    if day == FIRST_DAY:
        return 0
    return balance_minor(entity_id, gl_account_id, currency, date.fromordinal(day.toordinal() - 1))


def stream_journal(entity_id: int, from_on: date, to_on: date) -> Iterator[JournalPosting]:
    """Yield every posting of these days in the order written, in constant memory; needs a transaction."""
    return stream_sql(
        HERE,
        "read/journal.sql",
        JournalPosting,
        entity=entity_id,
        from_on=from_on,
        to_on=to_on,
        source_kind=None,
        source_id=None,
    )


def postings_of(entity_id: int, source_kind: str, source_id: int) -> list[JournalPosting]:
    """Return the postings that one source (an invoice, a receipt, an allocation …) made."""
    return fetch_sql(
        HERE,
        "read/journal.sql",
        JournalPosting,
        entity=entity_id,
        from_on=FIRST_DAY,
        to_on=date.max,
        source_kind=source_kind,
        source_id=source_id,
    )


def journals(
    entity_id: int, *, state: str | None = None, before_id: int | None = None, limit: int = 50
) -> list[Journal]:
    """Return journals written by hand, newest first."""
    return fetch_sql(
        HERE,
        "read/journals.sql",
        Journal,
        entity=entity_id,
        id=None,
        state=state,
        before=before_id,
        limit=limit,
    )


def journal(entity_id: int, journal_id: int) -> Journal:
    """Return one journal written by hand; NotFound when there is none."""
    rows = fetch_sql(
        HERE, "read/journals.sql", Journal, entity=entity_id, id=journal_id, state=None, before=None, limit=1
    )
    if not rows:
        raise NotFound("ledger.unknown_journal", journal=journal_id)
    return rows[0]
