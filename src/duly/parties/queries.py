"""Finding parties."""

from __future__ import annotations

from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one
from duly.parties.models import Party

HERE = "duly.parties"


def party(entity_id: int, party_id: int) -> Party:
    """Return one party; NotFound for another tenant's."""
    found = fetch_one(HERE, "party.sql", Party, entity=entity_id, id=party_id)
    if found is None:
        raise NotFound("parties.unknown", party=party_id)
    return found
