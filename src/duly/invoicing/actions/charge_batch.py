"""The door through which charges come in: as drafts that stay mutable until a document takes them over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from duly.kernel.doors import door
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_one, run_sql

HERE = "duly.invoicing"
TRIES = 5
"""How often drafts are written anew when somebody else writes the same ones at that moment."""

STAGED = {
    "staged_charge": """
        entity_id int not null,
        account_id bigint not null,
        currency char(3) not null,
        charge_key text not null,
        version int not null default 1,
        source_kind text not null,
        source_id bigint,
        item_id bigint,
        description text not null,
        period_from date,
        period_to date,
        bill_on date not null,
        tax_point_on date not null,
        quantity numeric(20, 6) not null default 1,
        unit text not null default '',
        unit_price numeric(20, 6),
        net_minor bigint not null,
        tax_code_id bigint not null,
        revenue_account_id int not null,
        po_number text not null default '',
        reverses_invoice_id bigint,
        reverses_line smallint,
        pricing jsonb,
        import_batch_id bigint""",
    "staged_expected": """
        entity_id int not null,
        account_id bigint not null,
        currency char(3) not null,
        due_minor bigint not null,
        reason text not null default ''""",
    "staged_withdrawn": """
        entity_id int not null,
        account_id bigint not null,
        charge_key text not null,
        version int not null default 1""",
}


@dataclass(slots=True)
class ChargesTaken:
    """How many drafts the batch made, changed and removed; billed ones and equal ones are left alone."""

    made: int = 0
    changed: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """The accounts a batch touches."""

    entity_id: int | None
    first_account_id: int | None
    last_account_id: int | None
    charges: int
    withdrawn: int
    by_hand: bool


@contextmanager
def charge_batch(then: Callable[[], None] | None = None) -> Iterator[ChargesTaken]:
    """Open staged_charge, staged_expected, staged_withdrawn; at the end drafts are made, changed, gone.

    A draft of that key and version is changed in place, unless a person edited or dismissed it: then
    only what was agreed is noted beside it. What is billed is left alone. `then` runs before the door closes.
    """
    taken = ChargesTaken()

    def take_in() -> None:
        merge_staged(taken)
        if then is not None:
            then()

    with door(STAGED, take_in, keys={"staged_charge": "account_id, charge_key, version"}):
        yield taken


def merge_staged(taken: ChargesTaken) -> None:
    """Bring the staged charges into the drafts; rows are locked in account, id order like everywhere."""
    bounds = fetch_one(HERE, "charge/1_bounds.sql", Bounds)
    if bounds is None or bounds.entity_id is None:
        return
    where = {"entity": bounds.entity_id, "first": bounds.first_account_id, "last": bounds.last_account_id}
    if bounds.withdrawn:
        taken.withdrawn = run_sql(HERE, "charge/2_withdraw.sql", **where)
    if bounds.charges:
        taken.changed = run_sql(HERE, "charge/3_change_drafts.sql", **where)
        if bounds.by_hand:
            run_sql(HERE, "charge/4_note_agreed.sql", **where)
        taken.made = make_drafts(where)


def make_drafts(where: dict[str, int | None]) -> int:
    """Write the drafts that are not there yet; who meets another's commit on the way looks again."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return run_sql(HERE, "charge/5_make_drafts.sql", **where)
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
    raise Refused("charges.written_by_others", remedy="try again when the other run has ended")
