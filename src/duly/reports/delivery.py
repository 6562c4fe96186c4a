"""Carrying scheduled reports out: built on their day's figures, checked against the receiver's rights, sent once."""

from __future__ import annotations

import hashlib
import io
import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duly.access.queries import entity
from duly.events.outbox import Outgoing, lease_due, mark, put_off
from duly.formats.file_mail import FileMail, build_file_mail
from duly.formats.mail import MailRefused
from duly.invoicing.delivery import Transport, TryLater, Undeliverable, transport_of_settings
from duly.kernel import clock
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_one, run_sql
from duly.reports.actions.schedules import may_get
from duly.reports.exports import write_report
from duly.reports.queries import report
from duly.reports.rules import CADENCES

HERE = "duly.reports"
log = logging.getLogger("duly.reports")
LARGEST_ATTACHMENT = 8 * 2**20
"""A file beyond this is not attached; the mail says where it is."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A mail to be sent: which report of which day to whom."""

    id: int
    as_of: date
    to_address: str
    user_id: int
    report: str
    title: str
    asked: dict[str, Any]
    format: str
    cadence: str
    made_by_name: str


def send_due(entity_id: int, now: datetime | None = None, transport: Transport | None = None) -> int:
    """Send the reports that wait in the outbox; returns how many were tried. Safe to run beside others and to kill."""
    at = now or clock.now()
    rows = lease_due(entity_id, ["mail"], at, topic="report.%")
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
    """Send one report and note how it ended; somebody who may not export any more gets none."""
    wanted = fetch_one(HERE, "schedule/sending.sql", Sending, entity=row.entity_id, id=row.subject_id)
    if wanted is None or not may_get(row.entity_id, wanted.user_id):
        mark(row, "cancelled", at=at, reply="the person may not export any more")
        return
    try:
        content, rows = file_of(row.entity_id, wanted)
        reply = transport.send(build_file_mail(mail_of(row, wanted, content, rows, at)))
    except (Undeliverable, MailRefused, Refused) as error:
        mark(row, "failed", at=at, reply=str(error))
    except (TryLater, OSError) as error:
        put_off(row, at=at, reply=str(error))
    else:
        mark(row, "sent", at=at, reply=reply, message_id=row.dedup_key)
        digest = hashlib.sha256(content).digest()
        run_sql(HERE, "schedule/note_sent.sql", entity=row.entity_id, id=wanted.id, at=at, rows=rows, sha256=digest)


def file_of(entity_id: int, wanted: Sending) -> tuple[bytes, int]:
    """Return the report of its day as a typed file, and how many rows it has."""
    values = {name: str(value) for name, value in wanted.asked.items()}
    out = io.BytesIO()
    rows = write_report(report(entity_id, wanted.report, today=wanted.as_of, values=values), out, ending=wanted.format)
    return out.getvalue(), rows


def mail_of(row: Outgoing, wanted: Sending, content: bytes, rows: int, at: datetime) -> FileMail:
    """Return the mail: what it is, as of when, who asked for it."""
    office = entity(row.entity_id)
    attached = len(content) <= LARGEST_ATTACHMENT
    where = "It is attached." if attached else f"It is too large for a mail; it is at /reports/{wanted.report} in Duly."
    text = (
        f"{wanted.title} of {office.name}, as of {wanted.as_of}: {rows} rows. {where}\n\n"
        f"It goes out {CADENCES[wanted.cadence]}; {wanted.made_by_name} asked for it, and stops it under Reports.\n"
    )
    return FileMail(
        key=f"{row.dedup_key.replace(':', '.')}.{row.entity_id}",
        sender=office.email or "reports@localhost",
        sender_name=office.name,
        to=wanted.to_address,
        subject=f"{wanted.title}, {wanted.as_of}",
        text=text,
        file_name=f"{wanted.report}-{wanted.as_of}.{wanted.format}",
        content=content if attached else None,
        sent_at=at,
    )
