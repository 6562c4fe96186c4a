"""Notices on their way: plain mails that carry no document, such as that bank details were changed."""

from __future__ import annotations

from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from duly.access.queries import entity
from duly.events.outbox import Outgoing, lease_due, mark, put_off
from duly.formats.mail import Mail, MailRefused, addressee, one_line
from duly.invoicing.delivery import Transport, TryLater, Undeliverable, mail_domain, transport_of_settings
from duly.kernel import clock


def send_notices(
    entity_id: int, now: datetime | None = None, transport: Transport | None = None, *, limit: int = 50
) -> int:
    """Send the notices that are due and return how many were tried; safe to run beside others and to kill."""
    at = now or clock.now()
    rows = lease_due(entity_id, ["mail"], at, topic="notice.%", limit=limit)
    if not rows:
        return 0
    carrier = transport or transport_of_settings()
    try:
        for row in rows:
            _carry(row, at, carrier)
    finally:
        carrier.close()
    return len(rows)


def _carry(row: Outgoing, at: datetime, carrier: Transport) -> None:
    try:
        reply = carrier.send(notice_mail(row, at))
    except (Undeliverable, MailRefused) as error:
        mark(row, "failed", at=at, reply=str(error))
    except (TryLater, OSError) as error:
        put_off(row, at=at, reply=str(error))
    else:
        mark(row, "sent", at=at, reply=reply, message_id=row.dedup_key)


def notice_mail(row: Outgoing, at: datetime) -> Mail:
    """Return the mail of a notice: its address, subject and text are what was queued."""
    home = entity(row.entity_id)
    sender = home.email or f"billing@{mail_domain('')}"
    message = EmailMessage(policy=policy.SMTP)
    to = addressee(str(row.payload["to"]))
    message["From"] = addressee(sender, home.name)
    message["To"] = [to]
    message["Subject"] = one_line(str(row.payload["subject"]))
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<notice.{row.entity_id}.{row.id}@{mail_domain(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{row.payload['text']}\n\n{home.legal_name}\n", cte="quoted-printable")
    return Mail(sender, (to.addr_spec,), message)
