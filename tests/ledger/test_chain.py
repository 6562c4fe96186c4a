"""The hash chain: what was sealed cannot change unseen. These tests commit, each in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import psycopg
import pytest
from django.db import connection

from duly.events.sealing import seal_events
from duly.kernel.refusals import Refused
from duly.ledger.actions import close_period
from duly.ledger.queries import period_of
from duly.ledger.sealing import CHAIN, seal_ledger
from duly.site.verify import chain_checks, quick_checks, verify
from tests.ledger.scenario_ledger import journal
from tests.scenario import Office

JAN = date(2026, 1, 31)
FEB = date(2026, 2, 28)
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)


@contextmanager
def tampering(table: str) -> Iterator[None]:
    """Switch every trigger of a table off, as only the owner of the database can."""
    run(f"alter table {table} disable trigger all")
    yield
    run(f"alter table {table} enable always trigger append_only")
    run(f"alter table {table} enable always trigger no_truncate")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def books(own_database: dict[str, str], office: Office) -> Office:
    """Three sealed journals in blocks of one; tampered rows are put right again before the books are
    proved."""
    for amount_minor in (1, 2, 4):
        journal(office, "6100", "1100", amount_minor, on=JAN)
        CHAIN.seal(NOON, rows_a_block=1)
    seal_events(NOON)
    return office


def found() -> list[str]:
    return [f"{problem.check}: {problem.detail}" for problem in chain_checks()]


def test_a_chain_nobody_touched_is_whole(books: Office) -> None:
    assert found() == []
    assert seal_ledger(NOON) == 0


@pytest.mark.parametrize(
    ("table", "change", "back"),
    [
        (
            "ledger_entry",
            "set memo = 'Accrual' where memo = 'accrual'",
            "set memo = 'accrual' where memo = 'Accrual'",
        ),
        ("ledger_posting", "set amount_minor = amount_minor * 2", "set amount_minor = amount_minor / 2"),
        (
            "ledger_entry",
            "set posted_at = posted_at + interval '1 microsecond'",
            "set posted_at = posted_at - interval '1 microsecond'",
        ),
        ("ledger_block", "set entries = entries + 1 where id = 1", "set entries = entries - 1 where id = 1"),
        (
            "ledger_block",
            "set sealed_at = sealed_at + interval '1 second' where id = 2",
            "set sealed_at = sealed_at - interval '1 second' where id = 2",
        ),
    ],
    ids=[
        "one letter of a memo",
        "amounts that still balance",
        "a microsecond",
        "a block's count",
        "a block's moment",
    ],
)
def test_one_changed_byte_is_found(books: Office, table: str, change: str, back: str) -> None:
    with tampering(table):
        run(f"update {table} {change}")

        broken = found()

        run(f"update {table} {back}")
    assert broken
    assert found() == []


def test_a_changed_event_is_found_by_its_own_hash(books: Office) -> None:
    with tampering("events_event"):
        run("update events_event set summary = summary || '!' where id = (select max(id) from events_event)")

        broken = [problem.check for problem in quick_checks(books.entity_id)]

        run("update events_event set summary = rtrim(summary, '!') where id = (select max(id) from events_event)")
    assert broken == ["events.row_changed"]


def test_a_row_slipped_into_a_sealed_block_is_found(books: Office) -> None:
    columns = "entity_id, effective_on, source_kind, xid"
    with tampering("ledger_entry"):
        run(
            f"insert into ledger_entry ({columns}, source_id)"
            f" select {columns}, 77 from ledger_entry where source_id = 1"
        )

        broken = found()

        run("delete from ledger_entry where source_id = 77")
    assert broken == ["ledger.chain: 2 rows where 1 were sealed"]


def test_what_is_still_running_is_sealed_later_and_nothing_is_skipped(
    books: Office, own_database: dict[str, str]
) -> None:
    with psycopg.connect(**own_database) as slow:  # type: ignore[arg-type]
        slow.execute(
            "insert into ledger_entry (entity_id, effective_on, source_kind, source_id) select entity_id,"
            " effective_on, 'slow', 1 from ledger_entry limit 1"
        )
        journal(books, "6100", "1100", 8, on=JAN)

        sealed_meanwhile = seal_ledger(NOON)
        slow.rollback()
    sealed_after = seal_ledger(NOON)

    assert (sealed_meanwhile, sealed_after) == (0, 1)
    assert found() == []


def test_a_month_with_an_entry_that_cannot_be_sealed_yet_stays_open(
    books: Office, own_database: dict[str, str]
) -> None:
    with psycopg.connect(**own_database) as slow:  # type: ignore[arg-type]
        slow.execute("select pg_current_xact_id()")
        journal(books, "6100", "1100", 8, on=JAN)

        with pytest.raises(Refused, match="wait for a running transaction"):
            close_period(period_of(books.entity_id, JAN).id, today=FEB, by=books.accountant)

    close_period(period_of(books.entity_id, JAN).id, today=FEB, by=books.accountant)


def test_the_full_proof_names_the_heads_of_the_chains(books: Office) -> None:
    verdict = verify([books.entity_id])

    assert verdict.clean
    assert verdict.postings == 6
    assert verdict.chain_heads == {"ledger": CHAIN.head(), "events": verdict.chain_heads["events"]}


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_posting", "ledger_block", "events_event"])
def test_what_stands_in_the_books_cannot_be_changed_without_switching_the_guards_off(books: Office, table: str) -> None:
    with pytest.raises(Exception, match="never changed or deleted"):
        run(f"delete from {table}")
    with pytest.raises(Exception, match="never changed or deleted"):
        run(f"truncate {table} cascade")
