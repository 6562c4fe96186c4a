"""Carrying documents out: by SMTP, into a mailbox folder one can look into, or as files into a drop folder."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from duly.events.outbox import Outgoing, lease_due, mark, may_leave, put_off
from duly.formats.mail import Envelope, Mail, MailRefused, build_mail
from duly.formats.pdf import DocumentRefused
from duly.invoicing.actions.paper import home_folder, keep, render, sheet
from duly.kernel import clock, crypto
from duly.kernel.sql import fetch_one

HERE = "duly.invoicing"
log = logging.getLogger("duly.delivery")
TIMEOUT_SECONDS = 30


class Undeliverable(Exception):
    """The other side said no for good (5xx), or the mail cannot be addressed at all."""


class TryLater(Exception):
    """The other side could not be reached or asked to try later (4xx)."""


class Transport(Protocol):
    """Takes mails; raises Undeliverable or TryLater."""

    def send(self, mail: Mail) -> str:
        """Hand a mail over; returns what the other side said."""

    def close(self) -> None:
        """Let go of the connection."""


class SmtpTransport:
    """Sends by SMTP: smtp://user:password@host:25, smtps://host:465, ?starttls=1 for encryption on the way."""

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)
        self.connection: smtplib.SMTP | None = None

    def send(self, mail: Mail) -> str:
        """Hand a mail over on one connection kept for the batch."""
        try:
            server = self.connected()
        except (OSError, smtplib.SMTPException) as error:
            # A wrong password or a closed door says nothing of this mail, whatever its code: no document is to blame.
            self.close()
            raise TryLater(str(error)) from error
        try:
            server.sendmail(mail.return_path, list(mail.recipients), mail.raw)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise verdict(code, words) from error
        except smtplib.SMTPResponseException as error:
            raise verdict(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise TryLater(str(error)) from error
        return "250"

    def connected(self) -> smtplib.SMTP:
        """Return the open connection, made at the first mail."""
        if self.connection is None:
            host, port = self.url.hostname or "localhost", self.url.port
            if self.url.scheme == "smtps":
                tls = ssl.create_default_context()
                self.connection = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT_SECONDS, context=tls)
            else:
                self.connection = smtplib.SMTP(host, port or 25, timeout=TIMEOUT_SECONDS)
            if "starttls" in parse_qs(self.url.query):
                self.connection.starttls(context=ssl.create_default_context())
            if self.url.username:
                self.connection.login(unquote(self.url.username), unquote(self.url.password or ""))
        return self.connection

    def close(self) -> None:
        """Say goodbye, if anybody still listens."""
        if self.connection is not None:
            try:
                self.connection.quit()
            except (OSError, smtplib.SMTPException):
                log.debug("the mail server was gone before the goodbye")
            self.connection = None


def verdict(code: int, words: bytes | str) -> Exception:
    """Return the exception that an SMTP reply means: 5xx is for good, all else may be tried again."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    reply = f"{code} {text}".strip()
    return Undeliverable(reply) if 500 <= code < 600 else TryLater(reply)


@dataclass(slots=True)
class MailboxFolder:
    """Writes each mail into a folder as a file any mail program opens: the demo's mailbox."""

    folder: Path

    def send(self, mail: Mail) -> str:
        """Write the mail under its Message-ID; the same mail twice is one file."""
        name = str(mail.message["Message-ID"]).strip("<>").replace("/", "_")
        keep(self.folder / f"{name}.eml", mail.raw)
        return "in the mailbox folder"

    def close(self) -> None:
        """Nothing to let go of."""


def transport_of_settings() -> Transport:
    """Return SMTP where DULY_SMTP_URL is set, else the mailbox folder under the home."""
    if settings.DULY_SMTP_URL:
        return SmtpTransport(settings.DULY_SMTP_URL)
    return MailboxFolder(home_folder() / "outbox" / "mail")


def drop_folder() -> Path:
    """Return where documents delivered as files are put."""
    return home_folder() / "outbox" / "files"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a document goes."""

    public_id: str
    account_id: int
    to_address: str
    delivery: str
    number: str


def send_due(
    entity_id: int, now: datetime | None = None, transport: Transport | None = None, *, limit: int = 50
) -> int:
    """Send what is due and returns how many rows were tried; safe to run beside others and to kill.

    A temporary refusal is tried again later and later; a permanent one leaves the document undelivered, which is
    work for a person (`list_undelivered`).
    """
    at = now or clock.now()
    rows = lease_due(entity_id, ["mail", "file"], at, topic="invoice.%", limit=limit)
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
    """Send one row and note how it ended; what the gate says is kept, and heeded."""
    if not may_leave(row, at):
        return
    deliver: Callable[[Outgoing, datetime, Transport], str] = drop if row.kind == "file" else mail_out
    try:
        reply = deliver(row, at, transport)
    except (Undeliverable, MailRefused, DocumentRefused) as error:
        mark(row, "failed", at=at, reply=str(error))
    except (TryLater, OSError) as error:
        put_off(row, at=at, reply=str(error))
    else:
        mark(row, "sent", at=at, reply=reply, message_id=f"{row.dedup_key}")


def destination(row: Outgoing) -> Destination:
    found = fetch_one(HERE, "delivery/address.sql", Destination, entity=row.entity_id, id=row.subject_id)
    if found is None:
        raise Undeliverable("the document has no number yet")
    return found


def mail_out(row: Outgoing, at: datetime, transport: Transport) -> str:
    """Send a document by mail, in its language, with its PDF."""
    where = destination(row)
    doc = sheet(row.entity_id, row.subject_id)
    sender = doc.seller.email or f"billing@{mail_domain('')}"
    to = str(row.payload.get("to") or where.to_address)
    envelope = Envelope(
        document_id=where.public_id,
        sender=sender,
        to=(to,) if to else (),
        domain=mail_domain(sender),
        key=return_path_key(),
        sent_at=at,
        attempt=int(row.dedup_key.rpartition(":")[2]),
    )
    return transport.send(build_mail(doc, render(row.entity_id, row.subject_id), envelope))


def mail_domain(sender: str) -> str:
    """Return the domain mails come from and bounces return to."""
    return sender.rpartition("@")[2] or "localhost"


def return_path_key() -> bytes:
    """Return the key that signs return paths, so that no stranger can mark a document as undelivered."""
    return crypto.blind_index("return path of documents")


def drop(row: Outgoing, at: datetime, transport: Transport) -> str:
    """Put a document's PDF into the drop folder; letters to print apart from files."""
    where = destination(row)
    folder = drop_folder() / ("print" if row.topic == "invoice.print" else "deliver")
    file = folder / f"{where.number}.pdf"
    keep(file, render(row.entity_id, row.subject_id))
    return str(file.relative_to(drop_folder()))
