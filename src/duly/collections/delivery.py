"""Carrying letters and statements out. The gate is asked once more at the door: much can change while mail waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from duly.collections.actions.sending import note_sent, settled_meanwhile
from duly.collections.papers import reminder_doc, sent_statement_doc
from duly.events.outbox import Outgoing, lease_due, mark, may_leave, put_off
from duly.formats.mail import Envelope, MailRefused, build_mail
from duly.formats.pdf import DocumentRefused, ReminderDoc, StatementDoc, render_pdf
from duly.invoicing.actions.paper import keep
from duly.invoicing.delivery import (
    Transport,
    TryLater,
    Undeliverable,
    drop_folder,
    mail_domain,
    return_path_key,
    transport_of_settings,
)
from duly.kernel import clock
from duly.kernel.actor import system_actor
from duly.kernel.sql import fetch_one, fetch_value

HERE = "duly.collections"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a letter or statement goes."""

    public_id: str
    address: str
    number: str


def send_due(
    entity_id: int, now: datetime | None = None, transport: Transport | None = None, *, limit: int = 50
) -> int:
    """Send what is due and returns how many rows were tried; safe to run beside others and to kill."""
    at = now or clock.now()
    rows = lease_due(entity_id, ["mail", "file"], at, topic="collections.%", limit=limit)
    if not rows:
        return 0
    carrier = transport or transport_of_settings()
    try:
        for row in rows:
            carry(row, at, carrier)
    finally:
        carrier.close()
    return len(rows)


def carry(row: Outgoing, at: datetime, transport: Transport) -> None:
    """Send one row and note how it ended; a letter about debts settled meanwhile, or refused by the gate, stays."""
    by = system_actor(row.entity_id)
    if row.topic == "collections.letter" and settled_meanwhile(row.subject_id, by=by):
        mark(row, "cancelled", at=at, reply="what it reminds of has changed")
        return
    if row.topic != "collections.handover" and not may_leave(row, at):
        return
    deliver: Callable[[Outgoing, datetime, Transport], str] = drop if row.kind == "file" else mail_out
    try:
        reply = deliver(row, at, transport)
    except (Undeliverable, MailRefused, DocumentRefused) as error:
        mark(row, "failed", at=at, reply=str(error))
    except (TryLater, OSError) as error:
        put_off(row, at=at, reply=str(error))
    else:
        mark(row, "sent", at=at, reply=reply, message_id=row.dedup_key)
        if row.topic != "collections.handover":
            note_sent(row.topic, row.subject_id, at, by=by)


def paper_of(row: Outgoing) -> ReminderDoc | StatementDoc:
    """Return what goes on paper."""
    if row.topic == "collections.letter":
        return reminder_doc(row.entity_id, row.subject_id)
    return sent_statement_doc(row.entity_id, row.subject_id)


def mail_out(row: Outgoing, at: datetime, transport: Transport) -> str:
    """Send by mail, in the payer's language, with the PDF."""
    doc = paper_of(row)
    where = _destination(row)
    sender = doc.seller.email or f"billing@{mail_domain('')}"
    envelope = Envelope(
        document_id=where.public_id,
        sender=sender,
        to=(where.address,) if where.address else (),
        domain=mail_domain(sender),
        key=return_path_key(),
        sent_at=at,
        attempt=int(row.dedup_key.rpartition(":")[2]),
    )
    return transport.send(build_mail(doc, render_pdf(doc), envelope))


def drop(row: Outgoing, at: datetime, transport: Transport) -> str:
    """Put a letter to print, or the file for an agency, into the drop folder."""
    if row.topic == "collections.handover":
        file = drop_folder() / "agency" / str(row.payload["name"])
        content = fetch_value(HERE, "agency/file.sql", entity=row.entity_id, batch=row.subject_id)
        keep(file, str(content).encode("utf-8-sig"))
    else:
        where = _destination(row)
        file = drop_folder() / "print" / f"{row.subject_kind}-{where.number}-{row.subject_id}.pdf"
        keep(file, render_pdf(paper_of(row)))
    return str(file.relative_to(drop_folder()))


def _destination(row: Outgoing) -> Destination:
    found = fetch_one(HERE, f"sending/{row.subject_kind}.sql", Destination, entity=row.entity_id, id=row.subject_id)
    if found is None:
        raise Undeliverable("there is no such paper")
    return found
