"""Bank accounts, the import history, statements and lines as lists."""

from __future__ import annotations

from datetime import date

from duly.banking.models import BankAccount, BankFile, BankLine, BankStatement, Placement
from duly.kernel import crypto
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value

HERE = "duly.banking"
PAGE = 50


def bank_accounts(entity_id: int) -> list[BankAccount]:
    """Return our bank accounts by name."""
    return fetch_sql(HERE, "read/accounts.sql", BankAccount, entity=entity_id, id=None)


def bank_account(entity_id: int, bank_account_id: int) -> BankAccount:
    """Return one of our bank accounts."""
    found = fetch_one(HERE, "read/accounts.sql", BankAccount, entity=entity_id, id=bank_account_id)
    if found is None:
        raise NotFound("banking.unknown_account", bank_account=bank_account_id)
    return found


def files(entity_id: int, *, before: int | None = None, limit: int = PAGE) -> list[BankFile]:
    """Return the import history, newest first; `before` is the id of the last one shown."""
    return fetch_sql(HERE, "read/files.sql", BankFile, entity=entity_id, before=before, limit=limit)


def statements(
    entity_id: int,
    *,
    bank_account_id: int | None = None,
    file_id: int | None = None,
    state: str | None = None,
    before: tuple[date, int] | None = None,
    limit: int = PAGE,
) -> list[BankStatement]:
    """Return statements, newest last day first, of an account, a file, a state, or all."""
    day, last_id = before or (None, None)
    return fetch_sql(
        HERE,
        "read/statements.sql",
        BankStatement,
        entity=entity_id,
        account=bank_account_id,
        file=file_id,
        state=state,
        day=day,
        last_id=last_id,
        limit=limit,
    )


def lines(
    entity_id: int,
    *,
    state: str | None = None,
    bank_account_id: int | None = None,
    statement_id: int | None = None,
    before: tuple[date, int] | None = None,
    limit: int = PAGE,
) -> list[BankLine]:
    """Return bank lines, newest first; `before` is the (day, id) of the last one shown."""
    day, last_id = before or (None, None)
    return fetch_sql(
        HERE,
        "read/lines.sql",
        BankLine,
        entity=entity_id,
        id=None,
        state=state,
        account=bank_account_id,
        statement=statement_id,
        day=day,
        last_id=last_id,
        limit=limit,
    )


def line(entity_id: int, line_id: int) -> BankLine:
    """Return one bank line."""
    found = fetch_one(
        HERE,
        "read/lines.sql",
        BankLine,
        entity=entity_id,
        id=line_id,
        state=None,
        account=None,
        statement=None,
        day=None,
        last_id=None,
        limit=1,
    )
    if found is None:
        raise NotFound("bank.unknown_line", line=line_id)
    return found


def payer_account(entity_id: int, line_id: int) -> str:
    """Return the payer's account number in clear; for a person who may see it, never for a list."""
    sealed = fetch_value(HERE, "read/payer_account.sql", entity=entity_id, id=line_id)
    return crypto.decrypt(bytes(sealed)) if sealed is not None else ""


def placements_of(entity_id: int, line_id: int) -> list[Placement]:
    """Return what a line is in the books and what it was before that was taken back, oldest first."""
    return fetch_sql(HERE, "read/placements.sql", Placement, entity=entity_id, line=line_id)
