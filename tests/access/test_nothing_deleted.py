"""Nobody deletes a financial record: there is no right for it, no statement that does it, and the database refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection

from duly.access.rules import ALL_RIGHTS
from duly.kernel.actions import REGISTRY

FINANCIAL = (
    "access_proposal",
    "access_review",
    "access_waiver",
    "banking_line",
    "banking_statement",
    "events_event",
    "invoicing_invoice",
    "invoicing_line",
    "invoicing_tax",
    "ledger_entry",
    "ledger_journal",
    "ledger_posting",
    "payments_receipt",
    "payments_refund",
    "payments_refund_file",
    "payments_refund_item",
    "receivables_allocation",
    "receivables_item",
    "receivables_number",
    "receivables_transfer",
    "receivables_write_off",
)
SOURCE = Path(__file__).parents[2] / "src" / "duly"


def test_no_right_and_no_action_deletes() -> None:
    names = ALL_RIGHTS | set(REGISTRY)

    assert [name for name in names if re.search(r"delete|erase|purge|destroy", name)] == []


@pytest.mark.parametrize("table", FINANCIAL)
def test_the_database_refuses_to_delete_and_to_empty(db: None, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgtype & 8 <> 0 as on_delete, tgtype & 32 <> 0 as on_truncate"
            " from pg_trigger where tgrelid = %s::regclass and not tgisinternal and tgenabled = 'A'",
            [table],
        )
        guards = cursor.fetchall()

    assert any(on_delete for on_delete, _ in guards)
    assert any(on_truncate for _, on_truncate in guards)


def test_no_statement_of_ours_deletes_a_financial_record() -> None:
    deleting = re.compile(r"(?:delete\s+from|truncate(?:\s+table)?)\s+(\w+)", re.IGNORECASE)
    found = {name for path in SOURCE.glob("*/sql/**/*.sql") for name in deleting.findall(path.read_text())}

    assert found & set(FINANCIAL) == set()
