"""Mail that carries a document: built as RFC 5322, and its failure (RFC 3464) led back to the document.

The return path names the document and proves it by a MAC: a forged bounce marks no document as undelivered.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.utils import format_datetime, getaddresses
from html import escape

from duly.formats.pdf.document import InvoiceDoc, StatementDoc
from duly.formats.pdf.figures import Figures, locale_of
from duly.formats.pdf.reminder import ReminderDoc
from duly.formats.pdf.sheet import Pen
from duly.formats.pdf.summary import Summary, summary_of
from duly.formats.pdf.words import Words
from duly.kernel.refusals import Refused

# What SMTP carries without extensions and no header can be broken by; quoted local parts are not for bills.
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = re.compile(rf"(?=.{{1,64}}@){ATOM}(?:\.{ATOM})*@(?=.{{1,253}}$)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
DOCUMENT_ID = re.compile(r"[A-Za-z0-9-]{1,36}")
BOUNCE = re.compile(r"bounce\+([A-Za-z0-9-]{1,36})\.([a-z2-7]{13})@", re.IGNORECASE)
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
REPLY_CODE = re.compile(r"\b([45])\d\d\b")
BOLD = "font-weight:600"
ARRIVED_FOR = ("To", "Delivered-To", "X-Original-To", "Envelope-To")


class MailRefused(Refused, ValueError):
    """The mail cannot be addressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who writes to whom, and under which identity; `key` signs the return path on `domain`.

    `document_id` is the public id (letters, digits, hyphens, at most 36). `attempt` keeps Message-IDs apart
    when a document is sent again.
    """

    document_id: str
    sender: str
    to: tuple[str, ...]
    domain: str
    key: bytes
    sent_at: datetime
    sender_name: str = ""
    reply_to: str = ""
    cc: tuple[str, ...] = ()
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Mail:
    """A message and the envelope it travels in."""

    return_path: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def raw(self) -> bytes:
        """The bytes on the wire; the same mail gives the same bytes."""
        return self.message.as_bytes(policy=policy.SMTP)


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail system reports of one recipient: RFC 3463 status such as 5.1.1, and its own words."""

    document_id: str
    recipient: str
    action: str
    status: str
    diagnostic: str

    @property
    def is_permanent(self) -> bool:
        """Whether sending again is pointless."""
        return self.status.startswith("5")

    @property
    def is_failure(self) -> bool:
        """Whether the document did not arrive; a delay or a receipt is none."""
        return self.action == "failed"


def build_mail(doc: InvoiceDoc | StatementDoc | ReminderDoc, pdf: bytes, envelope: Envelope) -> Mail:
    """Return the mail that carries a document: text, HTML and the PDF, in the document's language.

    Raises `MailRefused` without a recipient, or for an address or id that cannot stand in a header.
    """
    if not envelope.to:
        raise MailRefused("mail.has_no_recipient", number=doc.number)
    words = Words(doc.language)
    summary = summary_of(doc, Pen(words, Figures(locale_of(doc.language), doc.currency)))
    message = EmailMessage(policy=policy.SMTP)
    set_headers(message, doc, envelope, summary)
    message.set_content(plain_text(summary), cte="quoted-printable")
    message.add_alternative(html_text(summary, words.language), subtype="html", cte="quoted-printable")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=summary.file_name)
    # Last, because each step above moves the Content-* headers into a part.
    message["Content-Language"] = words.language
    fix_boundaries(message, f"{envelope.document_id}.{envelope.attempt}")
    return Mail(
        bounce_address(envelope.document_id, domain=envelope.domain, key=envelope.key),
        tuple(addressee(each).addr_spec for each in (*envelope.to, *envelope.cc)),
        message,
    )


def set_headers(
    message: EmailMessage, doc: InvoiceDoc | StatementDoc | ReminderDoc, envelope: Envelope, summary: Summary
) -> None:
    message["From"] = addressee(envelope.sender, envelope.sender_name or doc.seller.name)
    message["To"] = [addressee(each) for each in envelope.to]
    if envelope.cc:
        message["Cc"] = [addressee(each) for each in envelope.cc]
    message["Reply-To"] = addressee(envelope.reply_to or doc.seller.email or envelope.sender)
    message["Subject"] = one_line(summary.subject)
    message["Date"] = format_datetime(envelope.sent_at)
    message["Message-ID"] = f"<{envelope.document_id}.{envelope.attempt}@{envelope.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Invoice-Id"] = envelope.document_id


def addressee(address: str, name: str = "") -> Address:
    """Return an address for a header, its domain in IDNA; raises `MailRefused` for what is none."""
    local, _, domain = address.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
    except UnicodeError as error:
        raise MailRefused("mail.address_unusable", address=address) from error
    if not ADDRESS.fullmatch(f"{local}@{ascii_domain}"):
        raise MailRefused("mail.address_unusable", address=address)
    try:
        return Address(one_line(name), local, ascii_domain)
    except (ValueError, MessageError) as error:
        raise MailRefused("mail.address_unusable", address=address) from error


def plain_text(summary: Summary) -> str:
    """Return the mail as text."""
    facts = [f"{label}: {value}" for label, value in summary.facts]
    blocks = (
        [summary.greeting],
        [summary.body],
        facts,
        [summary.attachment, summary.questions],
        [summary.closing, *summary.signature],
    )
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def html_text(summary: Summary, language: str) -> str:
    """Return the mail as HTML without images, links or anything to be loaded."""
    label_cell, value_cell = (f'<td style="padding:3px 24px 3px 0;{look}">' for look in ("color:#5a625f", BOLD))
    rows = "".join(
        f"<tr>{label_cell}{escape(label)}</td>{value_cell}{escape(value)}</td></tr>" for label, value in summary.facts
    )
    first, *others = summary.signature
    signature = "<br>".join(escape(line) for line in others)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(summary.subject)}</title></head>"
        '<body style="margin:0;padding:24px;font:15px/1.5 Inter,Helvetica,Arial,sans-serif;color:#171b1a">'
        f"<p>{escape(summary.greeting)}</p><p>{escape(summary.body)}</p>"
        f'<table role="presentation" style="border-collapse:collapse;margin:16px 0">{rows}</table>'
        f"<p>{escape(summary.attachment)} {escape(summary.questions)}</p>"
        f"<p>{escape(summary.closing)}<br><strong>{escape(first)}</strong></p>"
        f'<p style="color:#5a625f;font-size:13px">{signature}</p></body></html>\n'
    )


def fix_boundaries(message: EmailMessage, seed: str) -> None:
    """Give the parts boundaries that follow from the mail's identity, so that its bytes are reproducible."""
    for at, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{hashlib.sha256(f'{seed}.{at}'.encode()).hexdigest()[:32]}")


def one_line(text: str) -> str:
    return " ".join(text.split())


def bounce_address(document_id: str, *, domain: str, key: bytes) -> str:
    """Return bounce+<id>.<mac>@domain, the return path whose bounces can be trusted (VERP)."""
    if not DOCUMENT_ID.fullmatch(document_id):
        raise MailRefused("mail.id_unusable", document_id=document_id)
    return f"bounce+{document_id}.{mac_of(document_id, key)}@{domain}"


def mac_of(document_id: str, key: bytes) -> str:
    """Return 64 bits of HMAC-SHA256 in 13 letters; lower case, as mail systems fold the local part."""
    digest = hmac.new(key, document_id.lower().encode(), hashlib.sha256).digest()
    return b32encode(digest[:8]).decode().rstrip("=").lower()


def read_bounce_address(address: str, *, key: bytes) -> str | None:
    """Return the document id of a return path that we signed, else None."""
    found = BOUNCE.search(address)
    if found is None or not hmac.compare_digest(found[2].lower(), mac_of(found[1], key)):
        return None
    return found[1]


def parse_bounce(raw: bytes, *, key: bytes, arrived_for: str = "") -> tuple[Bounce, ...]:
    """Return what a delivery status notification says of each recipient; () for any other mail.

    `arrived_for` is the address the mail was delivered to, where the server tells. A notification that bears
    no return path of ours is not believed.
    """
    report = message_from_bytes(raw, policy=policy.default)
    if report.get_content_type() != "multipart/report":
        return ()
    ids = (read_bounce_address(text, key=key) for text in (arrived_for, *addresses(report)))
    document_id = next((found for found in ids if found), None)
    if document_id is None:
        return ()
    return tuple(bounce_of(document_id, block) for block in recipient_blocks(report))


def addresses(report: Message) -> Iterator[str]:
    """Yield where a report was sent, then the return path of the message it gives back."""
    for name in ARRIVED_FOR:
        yield from (address for _, address in getaddresses([str(each) for each in report.get_all(name, [])]))
    for part in report.walk():
        if part.get_content_type() == "text/rfc822-headers":
            yield str(message_from_bytes(payload_of(part)).get("Return-Path", ""))
        elif part is not report:
            yield str(part.get("Return-Path", ""))


def payload_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def recipient_blocks(report: Message) -> Iterator[Message]:
    """Yield the per-recipient fields of message/delivery-status (RFC 3464 section 2.3)."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            if isinstance(blocks, list):
                yield from (each for each in blocks if isinstance(each, Message) and each.get("Action"))


def bounce_of(document_id: str, block: Message) -> Bounce:
    recipient = str(block.get("Final-Recipient") or block.get("Original-Recipient") or "")
    diagnostic = one_line(str(block.get("Diagnostic-Code") or ""))
    return Bounce(
        document_id=document_id,
        recipient=recipient.partition(";")[2].strip() or recipient.strip(),
        action=str(block["Action"]).strip().lower(),
        status=status_of(str(block.get("Status") or ""), diagnostic),
        diagnostic=diagnostic.partition(";")[2].strip() or diagnostic,
    )


def status_of(stated: str, diagnostic: str) -> str:
    """Return the enhanced status; where it is missing, the diagnostic's or the class of its SMTP code."""
    found = STATUS.search(stated) or STATUS.search(diagnostic)
    if found:
        return found[1]
    code = REPLY_CODE.search(diagnostic)
    return f"{code[1]}.0.0" if code else ""
