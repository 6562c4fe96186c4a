"""Mails that carry documents, and the bounces that come back."""

from __future__ import annotations

import asyncio
import smtplib
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Session
from aiosmtpd.smtp import Envelope as SmtpEnvelope

from duly.formats.mail import (
    Bounce,
    Envelope,
    MailRefused,
    bounce_address,
    build_mail,
    parse_bounce,
    read_bounce_address,
)
from duly.formats.pdf.words import LANGUAGES
from tests.formats.pdf.samples import BUYER, SELLER, credit_note, german, invoice, statement

ID = "0198f0c2-7d1e-7a31-9b1c-8c3f5f0a1b2c"
KEY = b"a key of the office's own, 32 b."
ENVELOPE = Envelope(
    document_id=ID,
    sender="billing@duly.example",
    to=("ap@harbor.example",),
    domain="mail.duly.example",
    key=KEY,
    sent_at=datetime(2026, 1, 31, 8, 30, tzinfo=UTC),
)
PDF = b"%PDF-1.7 a paper"


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text


def test_a_mail_says_who_it_is_from_and_that_a_machine_sent_it() -> None:
    message = read(build_mail(german(), PDF, replace(ENVELOPE, reply_to="hilfe@duly.example")).raw)

    assert message["From"] == "Duly Demo Office GmbH <billing@duly.example>"
    assert message["To"] == "ap@harbor.example"
    assert message["Reply-To"] == "hilfe@duly.example"
    assert message["Subject"] == "Rechnung INV-2026-000482 von Duly Demo Office GmbH"
    assert message["Message-ID"] == f"<{ID}.1@mail.duly.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Invoice-Id"] == ID
    assert message["Content-Language"] == "de"
    assert message["Date"] == "Sat, 31 Jan 2026 08:30:00 +0000"


def test_a_mail_holds_text_html_and_exactly_one_pdf() -> None:
    message = read(build_mail(german(), PDF, ENVELOPE).raw)

    (attached,) = message.iter_attachments()

    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "Rechnung-INV-2026-000482.pdf"
    assert attached.get_payload(decode=True) == PDF
    for text in (body(message, "plain"), body(message, "html")):
        assert "Guten Tag Frau Jäger," in text
        assert "3.289,09\u00a0€" in text
        assert "02.03.2026" in text
        assert "RF18\u00a05390\u00a00754\u00a07034" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [invoice, credit_note, statement])
def test_every_kind_of_document_has_its_mail_in_every_language(make: Any, language: str) -> None:
    doc = make(language=language)

    message = read(build_mail(doc, PDF, ENVELOPE).raw)

    assert doc.number in message["Subject"]
    assert message["Content-Language"] == language
    assert "{" not in body(message, "plain")


def test_a_credit_note_asks_for_no_payment() -> None:
    text = body(read(build_mail(credit_note(), PDF, ENVELOPE).raw), "plain")

    assert "Credit amount: €1,799.28" in text
    assert "Payable by" not in text


def test_the_same_mail_gives_the_same_bytes_and_a_resend_another_id() -> None:
    first, again = build_mail(german(), PDF, ENVELOPE), build_mail(german(), PDF, ENVELOPE)
    resent = build_mail(german(), PDF, replace(ENVELOPE, attempt=2))

    assert first.raw == again.raw
    assert first.message["Message-ID"] != resent.message["Message-ID"]


def test_names_cannot_add_headers_or_markup() -> None:
    seller = replace(SELLER, name="Evil\r\nBcc: all@world.example <b>")
    buyer = replace(BUYER, contact_name="<script>alert(1)</script>")

    message = read(build_mail(invoice(1, seller=seller, buyer=buyer), PDF, ENVELOPE).raw)

    assert message["Bcc"] is None
    assert "<script>" not in body(message, "html")
    assert "&lt;script&gt;" in body(message, "html")


@pytest.mark.parametrize(
    "address",
    [
        *(
            "a@b.example\r\nBcc: c@d.example",
            "a@b.example, c@d.example",
            "no address",
            "",
            "@",
            "a@",
            "@b.example",
        ),
        *("ä@b.example", "A <a@b.example>", "a..b@c.example", "a@b..example", "a@" + "b" * 300),
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(MailRefused, match=r"mail\.address_unusable"):
        build_mail(german(), PDF, replace(ENVELOPE, to=(address,)))


def test_a_domain_with_umlauts_is_written_in_ascii() -> None:
    mail = build_mail(german(), PDF, replace(ENVELOPE, to=("ap@müller.example",)))

    assert read(mail.raw)["To"] == "ap@xn--mller-kva.example"
    assert mail.recipients == ("ap@xn--mller-kva.example",)


def test_a_mail_without_recipients_is_refused() -> None:
    with pytest.raises(MailRefused, match=r"mail\.has_no_recipient"):
        build_mail(german(), PDF, replace(ENVELOPE, to=()))


def test_the_return_path_leads_back_to_the_document() -> None:
    mail = build_mail(german(), PDF, replace(ENVELOPE, cc=("boss@harbor.example",)))

    assert read_bounce_address(mail.return_path, key=KEY) == ID
    assert len(mail.return_path.partition("@")[0]) <= 64  # RFC 5321 section 4.5.3.1.1
    assert mail.recipients == ("ap@harbor.example", "boss@harbor.example")


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (bounce_address(ID, domain="d.example", key=KEY).replace(".", ".a", 1), KEY),
        (bounce_address(ID, domain="d.example", key=KEY).replace(ID, ID[:-1] + "d"), KEY),
        (bounce_address(ID, domain="d.example", key=KEY), b"another key"),
        ("billing@duly.example", KEY),
    ],
    ids=["another mac", "another document", "another key", "no return path"],
)
def test_a_return_path_that_we_did_not_sign_leads_nowhere(address: str, key: bytes) -> None:
    assert read_bounce_address(address, key=key) is None


def test_mail_systems_may_fold_the_return_path_to_upper_case() -> None:
    shouted = bounce_address(ID, domain="d.example", key=KEY).upper()

    assert (read_bounce_address(shouted, key=KEY) or "").lower() == ID


def test_an_id_that_cannot_stand_in_an_address_is_refused() -> None:
    with pytest.raises(MailRefused, match=r"mail\.id_unusable"):
        bounce_address("INV/2026@1", domain="d.example", key=KEY)


def notification(
    fields: str,
    *,
    to: str = "",
    returned: str = "",
    kind: str = "multipart/report; report-type=delivery-status",
) -> bytes:
    """Return a delivery status notification as mail systems write it (RFC 3464)."""
    text = f"""From: MAILER-DAEMON@mx.example
To: {to or bounce_address(ID, domain="mail.duly.example", key=KEY)}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: {kind}; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mx.example.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

{fields}
--b
Content-Type: text/rfc822-headers

{returned or "Subject: Rechnung"}

--b--
"""
    return text.replace("\n", "\r\n").encode()


HARD = """Final-Recipient: rfc822; ap@harbor.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <ap@harbor.example>: Recipient address
    rejected: User unknown
"""


def test_a_hard_bounce_names_document_recipient_status_and_reason() -> None:
    (bounce,) = parse_bounce(notification(HARD), key=KEY)

    assert bounce == Bounce(
        ID,
        "ap@harbor.example",
        "failed",
        "5.1.1",
        "550 5.1.1 <ap@harbor.example>: Recipient address rejected: User unknown",
    )
    assert bounce.is_failure
    assert bounce.is_permanent


@pytest.mark.parametrize(
    ("fields", "status", "is_failure", "is_permanent"),
    [
        ("Final-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.1\n", "4.4.1", False, False),
        ("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 4.2.2\n", "4.2.2", True, False),
        ("Final-Recipient: rfc822; a@b.example\nAction: delivered\nStatus: 2.0.0\n", "2.0.0", False, False),
        (
            "Final-Recipient: rfc822; a@b.example\nAction: failed\nDiagnostic-Code: smtp; 552 mailbox full\n",
            "5.0.0",
            True,
            True,
        ),
        (
            "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.0.0 (unknown)\n",
            "5.0.0",
            True,
            True,
        ),
    ],
    ids=["delay", "soft failure", "receipt", "status only in the SMTP reply", "status with a comment"],
)
def test_delays_receipts_and_failures_are_told_apart(
    fields: str, status: str, is_failure: bool, is_permanent: bool
) -> None:
    (bounce,) = parse_bounce(notification(fields), key=KEY)

    assert (bounce.status, bounce.is_failure, bounce.is_permanent) == (status, is_failure, is_permanent)


def test_a_report_on_two_recipients_gives_two_bounces() -> None:
    two = f"{HARD}\nFinal-Recipient: rfc822; boss@harbor.example\nAction: failed\nStatus: 5.7.1\n"

    found = parse_bounce(notification(two), key=KEY)

    assert [(each.recipient, each.status) for each in found] == [
        ("ap@harbor.example", "5.1.1"),
        ("boss@harbor.example", "5.7.1"),
    ]


def test_the_document_is_also_found_in_the_returned_headers_and_in_the_envelope() -> None:
    ours = bounce_address(ID, domain="mail.duly.example", key=KEY)
    by_headers = notification(HARD, to="postmaster@duly.example", returned=f"Return-Path: <{ours}>")
    bare = notification(HARD, to="postmaster@duly.example")

    assert [each.document_id for each in parse_bounce(by_headers, key=KEY)] == [ID]
    assert [each.document_id for each in parse_bounce(bare, key=KEY, arrived_for=ours)] == [ID]
    assert parse_bounce(bare, key=KEY) == ()


def test_a_forged_bounce_is_not_believed() -> None:
    forged = notification(HARD, to=f"bounce+{ID}.aaaaaaaaaaaaa@mail.duly.example")

    assert parse_bounce(forged, key=KEY) == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe not a mail",
        build_mail(german(), PDF, ENVELOPE).raw,
        notification(HARD, kind="multipart/mixed"),
        notification("no fields at all\n"),
        notification("Action: failed\n"),
    ],
    ids=["empty", "rubbish", "a mail", "not a report", "no fields", "bare action"],
)
def test_other_mail_is_no_bounce_and_raises_nothing(raw: bytes) -> None:
    assert all(each.recipient == "" for each in parse_bounce(raw, key=KEY))


class Mailbox:
    """A mail server that keeps what it receives."""

    def __init__(self) -> None:
        self.received: list[SmtpEnvelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: SmtpEnvelope) -> str:  # noqa: N802
        await asyncio.sleep(0)
        self.received.append(envelope)
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, Controller]]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, controller
    controller.stop()


def test_a_mail_survives_a_real_mail_server(mailbox: tuple[Mailbox, Controller]) -> None:
    box, controller = mailbox
    mail = build_mail(german(), PDF * 5000, ENVELOPE)

    with smtplib.SMTP("127.0.0.1", controller.port) as smtp:
        smtp.sendmail(mail.return_path, mail.recipients, mail.raw)

    (envelope,) = box.received
    assert read_bounce_address(envelope.mail_from or "", key=KEY) == ID
    assert isinstance(envelope.content, bytes)
    message = read(envelope.content)
    (attached,) = message.iter_attachments()
    assert attached.get_payload(decode=True) == PDF * 5000
    assert "Frau Jäger" in body(message, "plain")
