"""Documents leave once committed: by mail, as file; what does not arrive is work for a person."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from duly.formats.mail import Bounce
from duly.invoicing.actions.delivery import cancel_sending, record_bounce, resend_invoice
from duly.invoicing.actions.paper import render
from duly.invoicing.delivery import MailboxFolder, SmtpTransport, send_due
from duly.invoicing.queries.documents import document, list_undelivered
from duly.kernel import clock
from duly.kernel.refusals import Refused
from tests.invoicing.scenario_invoicing import charge, issue, value
from tests.scenario import Office, account


def billed(office: Office, **more: Any) -> int:
    """An account with one invoice; returns the invoice."""
    ann = account(office, **more)
    charge(office, ann, 10_00)
    return issue(office, ann).document_ids[0]


def state_of(invoice: int) -> str:
    return str(value("select state from events_outbox where subject_id = %s order by id desc limit 1", invoice))


class Answering:
    """A mail server that answers with what the test says."""

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.got: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.got.append(envelope.content)
        return self.answer


@pytest.fixture
def mail_server() -> Iterator[tuple[Answering, SmtpTransport]]:
    handler = Answering()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, SmtpTransport(f"smtp://127.0.0.1:{port}")
    controller.stop()


def test_an_invoice_waits_a_minute_and_then_leaves_with_its_paper(office: Office, tmp_path: Path) -> None:
    invoice = billed(office)
    mailbox = MailboxFolder(tmp_path)

    assert send_due(office.entity_id, clock.now(), mailbox) == 0
    assert send_due(office.entity_id, clock.now() + timedelta(seconds=61), mailbox) == 1

    [file] = tmp_path.iterdir()
    mail = message_from_bytes(file.read_bytes())
    assert mail["To"] == "ann@example.com"
    assert mail["Auto-Submitted"] == "auto-generated"
    attached = [part.get_filename() for part in mail.walk() if part.get_content_type() == "application/pdf"]
    assert len(attached) == 1
    assert state_of(invoice) == "sent"


def test_the_paper_is_drawn_once_and_stays_the_same(office: Office) -> None:
    invoice = billed(office, language="de")

    assert render(office.entity_id, invoice) == render(office.entity_id, invoice)
    assert render(office.entity_id, invoice).startswith(b"%PDF")


def test_a_document_called_back_in_time_does_not_leave(office: Office, tmp_path: Path) -> None:
    invoice = billed(office)

    cancel_sending([invoice], by=office.coordinator)

    assert send_due(office.entity_id, clock.now() + timedelta(hours=1), MailboxFolder(tmp_path)) == 0
    with pytest.raises(Refused, match=r"invoice\.left_already"):
        cancel_sending([invoice], by=office.coordinator)


def test_a_temporary_no_is_tried_again_and_a_permanent_one_is_work(
    office: Office, mail_server: tuple[Answering, SmtpTransport]
) -> None:
    answering, smtp = mail_server
    invoice = billed(office)
    later = clock.now() + timedelta(minutes=2)

    answering.answer = "451 greylisted"
    send_due(office.entity_id, later, smtp)
    assert state_of(invoice) == "queued"
    assert send_due(office.entity_id, later, smtp) == 0

    answering.answer = "550 no such user"
    send_due(office.entity_id, later + timedelta(minutes=2), smtp)

    [undelivered] = list_undelivered(office.entity_id)
    assert (undelivered.invoice_id, undelivered.state) == (invoice, "failed")
    assert undelivered.reply.startswith("550")


def test_a_document_sent_again_is_no_longer_undelivered(
    office: Office, mail_server: tuple[Answering, SmtpTransport]
) -> None:
    answering, smtp = mail_server
    invoice = billed(office)
    answering.answer = "550 no such user"
    send_due(office.entity_id, clock.now() + timedelta(minutes=2), smtp)

    resend_invoice(invoice, to="ann@elsewhere.example", by=office.coordinator)
    answering.answer = "250 OK"
    send_due(office.entity_id, clock.now() + timedelta(minutes=4), smtp)

    assert list_undelivered(office.entity_id) == []
    assert b"ann@elsewhere.example" in answering.got[-1]


def test_a_bounce_leads_back_to_its_document(office: Office, tmp_path: Path) -> None:
    invoice = billed(office)
    send_due(office.entity_id, clock.now() + timedelta(minutes=2), MailboxFolder(tmp_path))
    public_id = document(office.entity_id, invoice).public_id

    found = record_bounce(Bounce(public_id, "ann@example.com", "failed", "5.1.1", "user unknown"), by=office.system)

    assert found == invoice
    assert [row.reply for row in list_undelivered(office.entity_id)] == ["5.1.1 user unknown"]


def test_a_document_for_the_drop_folder_becomes_a_file(office: Office, settings_home: Path) -> None:
    billed(office, delivery="file")

    send_due(office.entity_id, clock.now() + timedelta(minutes=2))

    assert (settings_home / "outbox" / "files" / "deliver" / "INV-2026-000001.pdf").exists()


@pytest.fixture
def settings_home(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of this test's own."""
    monkeypatch.setenv("DULY_HOME", str(tmp_path))
    return tmp_path
