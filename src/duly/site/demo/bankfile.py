"""The bank's side of the demo: a camt.053 statement as a bank would write it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from duly.kernel.money import format_minor


@dataclass(frozen=True, slots=True)
class Movement:
    """One booked line: credit positive, minor units."""

    booked_on: date
    amount_minor: int
    payer: str
    payer_iban: str
    text: str
    structured_reference: str
    bank_reference: str


def camt053(
    iban: str, currency: str, sequence: int, opening_minor: int, movements: Sequence[Movement], days: tuple[date, date]
) -> tuple[bytes, int]:
    """Write a camt.053.001.08 statement; returns the bytes and the closing balance in minor units."""
    from_on, to_on = days
    closing_minor = opening_minor + sum(movement.amount_minor for movement in movements)
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
        f"<BkToCstmrStmt><GrpHdr><MsgId>STMT-{sequence:05d}</MsgId><CreDtTm>{to_on}T22:00:00+01:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>{sequence:05d}</Id><ElctrncSeqNb>{sequence}</ElctrncSeqNb>"
        f"<CreDtTm>{to_on}T22:00:00+01:00</CreDtTm>"
        f"<FrToDt><FrDtTm>{from_on}T00:00:00+01:00</FrDtTm><ToDtTm>{to_on}T23:59:59+01:00</ToDtTm></FrToDt>"
        f"<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>{currency}</Ccy></Acct>",
        _balance("OPBD", opening_minor, currency, from_on),
        _balance("CLBD", closing_minor, currency, to_on),
    ]
    parts += [_entry(movement, currency) for movement in movements]
    parts.append("</Stmt></BkToCstmrStmt></Document>\n")
    return "".join(parts).encode(), closing_minor


def _balance(code: str, minor: int, currency: str, on: date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(minor, currency)}"
        f"<CdtDbtInd>{'CRDT' if minor >= 0 else 'DBIT'}</CdtDbtInd><Dt><Dt>{on}</Dt></Dt></Bal>"
    )


def _amount(minor: int, currency: str) -> str:
    return f'<Amt Ccy="{currency}">{format_minor(abs(minor), currency, grouping=False)}</Amt>'


def _entry(movement: Movement, currency: str) -> str:
    credit = movement.amount_minor > 0
    structured = (
        f"<Strd><CdtrRefInf><Ref>{escape(movement.structured_reference)}</Ref></CdtrRefInf></Strd>"
        if movement.structured_reference
        else f"<Ustrd>{escape(movement.text[:140])}</Ustrd>"
    )
    party, account = ("Dbtr", "DbtrAcct") if credit else ("Cdtr", "CdtrAcct")
    parties = ""
    if movement.payer:
        parties = f"<RltdPties><{party}><Pty><Nm>{escape(movement.payer[:70])}</Nm></Pty></{party}>"
        if movement.payer_iban:
            parties += f"<{account}><Id><IBAN>{movement.payer_iban}</IBAN></Id></{account}>"
        parties += "</RltdPties>"
    return (
        f"<Ntry><NtryRef>{movement.bank_reference}</NtryRef>{_amount(movement.amount_minor, currency)}"
        f"<CdtDbtInd>{'CRDT' if credit else 'DBIT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{movement.booked_on}</Dt></BookgDt><ValDt><Dt>{movement.booked_on}</Dt></ValDt>"
        f"<AcctSvcrRef>{movement.bank_reference}</AcctSvcrRef><BkTxCd/>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{parties}"
        f"<RmtInf>{structured}</RmtInf></TxDtls></NtryDtls></Ntry>"
    )
