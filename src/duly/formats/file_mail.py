"""Mail that carries a file: a few words, one attachment, the same bytes for the same mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from duly.formats.mail import Mail, addressee, fix_boundaries, one_line

TYPES = {
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("text", "csv"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMail:
    """What is said to whom, and the file; `key` names the mail for ever."""

    key: str
    sender: str
    sender_name: str
    to: str
    subject: str
    text: str
    file_name: str
    content: bytes | None
    sent_at: datetime


def build_file_mail(wanted: FileMail) -> Mail:
    """Return the mail with its file, or its words alone; MailRefused for an address that cannot stand in a header."""
    message = EmailMessage(policy=policy.SMTP)
    sender = addressee(wanted.sender, wanted.sender_name)
    message["From"] = sender
    message["To"] = addressee(wanted.to)
    message["Subject"] = one_line(wanted.subject)
    message["Date"] = format_datetime(wanted.sent_at)
    message["Message-ID"] = f"<{wanted.key}@{sender.domain or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(wanted.text, cte="quoted-printable")
    if wanted.content is not None:
        main, sub = TYPES[wanted.file_name.rpartition(".")[2]]
        message.add_attachment(wanted.content, maintype=main, subtype=sub, filename=wanted.file_name)
        fix_boundaries(message, wanted.key)
    return Mail(sender.addr_spec, (addressee(wanted.to).addr_spec,), message)
