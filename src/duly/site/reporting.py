"""Scheduled reports on their way: queued on their day, sent by the worker."""

from __future__ import annotations

from duly.access.queries import entity
from duly.invoicing.delivery import MailboxFolder
from duly.kernel import clock
from duly.kernel.actor import system_actor
from duly.reports.actions import queue_due
from duly.reports.delivery import send_due
from duly.site.home import home_at


def send_reports(entity_id: int) -> int:
    """Queue what is due and send what waits; returns how many mails were tried. A demo's mail stays on the machine."""
    found = entity(entity_id)
    queue_due(today=clock.today_in(found.zone), by=system_actor(entity_id, zone=found.zone))
    mailbox = MailboxFolder(home_at().outbox / "mail") if found.is_demo else None
    return send_due(entity_id, transport=mailbox)
