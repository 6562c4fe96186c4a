"""Finding differences as sets: a case opens, follows its difference, and is resolved when it is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from duly.banking.queries import reconcile
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze, door
from duly.kernel.sql import fetch_value, run_sql
from duly.matching.actions.analyse import analyse
from duly.matching.differences import FINDERS, Search
from duly.matching.rules.reconciling import uncancelled

HERE = "duly.matching"
FOUND = {
    "found_difference": """
        subject text not null,
        kind text not null,
        favours text not null,
        account_id bigint,
        item_id bigint,
        line_id bigint,
        receipt_id bigint,
        invoice_id bigint,
        invoice_line smallint,
        amount_minor bigint not null,
        currency char(3) not null,
        happened_on date not null,
        sentence text not null,
        facts jsonb not null default '{}'""",
}
OF_MONEY = ("short_payment", "deduction", "over_payment", "double_payment", "wrong_account")
LOOK_BACK = timedelta(days=120)
"""How far back documents are compared with what was agreed; money is compared however old it is."""
CASE_DAYS = 5
"""Days in which somebody is to have looked at a new case."""
SWEEP_EVERY = timedelta(minutes=15)
SOON = timedelta(minutes=1)
MOST_ACCOUNTS = 50
"""More accounts than these are not looked at inside another act: the next sweep does it."""


_settling: ContextVar[bool] = ContextVar("duly_settling", default=False)


@contextmanager
def settling() -> Iterator[None]:
    """Let nobody look for differences between the steps that settle one."""
    token = _settling.set(True)
    try:
        yield
    finally:
        _settling.reset(token)


def is_settling() -> bool:
    """Return whether a difference is being settled at this moment."""
    return _settling.get()


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did, in cases."""

    opened: int
    reopened: int
    moved: int
    gone: int

    @property
    def changed(self) -> int:
        """How many cases are not as they were."""
        return self.opened + self.reopened + self.moved + self.gone


@action("discrepancies.resolve", name="discrepancies.sweep")
def sweep(account_ids: Sequence[int] | None = None, *, bills: bool = True, today: date, by: Actor) -> Swept:
    """Look for differences, of these accounts or of the whole office, and bring the cases up to date.

    `bills` compares documents with what was agreed, too. What bank and ledger do not agree on belongs to no account and
    is looked for in the whole office only.
    """
    search = Search(by.entity_id, None if account_ids is None else sorted(set(account_ids)), today - LOOK_BACK, today)
    with door(FOUND, _nothing):
        kinds = find(search, bills=bills)
        analyze("found_difference")
        swept = merge(search, kinds)
    if account_ids is None:
        bills_on = today if bills else None
        run_sql(HERE, "cases/note_sweep.sql", entity=by.entity_id, at=clock.now(), bills_on=bills_on)
    analyse(by.entity_id)
    current = act()
    if current.name == "discrepancies.sweep":
        current.quiet = not swept.changed
        current.say(
            f"Differences: {swept.opened} new, {swept.reopened} again, {swept.gone} gone",
            opened=swept.opened,
            reopened=swept.reopened,
            moved=swept.moved,
            gone=swept.gone,
        )
    return swept


def find(search: Search, *, bills: bool) -> list[str]:
    """Fill found_difference; returns the kinds that were looked for."""
    where = {"entity": search.entity_id, "accounts": search.account_ids}
    for step in ("1_short", "2_over", "3_whole"):
        run_sql(HERE, f"cases/find/{step}.sql", **where)
    kinds = [*OF_MONEY]
    if bills:
        run_sql(HERE, "cases/find/4_tax.sql", **where, since=search.since)
        kinds.append("tax")
        for of_kinds, finder in FINDERS:
            finder(search)
            kinds += of_kinds
    if search.account_ids is None:
        find_at_the_bank(search)
        kinds.append("ledger_bank")
    return kinds


def find_at_the_bank(search: Search) -> None:
    """Step: what bank and ledger do not agree on, but for lines that wait to be matched."""
    rows: list[tuple[str, int, str, date, str, int | None, str, int]] = []
    for bank in reconcile(search.entity_id, search.today).banks:
        figures = bank.figures
        of_bank = (figures.gl_code, figures.bank_account_id)
        for one in uncancelled(bank.between):
            if one.kind in ("entry", "opening") or (one.kind == "line" and not figures.open_lines):
                told = f"{figures.name}: {one.text} is on one side only ({one.kind})"
                subject = f"{one.kind}:{one.subject_id}:{figures.bank_account_id}"
                line = one.subject_id if one.kind == "line" else None
                rows.append((subject, one.amount_minor, figures.currency, one.on, told, line, *of_bank))
        if figures.unexplained_minor:
            told = f"{figures.name}: bank and ledger differ and nothing explains it"
            subject = f"bank:{figures.bank_account_id}"
            rows.append((subject, figures.unexplained_minor, figures.currency, search.today, told, None, *of_bank))
    if rows:
        names = ("subjects", "minors", "currencies", "days", "sentences", "lines", "codes", "banks")
        columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
        run_sql(HERE, "cases/find/staged_bank.sql", today=search.today, **columns)


def merge(search: Search, kinds: Sequence[str]) -> Swept:
    """Bring the cases up to date with found_difference."""
    where = {"entity": search.entity_id, "accounts": search.account_ids}
    due_on = search.today + timedelta(days=CASE_DAYS)
    run_sql(HERE, "cases/merge_0_lock.sql", **where)
    gone = run_sql(HERE, "cases/merge_1_gone.sql", **where, kinds=list(kinds), today=search.today)
    moved = run_sql(HERE, "cases/merge_2_moved.sql", entity=search.entity_id)
    again = run_sql(HERE, "cases/merge_3_again.sql", entity=search.entity_id, due_on=due_on)
    new = run_sql(HERE, "cases/merge_4_new.sql", entity=search.entity_id, today=search.today, due_on=due_on)
    return Swept(new, again, moved, gone)


def sweep_due(entity_id: int, *, today: date, at: datetime) -> str:
    """Return what is due of the whole office: 'all' once a day, 'money' every quarter of an hour, '' for nothing."""
    return str(fetch_value(HERE, "cases/sweep_due.sql", entity=entity_id, today=today, since=at - SWEEP_EVERY))


def ask_for_sweep(entity_id: int) -> None:
    """Step: have the whole office swept soon: by a worker, a minute from now."""
    run_sql(HERE, "cases/ask_for_sweep.sql", entity=entity_id, at=clock.now() - SWEEP_EVERY + SOON)


def _nothing() -> None:
    """The table is only between the steps."""
