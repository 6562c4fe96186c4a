"""The bank's words for tests: an account of ours, camt.053 files as a bank would send them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from duly.banking.actions import ImportReport, NewBankAccount, import_statements, open_bank_accounts
from duly.banking.models import BankLine
from duly.banking.queries import lines
from tests.scenario import Office


def shared_data(part: str) -> Path | None:
    """Where the large sample files are: DULY_SHARED_DATA or a folder beside the checkout; None where
    there is none.
    """
    named = os.environ.get("DULY_SHARED_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    return folder / part if (folder / part).is_dir() else None


IBAN = "DE02120300000000202051"
ANN_IBAN = "DE02500105170137075030"
BOB_IBAN = "DE02100500000054540402"


@dataclass(frozen=True)
class Booked:
    """A line as the bank prints it; minor units, credit +."""

    amount_minor: int
    text: str = ""
    on: date = date(2026, 3, 2)
    payer: str = ""
    iban: str = ""
    reference: str = ""
    rf: str = ""
    returned: bool = False


def major(minor: int) -> str:
    """Minor units of a two-digit currency as camt writes them."""
    return f"{abs(minor) // 100}.{abs(minor) % 100:02}"


def entry(line: Booked, currency: str) -> str:
    """One Ntry."""
    side = "Dbtr" if line.amount_minor > 0 else "Cdtr"
    party = f"<{side}><Nm>{escape(line.payer)}</Nm></{side}>" if line.payer else ""
    account = f"<{side}Acct><Id><IBAN>{line.iban}</IBAN></Id></{side}Acct>" if line.iban else ""
    parties = f"<RltdPties>{party}{account}</RltdPties>" if party or account else ""
    structured = f"<Strd><CdtrRefInf><Ref>{line.rf}</Ref></CdtrRefInf></Strd>" if line.rf else ""
    text = f"<Ustrd>{escape(line.text)}</Ustrd>" if line.text else ""
    reference = f"<AcctSvcrRef>{line.reference}</AcctSvcrRef>" if line.reference else ""
    back = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>" if line.returned else ""
    return (
        f'<Ntry><Amt Ccy="{currency}">{major(line.amount_minor)}</Amt>'
        f"<CdtDbtInd>{'CRDT' if line.amount_minor > 0 else 'DBIT'}</CdtDbtInd><Sts>BOOK</Sts>"
        f"<BookgDt><Dt>{line.on}</Dt></BookgDt><ValDt><Dt>{line.on}</Dt></ValDt>{reference}"
        f"<NtryDtls><TxDtls>{parties}<RmtInf>{text}{structured}</RmtInf>{back}</TxDtls></NtryDtls></Ntry>"
    )


def statement(
    opening_minor: int,
    booked: list[Booked],
    *,
    sequence: int = 1,
    closing_minor: int | None = None,
    iban: str = IBAN,
    currency: str = "EUR",
    from_on: date | None = None,
    to_on: date | None = None,
) -> str:
    """One Stmt; closing is opening + lines unless said otherwise."""
    closing = opening_minor + sum(line.amount_minor for line in booked) if closing_minor is None else closing_minor
    days = [line.on for line in booked] or [from_on or date(2026, 3, 2)]
    first, last = from_on or min(days), to_on or max(days)

    def balance(code: str, minor: int, day: date) -> str:
        return (
            f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{major(minor)}</Amt>'
            f"<CdtDbtInd>{'CRDT' if minor >= 0 else 'DBIT'}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
        )

    return (
        f"<Stmt><Id>STMT-{sequence}</Id><ElctrncSeqNb>{sequence}</ElctrncSeqNb>"
        f"<FrToDt><FrDtTm>{first}T00:00:00</FrDtTm><ToDtTm>{last}T23:59:59</ToDtTm></FrToDt>"
        f"<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>{currency}</Ccy></Acct>"
        f"{balance('OPBD', opening_minor, first)}{balance('CLBD', closing, last)}"
        f"{''.join(entry(line, currency) for line in booked)}</Stmt>"
    )


def camt(*statements: str) -> bytes:
    """A camt.053.001.02 file of these statements."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-03-02T06:00:00</CreDtTm></GrpHdr>"
        f"{''.join(statements)}</BkToCstmrStmt></Document>"
    ).encode()


def bank(
    office: Office, *, iban: str = IBAN, gl_code: str = "1100", currency: str = "EUR", name: str = "Operating"
) -> int:
    """Our account at the bank, mirrored by a ledger account."""
    return open_bank_accounts([NewBankAccount(name, currency, gl_code, iban=iban)], by=office.accountant)[0]


def arrives(office: Office, data: bytes, name: str = "march.xml", **more: Any) -> ImportReport:
    """The bank's file comes in."""
    return import_statements(data, name, by=office.specialist, **more)


def lines_in(office: Office, booked: list[Booked], *, opening_minor: int = 0, sequence: int = 1) -> list[BankLine]:
    """These lines arrive in one statement; returns all open lines, oldest first."""
    report = arrives(office, camt(statement(opening_minor, booked, sequence=sequence)), f"file-{sequence}.xml")
    assert report.quarantined == 0, report.statements
    return open_lines(office)


def open_lines(office: Office) -> list[BankLine]:
    """All open lines, oldest first."""
    return sorted(lines(office.entity_id, state="open", limit=1000), key=lambda line: line.id)
