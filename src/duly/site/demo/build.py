"""Building the demo: month by month, what an office does, done by the actions it would use.

Time is moved by DULY_NOW, which only the clock reads; every row carries the day it would have been written.
"""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.db import connection

from duly.access.actions import NewEntity
from duly.banking.actions import import_statements, record_opening
from duly.banking.queries import bank_accounts
from duly.events.sealing import seal_events
from duly.invoicing.actions.certify import Certificate
from duly.invoicing.actions.delivery import skip_sending
from duly.invoicing.actions.plan import plan_run
from duly.invoicing.actions.runs import approve_run
from duly.invoicing.jobs import work_run
from duly.kernel import clock
from duly.kernel.actor import Actor, system_actor
from duly.kernel.sql import fetch_sql
from duly.ledger.actions import close_period
from duly.ledger.queries import periods
from duly.ledger.sealing import seal_ledger
from duly.matching.actions import auto_apply, propose
from duly.office.actions import sync_work
from duly.site.demo.bankfile import camt053
from duly.site.demo.clerks import decide_review, place_leftovers
from duly.site.demo.corrections import give_back, let_cents_go
from duly.site.demo.happenings import change_agreements, charges_csv, credit_complaints, hold_some
from duly.site.demo.market import Customer, customers
from duly.site.demo.papers import arrangements_csv, bank_accounts_csv, customers_csv, items_csv, usage_csv
from duly.site.demo.payers import Owed, payments
from duly.site.imports import kinds  # noqa: F401  registers them
from duly.site.imports.run import Upload, import_file, kind_named
from duly.site.opening import Person, open_office

HERE = "duly.site"
SEED = 20261
IBAN = "DE02120300000000202051"
OPENING_MINOR = 25_000_00
ZONE = "Europe/Berlin"
PEOPLE = ("specialist", "coordinator", "accountant", "owner", "admin", "auditor")
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Demo:
    """The demo being built."""

    entity_id: int
    by: Actor
    folder: Path
    market: list[Customer]
    progress: Progress
    users: dict[str, int]
    balance_minor: int = OPENING_MINOR
    sequence: int = 0
    paid_through: date = date.min
    paid: set[int] = field(default_factory=set)
    certificates: list[Certificate] = field(default_factory=list)


@contextmanager
def on_day(day: date, *, hour: int = 9) -> Iterator[None]:
    """Let it be that day for everything done inside."""
    former = os.environ.get("DULY_NOW")
    os.environ["DULY_NOW"] = f"{day}T{hour:02d}:00:00+00:00"
    try:
        yield
    finally:
        if former is None:
            del os.environ["DULY_NOW"]
        else:
            os.environ["DULY_NOW"] = former


def months_of(first_on: date, count: int) -> list[date]:
    """Return the first days of `count` months from the month of `first_on`."""
    start = first_on.year * 12 + first_on.month - 1
    return [date((start + place) // 12, (start + place) % 12 + 1, 1) for place in range(count)]


def build(count: int, months: int, today: date, folder: Path, progress: Progress) -> Demo:
    """Build an office of `count` customers with `months` of history up to and with the month of `today`.

    Everything is an action: imports, agreements, usage, runs (plan, approve, issue), bank files, matching.
    """
    start = today.year * 12 + today.month - 1 - (months - 1)
    first_on = date(start // 12, start % 12 + 1, 1)
    demo = open_demo(count, first_on, today, folder, progress)
    plan = months_of(first_on, months)
    for place, month_on in enumerate(plan):
        progress("Month by month", place, len(plan))
        work_month(demo, month_on, today)
    progress("Month by month", len(plan), len(plan))
    with on_day(today):
        skip_sending(datetime.combine(plan[-1], time.min, UTC), reason="demo history: never meant to leave", by=demo.by)
        sync_work(today=today, by=demo.by)
    return demo


def open_demo(count: int, first_on: date, today: date, folder: Path, progress: Progress) -> Demo:
    """Open the office: entity, people, catalog, bank account, customers, agreements."""
    wanted = NewEntity(
        "demo", "Kontor Demo", "Kontor Demo GmbH", "DE", "EUR", zone=ZONE, language="en",
        address={"street": "Am Sandtorkai 1", "postal_code": "20457", "city": "Hamburg", "country": "DE"},
        vat_id="DE123456789", register="Amtsgericht Hamburg, HRB 100000", email="billing@kontor.example",
        phone="+49 40 000000", website="kontor.example", is_demo=True,
    )  # fmt: skip
    people = [Person(role.title(), f"{role}@kontor.example", role) for role in PEOPLE]
    with on_day(first_on, hour=7):
        entity_id, users = open_office(wanted, people, books_from=first_on, books_to=date(today.year + 2, 12, 31))
    market = list(customers(count, first_on, today, seed=SEED))
    by = system_actor(entity_id, zone=ZONE)
    demo = Demo(entity_id, by, folder, market, progress, users, paid_through=first_on - timedelta(days=1))
    with on_day(first_on, hour=8):
        bring(demo, "items", items_csv(), first_on)
        bring(demo, "bank-accounts", bank_accounts_csv(IBAN), first_on)
    return demo


def bring(demo: Demo, kind: str, content: bytes, on: date) -> None:
    """Import one of the demo's files the way anybody would; a rejected row would be a bug of the demo."""
    name = f"{kind}-{on}.csv"
    demo.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (demo.folder / name).write_bytes(content)
    upload = Upload(io.BytesIO(content), name, demo.folder)
    done = import_file(kind_named(kind), upload, today=on, by=demo.by)
    assert not done.rejected, f"{name}: {done.first_rejected[:3]}"


def work_month(demo: Demo, month_on: date, today: date) -> None:
    """One month: who joined, the bill run of the 1st, the bank's file of the month, matching."""
    joined = [customer for customer in demo.market if customer.since == month_on]
    last_on = (month_on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    with on_day(month_on):
        if joined:
            bring(demo, "customers", customers_csv(joined), month_on)
            bring(demo, "arrangements", arrangements_csv(joined), month_on)
        former = (month_on - timedelta(days=1)).replace(day=1)
        usage = usage_csv(demo.market, former, seed=SEED)
        if usage.count(b"\n") > 1:
            bring(demo, "usage", usage, month_on)
        if demo.sequence in (0, 1, 3, 7):
            refresh_statistics()
        is_past = last_on < today
        dice = random.Random(f"{SEED}:{month_on}")
        change_agreements(month_on, dice, demo.by)
        if not is_past:
            hold_some(month_on, dice, demo.by, demo.users["specialist"])
        bring(demo, "charges", charges_csv(month_on, dice, demo.by), month_on)
        demo.certificates.append(bill(demo, month_on, decide=is_past))
    with on_day(min(last_on, today), hour=18):
        take_money_in(demo, min(last_on, today))
        credit_complaints(month_on, min(last_on, today), dice, demo.by)
        if is_past:
            place_leftovers(last_on, demo.by)
            let_cents_go(last_on, "EUR", demo.by)
            close_former(demo, month_on)
        else:
            give_back(min(last_on, today), dice, demo.by, demo.users["specialist"])


def bill(demo: Demo, on: date, *, decide: bool) -> Certificate:
    """Plan, approve and issue the run of a month; with `decide` its surprises are decided in between."""
    run_id = plan_run(on, on, today=on, by=demo.by, note=f"Bill run of {on:%B %Y}")
    work_run(run_id, by=demo.by, workers=1)
    if decide:
        decide_review(run_id, demo.by)
    approve_run(run_id, by=demo.by)
    certificate = work_run(run_id, by=demo.by, workers=1)
    assert certificate is not None
    return certificate


def take_money_in(demo: Demo, to_on: date) -> None:
    """Bring in the bank's statement since the last one, let the rules match it."""
    from_on = demo.paid_through + timedelta(days=1)
    owed = fetch_sql(HERE, "demo/owed.sql", Owed, entity=demo.entity_id)
    by_number = {customer.number: customer for customer in demo.market}
    waiting = [item for item in owed if item.item_id not in demo.paid]
    movements, paid = payments(waiting, by_number, from_on, to_on, seed=SEED)
    demo.paid |= paid
    demo.sequence += 1
    opening = demo.balance_minor
    content, demo.balance_minor = camt053(IBAN, "EUR", demo.sequence, opening, movements, (from_on, to_on))
    name = f"statement-{to_on}.xml"
    (demo.folder / name).write_bytes(content)
    import_statements(content, name, by=demo.by)
    if demo.sequence == 1:
        record_opening(bank_accounts(demo.entity_id)[0].id, by=demo.by)
    propose(by=demo.by)
    auto_apply(today=to_on, by=demo.by)
    demo.paid_through = to_on


def close_former(demo: Demo, month_on: date) -> None:
    """Close the month before, once this one is done: everything ties, or the demo stops here."""
    former = [period for period in periods(demo.entity_id) if period.ends_on == month_on - timedelta(days=1)]
    if former:
        seal_ledger(clock.now())
        seal_events(clock.now())
        close_period(former[0].id, today=month_on, by=demo.by)


def refresh_statistics() -> None:
    """Let the planner know how the tables grew, from a small sample; an ordinary office has autovacuum and time."""
    with connection.cursor() as cursor:
        cursor.execute("set default_statistics_target = 10")
        cursor.execute("analyze")
        cursor.execute("reset default_statistics_target")
