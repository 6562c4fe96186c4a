"""Changes to parties: entering and changing them, and the bank account their money goes back to."""

from duly.parties.actions.people import (
    COLUMNS,
    NewParty,
    change_party,
    create_parties,
    party_batch,
    remove_parties,
)

__all__ = ["COLUMNS", "NewParty", "change_party", "create_parties", "party_batch", "remove_parties"]
