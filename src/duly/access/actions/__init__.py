"""Changes to entities, people, rights and what waits for approval."""

from duly.access.actions.entities import NewEntity, change_entity, create_entity, set_remit_to
from duly.access.actions.people import create_user, grant_role, invite_person, revoke_role, switch_person
from duly.access.actions.policies import NewLimit, set_limit
from duly.access.actions.proposals import accept_proposal, refuse_proposal, withdraw_proposal
from duly.access.actions.signing_in import (
    check_attempts,
    make_sign_in_link,
    note_attempt,
    set_password,
    spend_sign_in_link,
)

__all__ = [
    "NewEntity",
    "NewLimit",
    "accept_proposal",
    "change_entity",
    "check_attempts",
    "create_entity",
    "create_user",
    "grant_role",
    "invite_person",
    "make_sign_in_link",
    "note_attempt",
    "refuse_proposal",
    "revoke_role",
    "set_limit",
    "set_password",
    "set_remit_to",
    "spend_sign_in_link",
    "switch_person",
    "withdraw_proposal",
]
