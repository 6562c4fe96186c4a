"""Our bank accounts: opening them, the opening balance in the books, the CSV mapping that is remembered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from duly.banking.rules import OPENING_CODE
from duly.formats.bank.csv_mapping import CsvMapping
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import NotFound, Refused
from duly.kernel.sql import fetch_one, fetch_sql, run_sql
from duly.ledger.actions import posting_batch
from duly.ledger.queries import gl_account_id

HERE = "duly.banking"


@dataclass(frozen=True, slots=True)
class NewBankAccount:
    """What a bank account is made from; the ledger account `gl_code` mirrors it and no other account."""

    name: str
    currency: str
    gl_code: str
    iban: str = ""
    account_number: str = ""
    bic: str = ""
    bank_name: str = ""
    reference_scheme: str = "RF"
    routing: str = ""
    ach_company_id: str = ""


@dataclass(frozen=True, slots=True)
class Id:
    """The id of a row just written."""

    id: int


@dataclass(frozen=True, slots=True)
class BadAccount:
    """A bank account that cannot stand, and why."""

    name: str
    problem: str


@dataclass(frozen=True, slots=True)
class FirstStatement:
    """Where the proved chain of an account begins."""

    opening_minor: int
    from_on: date
    currency: str
    gl_account_id: int
    posted: bool


@action("banking.edit", name="banking.open_accounts")
def open_bank_accounts(
    accounts: Sequence[NewBankAccount], *, import_batch_id: int | None = None, by: Actor
) -> list[int]:
    """Enter bank accounts; one whose IBAN and currency are known is brought up to date. Returns ids in
    order.
    """
    columns = {f"{name}s": [asdict(one)[name] for one in accounts] for name in asdict(accounts[0])}
    columns["ibans"] = [bare(iban) for iban in columns["ibans"]]
    asked = {name: columns[name] for name in ("names", "currencys", "gl_codes", "ibans")}
    if bad := fetch_sql(HERE, "accounts/problems.sql", BadAccount, entity=by.entity_id, **asked):
        raise Refused(f"banking.{bad[0].problem}", bank_account=bad[0].name)
    rows = fetch_sql(HERE, "accounts/write.sql", Id, entity=by.entity_id, import_batch=import_batch_id, **columns)
    current = act()
    current.about("bank_account", rows[0].id if len(rows) == 1 else None)
    current.say(f"{len(rows)} bank account{'s' if len(rows) > 1 else ''} entered")
    return [row.id for row in rows]


@action("banking.edit", name="banking.remember_mapping")
def remember_mapping(bank_account_id: int, mapping: CsvMapping, *, by: Actor) -> None:
    """Keep how this bank writes its CSV; the next file of the account is read the same way."""
    kept = run_sql(
        HERE,
        "accounts/remember_mapping.sql",
        entity=by.entity_id,
        id=bank_account_id,
        mapping=json.dumps(mapping.as_dict()),
    )
    if not kept:
        raise NotFound("banking.unknown_account", bank_account=bank_account_id)
    act().about("bank_account", bank_account_id)
    act().say("CSV mapping remembered")


@action("ledger.post", name="banking.record_opening")
def record_opening(bank_account_id: int, *, by: Actor) -> int:
    """Post what the bank held before the first statement (against 3000); returns the amount in minor units.

    For offices whose books begin with their first statement; who takes a trial balance over has it there
    already. Refused without a chained statement and the second time.
    """
    first = fetch_one(HERE, "accounts/first_statement.sql", FirstStatement, entity=by.entity_id, id=bank_account_id)
    if first is None:
        raise Refused("banking.no_statement_yet", bank_account=bank_account_id)
    if first.posted:
        raise Refused("banking.opening_posted_already", bank_account=bank_account_id)
    if first.opening_minor:
        with posting_batch():
            run_sql(
                HERE,
                "accounts/stage_opening.sql",
                entity=by.entity_id,
                id=bank_account_id,
                day=first.from_on,
                actor=by.user_id,
            )
            run_sql(
                HERE,
                "accounts/stage_opening_postings.sql",
                gl_account=first.gl_account_id,
                against=gl_account_id(by.entity_id, OPENING_CODE),
                currency=first.currency,
                amount_minor=first.opening_minor,
            )
    act().about("bank_account", bank_account_id)
    act().say(f"Opening balance {Money(first.opening_minor, first.currency)} posted")
    return first.opening_minor


def bare(account: str) -> str:
    """Return an account number as it is compared: without spaces, upper case."""
    return "".join(account.split()).upper()
