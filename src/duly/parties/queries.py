"""Finding parties."""

from __future__ import annotations

from collections.abc import Sequence

from duly.kernel import crypto
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value
from duly.parties.models import BankChange, BankDetail, OlderContact, Party
from duly.parties.rules import AccountNumber, account_number

HERE = "duly.parties"


def party(entity_id: int, party_id: int) -> Party:
    """Return one party; NotFound for another tenant's."""
    found = fetch_one(HERE, "party.sql", Party, entity=entity_id, id=party_id)
    if found is None:
        raise NotFound("parties.unknown", party=party_id)
    return found


def bank_details_of(entity_id: int, party_id: int) -> list[BankDetail]:
    """Return the bank accounts known of a party: the one in force first, then those it pays from most."""
    return fetch_sql(HERE, "bank_details/of_party.sql", BankDetail, entity=entity_id, party=party_id)


def bank_change(entity_id: int, change_id: int) -> BankChange:
    """Return one change of bank details."""
    found = _changes(entity_id, change_id=change_id)
    if not found:
        raise NotFound("bank_change.unknown", change=change_id)
    return found[0]


def bank_changes(
    entity_id: int, *, party_id: int | None = None, states: Sequence[str] | None = None, limit: int = 200
) -> list[BankChange]:
    """Return changes of bank details, those on their way first, longest waiting first."""
    return _changes(entity_id, party_id=party_id, states=states, limit=limit)


def _changes(
    entity_id: int,
    *,
    change_id: int | None = None,
    party_id: int | None = None,
    states: Sequence[str] | None = None,
    limit: int = 1,
) -> list[BankChange]:
    return fetch_sql(
        HERE,
        "bank_change/list.sql",
        BankChange,
        entity=entity_id,
        id=change_id,
        party=party_id,
        states=None if states is None else list(states),
        limit=limit,
    )


def older_contacts(entity_id: int, change_id: int) -> list[OlderContact]:
    """Return whom to call back about a change: numbers on record before the day it was asked for."""
    return fetch_sql(HERE, "bank_change/older_contacts.sql", OlderContact, entity=entity_id, id=change_id)


def bank_account_in_clear(entity_id: int, detail_id: int) -> AccountNumber:
    """Return a bank account in full, for a payment file."""
    sealed = fetch_value(HERE, "bank_details/sealed.sql", entity=entity_id, id=detail_id)
    found = account_number(crypto.decrypt(bytes(sealed))) if sealed is not None else None
    if found is None:
        raise NotFound("bank_details.unknown", detail=detail_id)
    return found
