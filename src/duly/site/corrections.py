"""What corrections need of rooms above them: who knows of disputes, and what the worker does for refunds."""

from __future__ import annotations

from collections.abc import Sequence

from duly.access.queries import entity
from duly.collections.queries.account import disputes_of
from duly.invoicing.delivery import MailboxFolder
from duly.invoicing.notices import send_notices
from duly.kernel import clock
from duly.kernel.actor import system_actor
from duly.kernel.money import Money
from duly.parties.actions.bank_changes import bring_into_force
from duly.payments.disputes import look_for_disputes_with
from duly.site.home import home_at


def connect_corrections() -> None:
    """Join them; called once, when Django is ready."""
    look_for_disputes_with(disputes_in_sentences)


def disputes_in_sentences(entity_id: int, account_id: int) -> Sequence[str]:
    """Say what is disputed on an account."""
    return [
        f"{Money(one.amount_minor, one.currency)} is disputed since {one.opened_on}: {one.reason}"
        for one in disputes_of(entity_id, account_id)
        if one.state == "open"
    ]


def notices_sent(entity_id: int) -> int:
    """Send what notices are due; a demo's never leave the machine."""
    mailbox = MailboxFolder(home_at().outbox / "mail") if entity(entity_id).is_demo else None
    return send_notices(entity_id, transport=mailbox)


def bank_details_in_force(entity_id: int) -> int:
    """Bring confirmed bank details into force whose cooling days are over."""
    zone = entity(entity_id).zone
    return bring_into_force(today=clock.today_in(zone), by=system_actor(entity_id, zone=zone))
