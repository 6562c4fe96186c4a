"""Entering and changing parties; one is a batch of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import door
from duly.kernel.refusals import Refused
from duly.kernel.sql import copy_rows, fetch_sql, fetch_value, run_sql

HERE = "duly.parties"


@dataclass(frozen=True, slots=True)
class NewParty:
    """What a party is made from; `external_id` is the customer's number in the system it comes from."""

    name: str
    kind: str = "business"
    legal_name: str = ""
    email: str = ""
    phone: str = ""
    vat_id: str = ""
    language: str = "en"
    country: str = "US"
    street: str = ""
    street2: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    external_id: str | None = None


COLUMNS = [field.name for field in fields(NewParty)]
STAGED = {
    "staged_party": """
        place bigint not null,
        party_id bigint not null default nextval('parties_party_id_seq'),
        name text not null,
        kind text not null default 'business',
        legal_name text not null default '',
        email text not null default '',
        phone text not null default '',
        vat_id text not null default '',
        language text not null default 'en',
        country text not null default 'US',
        street text not null default '',
        street2 text not null default '',
        postal_code text not null default '',
        city text not null default '',
        region text not null default '',
        external_id text""",
}


@dataclass(frozen=True, slots=True)
class _Placed:
    place: int
    party_id: int


@contextmanager
def party_batch(entity_id: int, *, import_batch_id: int | None = None) -> Iterator[None]:
    """Open staged_party; at the end its rows are parties, and known external ids are brought up to date.

    After the block staged_party is empty; read `party_id` of known external ids through parties_party.
    """

    def take_in() -> None:
        run_sql(HERE, "create/1_find_known.sql", entity=entity_id)
        run_sql(HERE, "create/2_update_known.sql", entity=entity_id)
        run_sql(HERE, "create/3_insert_new.sql", entity=entity_id, batch=import_batch_id, at=clock.now())

    with door(STAGED, take_in):
        yield


@action("parties.edit", name="parties.create")
def create_parties(parties: Iterable[NewParty], *, by: Actor) -> list[int]:
    """Enter parties; a known external id updates that party. Returns their ids in the order given."""
    placed: list[int] = []
    with party_batch(by.entity_id):
        rows = ((place, *(getattr(party, name) for name in COLUMNS)) for place, party in enumerate(parties))
        copy_rows("staged_party", ["place", *COLUMNS], rows)
        run_sql(HERE, "create/1_find_known.sql", entity=by.entity_id)
        placed = [row.party_id for row in fetch_sql(HERE, "create/placed.sql", _Placed)]
    act().about("party", placed[0] if len(placed) == 1 else None)
    act().say(f"{len(placed)} {'party' if len(placed) == 1 else 'parties'} entered", parties=placed[:100])
    return placed


EDITABLE = frozenset(COLUMNS) - {"external_id"}


@action("parties.edit", name="parties.change")
def change_party(party_id: int, changes: dict[str, str], *, version: int, by: Actor) -> int:
    """Change fields of a party; refused when somebody changed it meanwhile. Returns the new version.

    `version` is the one the person saw. Documents already issued keep the address they were issued with.
    """
    unknown = set(changes) - EDITABLE
    if unknown:
        raise Refused("parties.field_unknown", fields=", ".join(sorted(unknown)))
    before = fetch_value(HERE, "as_json.sql", entity=by.entity_id, id=party_id)
    values = {name: changes.get(name) for name in EDITABLE}
    moved = fetch_value(HERE, "change.sql", entity=by.entity_id, id=party_id, version=version, **values)
    if moved is None:
        raise Refused("parties.changed_meanwhile", party=party_id, version=version)
    old = {name: before[name] for name in changes}
    act().about("party", party_id)
    act().say(f"Changed {', '.join(sorted(changes))}", before=old, after=changes)
    act().undo_with("parties.change", party_id=party_id, changes=old, version=moved)
    return int(moved)


def remove_parties(entity_id: int, import_batch_id: int) -> int:
    """Remove the parties a batch brought in; the caller made sure that nothing hangs on them."""
    run_sql(HERE, "create/remove_contacts.sql", entity=entity_id, batch=import_batch_id)
    return run_sql(HERE, "create/remove_batch.sql", entity=entity_id, batch=import_batch_id)
