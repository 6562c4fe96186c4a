"""The worker's mail: out by a real SMTP server, back as a notice of failure, and never out of a demo."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import connection

from duly.invoicing.actions.delivery import resend_invoice, skip_sending
from duly.invoicing.queries.documents import Dispatch, explain_document, list_undelivered
from duly.kernel import clock
from duly.site.mailing import read_bounces, send_documents
from duly.site.working import work_once
from tests.invoicing.scenario_invoicing import charge, issue
from tests.scenario import Office, account

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
NOTICE = """From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mx.example.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ann@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--b--
"""


class Server:
    """A mail server that wants a login and answers what the test says."""

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.envelopes: list[Any] = []
        self.logins: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return self.answer

    def login(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password == b"open & shut")


@pytest.fixture
def mail_server(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server of our own, named by DULY_SMTP_URL, and a home of this test."""
    said = Server()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(
        said, hostname="127.0.0.1", port=port, authenticator=said.login, auth_required=True, auth_require_tls=False
    )
    controller.start()
    monkeypatch.setenv("DULY_HOME", str(tmp_path))
    monkeypatch.setattr(settings, "DULY_HOME", str(tmp_path))
    monkeypatch.setattr(settings, "DULY_SMTP_URL", f"smtp://office:open%20%26%20shut@127.0.0.1:{port}")
    yield said
    controller.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of localhost that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


@contextmanager
def tls_server(certificate: tuple[Path, Path], *, from_the_start: bool) -> Iterator[tuple[Server, int]]:
    """A mail server that takes a login over TLS only: from the first byte, or after STARTTLS."""
    said, context = Server(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    how: dict[str, Any] = (
        {"ssl_context": context, "auth_require_tls": False}
        if from_the_start
        else {"tls_context": context, "require_starttls": True, "auth_require_tls": True}
    )
    controller = Controller(said, hostname="localhost", port=port, authenticator=said.login, auth_required=True, **how)
    controller.start()
    try:
        yield said, port
    finally:
        controller.stop()


WAYS = [
    pytest.param(True, "smtps://office:open%20%26%20shut@localhost:{port}", id="smtps"),
    pytest.param(False, "smtp://office:open%20%26%20shut@localhost:{port}?starttls=1", id="starttls"),
]


@pytest.mark.parametrize(("from_the_start", "url"), WAYS)
def test_mail_goes_out_encrypted_to_a_server_that_proves_itself(
    office: Office,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    from_the_start: bool,
    url: str,
) -> None:
    invoice = billed(office)
    later(monkeypatch, 2)
    monkeypatch.setattr(settings, "DULY_HOME", str(tmp_path))
    monkeypatch.setenv("DULY_HOME", str(tmp_path))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))

    with tls_server(certificate, from_the_start=from_the_start) as (server, port):
        monkeypatch.setattr(settings, "DULY_SMTP_URL", url.format(port=port))
        sent = work_once(seal=False)["documents sent"]

    assert (sent, server.logins) == (1, ["office"])
    assert server.envelopes[0].rcpt_tos == ["ann@example.com"]
    assert [one.state for one in dispatches(office, invoice)] == ["sent"]


@pytest.mark.parametrize(("from_the_start", "url"), WAYS)
def test_a_mail_server_with_a_strange_certificate_hears_neither_password_nor_mail(
    office: Office,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    from_the_start: bool,
    url: str,
) -> None:
    invoice = billed(office)
    later(monkeypatch, 2)
    monkeypatch.setattr(settings, "DULY_HOME", str(tmp_path))
    monkeypatch.setenv("DULY_HOME", str(tmp_path))

    with tls_server(certificate, from_the_start=from_the_start) as (server, port):
        monkeypatch.setattr(settings, "DULY_SMTP_URL", url.format(port=port))
        work_once(seal=False)

    assert (server.logins, server.envelopes) == ([], [])
    [waiting] = dispatches(office, invoice)
    assert waiting.state == "queued"
    assert "certificate" in waiting.reply.lower()


def billed(office: Office, **more: Any) -> int:
    ann = account(office, **more)
    charge(office, ann, 10_00)
    return issue(office, ann).document_ids[0]


def later(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    """Let it be so many minutes later."""
    monkeypatch.setenv("DULY_NOW", (clock.now() + timedelta(minutes=minutes)).isoformat())


def dispatches(office: Office, invoice: int) -> list[Dispatch]:
    return explain_document(office.entity_id, invoice).dispatches


def test_the_worker_sends_by_the_mail_server_it_is_told(
    office: Office, mail_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice = billed(office)
    assert work_once(seal=False)["documents sent"] == 0
    later(monkeypatch, 2)

    assert work_once(seal=False)["documents sent"] == 1

    assert mail_server.logins == ["office"]
    assert mail_server.envelopes[0].rcpt_tos == ["ann@example.com"]
    assert [one.state for one in dispatches(office, invoice)] == ["sent"]


def test_a_mail_is_put_off_then_refused_then_sent_again_to_another(
    office: Office, mail_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice = billed(office)
    mail_server.answer = "451 4.7.1 greylisted"
    later(monkeypatch, 2)
    work_once(seal=False)
    assert dispatches(office, invoice)[0].state == "queued"

    mail_server.answer = "550 5.1.1 no such user"
    later(monkeypatch, 2)
    work_once(seal=False)
    [work] = list_undelivered(office.entity_id)
    assert (work.invoice_id, work.state, work.attempts) == (invoice, "failed", 2)

    mail_server.answer = "250 OK"
    resend_invoice(invoice, to="ann@elsewhere.example", by=office.coordinator)
    later(monkeypatch, 2)
    work_once(seal=False)
    assert list_undelivered(office.entity_id) == []
    assert mail_server.envelopes[-1].rcpt_tos == ["ann@elsewhere.example"]


def test_a_mail_server_that_is_gone_loses_nothing(
    office: Office, mail_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice = billed(office)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setattr(settings, "DULY_SMTP_URL", f"smtp://127.0.0.1:{nobody.getsockname()[1]}")
        later(monkeypatch, 2)
        work_once(seal=False)

    [waiting] = dispatches(office, invoice)
    assert waiting.state == "queued"
    assert waiting.reply


def test_a_wrong_password_is_no_documents_fault(
    office: Office, mail_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoices = [billed(office), billed(office, name="Bob")]
    right = settings.DULY_SMTP_URL
    monkeypatch.setattr(settings, "DULY_SMTP_URL", right.replace("shut", "closed"))
    later(monkeypatch, 2)
    work_once(seal=False)
    assert list_undelivered(office.entity_id) == []

    monkeypatch.setattr(settings, "DULY_SMTP_URL", right)
    later(monkeypatch, 2)
    work_once(seal=False)

    assert [dispatches(office, invoice)[0].state for invoice in invoices] == ["sent", "sent"]


def test_a_notice_of_failure_in_the_inbox_opens_work(
    office: Office, mail_server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    invoice = billed(office)
    later(monkeypatch, 2)
    work_once(seal=False)
    return_path = mail_server.envelopes[0].mail_from
    forged = return_path.replace("bounce+0", "bounce+1")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1.eml").write_text(NOTICE.format(to=forged))
    assert work_once(seal=False)["bounces read"] == 0
    (inbox / "2.eml").write_text(NOTICE.format(to=return_path))

    assert work_once(seal=False)["bounces read"] == 1

    [work] = list_undelivered(office.entity_id)
    assert (work.invoice_id, work.state) == (invoice, "bounced")
    assert "user unknown" in work.reply
    assert (inbox / "read" / "2.eml").exists()
    assert (inbox / "other" / "1.eml").exists()
    assert read_bounces([office.entity_id], inbox) == 0


def test_a_demos_mail_stays_on_the_machine(
    office: Office, mail_server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    billed(office)
    with connection.cursor() as cursor:
        cursor.execute("update access_entity set is_demo = true where id = %s", [office.entity_id])
    later(monkeypatch, 2)

    assert send_documents(office.entity_id) == 1

    assert mail_server.envelopes == []
    assert len(list((tmp_path / "outbox" / "mail").glob("*.eml"))) == 1


def test_what_was_due_before_a_day_can_be_left_unsent(office: Office, mail_server: Server) -> None:
    invoice = billed(office)

    skipped = skip_sending(clock.now() + timedelta(hours=1), reason="sent by the former system", by=office.system)

    assert skipped == 1
    assert send_documents(office.entity_id) == 0
    assert [(one.state, one.reply) for one in dispatches(office, invoice)] == [
        ("cancelled", "sent by the former system")
    ]
    assert list_undelivered(office.entity_id) == []
