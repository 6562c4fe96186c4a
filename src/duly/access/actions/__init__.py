"""Changes to entities, people, rights and what waits for approval."""

from duly.access.actions.entities import NewEntity, change_entity, create_entity, set_remit_to
from duly.access.actions.gates import define_gate, end_pass, pass_gate, require_gate
from duly.access.actions.people import create_user, grant_role, invite_person, revoke_role, switch_person
from duly.access.actions.policies import NewLimit, NewRight, set_limit, set_policy, set_right
from duly.access.actions.proposals import accept_proposal, refuse_proposal, withdraw_proposal
from duly.access.actions.signing_in import (
    check_attempts,
    make_sign_in_link,
    note_attempt,
    set_password,
    spend_sign_in_link,
)
from duly.access.actions.waivers import end_waiver, review_week, sign_waiver

__all__ = [
    "NewEntity",
    "NewLimit",
    "NewRight",
    "accept_proposal",
    "change_entity",
    "check_attempts",
    "create_entity",
    "create_user",
    "define_gate",
    "end_pass",
    "end_waiver",
    "grant_role",
    "invite_person",
    "make_sign_in_link",
    "note_attempt",
    "pass_gate",
    "refuse_proposal",
    "require_gate",
    "review_week",
    "revoke_role",
    "set_limit",
    "set_password",
    "set_policy",
    "set_remit_to",
    "set_right",
    "sign_waiver",
    "spend_sign_in_link",
    "switch_person",
    "withdraw_proposal",
]
