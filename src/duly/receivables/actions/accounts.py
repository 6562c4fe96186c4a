"""Opening, changing, holding and closing accounts; one is a batch of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date

from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import door
from duly.kernel.refusals import Refused
from duly.kernel.sql import copy_rows, fetch_sql, fetch_value, run_sql
from duly.receivables.actions.numbers import number_batch

HERE = "duly.receivables"


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account is made from; without a number it gets the next one (A-000001 ...)."""

    party_id: int
    name: str
    currency: str
    opened_on: date
    terms_days: int = 30
    po_number: str = ""
    tax_profile: str = "domestic"
    delivery: str = "email"
    billing_email: str = ""
    language: str = "en"
    owner_id: int | None = None
    number: str | None = None
    external_id: str | None = None


COLUMNS = [field.name for field in fields(NewAccount)]
STAGED = {
    "staged_account": """
        place bigint not null,
        account_id bigint not null default nextval('receivables_account_id_seq'),
        party_id bigint not null,
        name text not null,
        currency char(3) not null,
        opened_on date not null,
        terms_days int not null default 30,
        po_number text not null default '',
        tax_profile text not null default 'domestic',
        delivery text not null default 'email',
        billing_email text not null default '',
        language text not null default 'en',
        owner_id bigint,
        number text,
        external_id text""",
}


@contextmanager
def account_batch(entity_id: int, *, import_batch_id: int | None = None) -> Iterator[None]:
    """Open staged_account; at the end its rows are accounts, and known external ids are brought up to
    date."""

    def take_in() -> None:
        run_sql(HERE, "accounts/1_find_known.sql", entity=entity_id)
        run_sql(HERE, "accounts/2_update_known.sql", entity=entity_id)
        with number_batch(entity_id):
            run_sql(HERE, "accounts/3_stage_numbers.sql", entity=entity_id)
        run_sql(HERE, "accounts/4_insert_new.sql", entity=entity_id, batch=import_batch_id, at=clock.now())

    with door(STAGED, take_in):
        yield


@dataclass(frozen=True, slots=True)
class _Placed:
    place: int
    account_id: int


@action("accounts.edit", name="accounts.open")
def open_accounts(accounts: Iterable[NewAccount], *, by: Actor) -> list[int]:
    """Open accounts; a known external id updates that account. Returns their ids in the order given."""
    placed: list[int] = []
    with account_batch(by.entity_id):
        rows = ((place, *(getattr(account, name) for name in COLUMNS)) for place, account in enumerate(accounts))
        copy_rows("staged_account", ["place", *COLUMNS], rows)
        run_sql(HERE, "accounts/1_find_known.sql", entity=by.entity_id)
        placed = [row.account_id for row in fetch_sql(HERE, "accounts/placed.sql", _Placed)]
    one = placed[0] if len(placed) == 1 else None
    act().about("account", one, account_id=one)
    act().say(f"{len(placed)} account{'' if one else 's'} opened", accounts=placed[:100])
    return placed


EDITABLE = frozenset(COLUMNS) - {"party_id", "currency", "opened_on", "number", "external_id"}


@action("accounts.edit", name="accounts.change")
def change_account(account_id: int, changes: dict[str, object], *, version: int, by: Actor) -> int:
    """Change terms of an account; refused when somebody changed it meanwhile. Returns the new version.

    An `owner_id` of None leaves the account without an owner. The currency never changes: open items are in it.
    Documents already issued keep their terms.
    """
    unknown = set(changes) - EDITABLE
    if unknown:
        raise Refused("accounts.field_unknown", fields=", ".join(sorted(unknown)))
    before = fetch_value(HERE, "accounts/as_json.sql", entity=by.entity_id, id=account_id)
    values = {name: changes.get(name) for name in EDITABLE} | {"sets_owner": "owner_id" in changes}
    moved = fetch_value(HERE, "accounts/change.sql", entity=by.entity_id, id=account_id, version=version, **values)
    if moved is None:
        raise Refused("accounts.changed_meanwhile", account=account_id, version=version)
    old = {name: before[name] for name in changes}
    act().about("account", account_id, account_id=account_id)
    act().say(f"Changed {', '.join(sorted(changes)).replace('_', ' ')}", before=old, after=changes)
    act().undo_with("accounts.change", account_id=account_id, changes=old, version=moved)
    return int(moved)


@dataclass(frozen=True, slots=True)
class NewHold:
    """What to stop: scope billing, dunning or all; the reason is a sentence; the deadline asks somebody to
    look."""

    account_id: int
    scope: str
    reason: str
    deadline_on: date
    owner_id: int | None = None
    note: str = ""


@action("accounts.hold")
def hold_accounts(holds: Iterable[NewHold], *, by: Actor) -> list[int]:
    """Put accounts on hold, each with reason, owner and deadline; returns the holds' ids."""
    wanted = list(holds)
    if any(not hold.reason.strip() for hold in wanted):
        raise Refused("accounts.hold_needs_reason")
    ids = fetch_value(
        HERE,
        "accounts/hold.sql",
        entity=by.entity_id,
        accounts=[hold.account_id for hold in wanted],
        scopes=[hold.scope for hold in wanted],
        reasons=[hold.reason for hold in wanted],
        notes=[hold.note for hold in wanted],
        owners=[hold.owner_id or by.user_id for hold in wanted],
        deadlines=[hold.deadline_on for hold in wanted],
        at=clock.now(),
        by=by.name,
    )
    one = wanted[0] if len(wanted) == 1 else None
    act().about("account", one.account_id if one else None, account_id=one.account_id if one else None)
    act().say(f"On hold: {wanted[0].reason}" if one else f"{len(wanted)} accounts on hold", holds=ids)
    act().undo_with("accounts.release", hold_ids=ids)
    return list(ids)


@action("accounts.hold", name="accounts.release")
def release_holds(hold_ids: list[int], *, by: Actor) -> int:
    """Release holds; those released already stay so. Returns how many were released."""
    released = run_sql(HERE, "accounts/release.sql", entity=by.entity_id, ids=hold_ids, at=clock.now(), by=by.name)
    act().say(f"{released} hold{'' if released == 1 else 's'} released", holds=hold_ids)
    return released


def remove_accounts(entity_id: int, import_batch_id: int) -> int:
    """Remove the accounts a batch opened; the caller made sure that nothing hangs on them. Returns how many
    went."""
    return run_sql(HERE, "accounts/remove_batch.sql", entity=entity_id, batch=import_batch_id)
