"""Small files as banks send them, and where the large shared samples are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("DULY_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
needs_shared_data = pytest.mark.skipif(
    not (SHARED / "bank" / "INDEX.tsv").exists(),
    reason="sample files absent: set DULY_SHARED_DATA to their folder",
)


def camt(entries: str, *, version: str = "053.001.08", balances: str = "") -> bytes:
    """A camt statement of a German account around the given entries."""
    body = f"""<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id><ElctrncSeqNb>7</ElctrncSeqNb>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>{balances}
{entries}</Stmt></BkToCstmrStmt>"""
    namespace = f"urn:iso:std:iso:20022:tech:xsd:camt.{version}"
    return f'<?xml version="1.0"?>\n<Document xmlns="{namespace}">{body}</Document>'.encode()


def balance(code: str, amount: str, *, sign: str = "CRDT", currency: str = "EUR") -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{amount}</Amt>'
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>2026-03-31</Dt></Dt></Bal>"
    )


def entry(amount: str, *, sign: str = "CRDT", more: str = "", status: str = "BOOK", currency: str = "EUR") -> str:
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts><Cd>{status}</Cd></Sts>'
        f"<BookgDt><Dt>2026-03-31</Dt></BookgDt><ValDt><Dt>2026-04-01</Dt></ValDt>{more}</Ntry>\n"
    )


MT940 = b""":20:STMT1
:25:DE89370400440532013000
:28C:00007/001
:60F:C260330EUR1000,00
:61:2603310331C119,00NTRFNONREF//B1
:86:166?00GUTSCHRIFT?20EREF+E1 SVWZ+RE 4711 ?21RF18539007547034
?30COBADEFFXXX?31DE02120300000000202051?32MUELLER UND SOEHNE ?33GMBH
:61:2603310331RC19,00NRTINONREF//B2
:86:109?00RUECKLASTSCHRIFT?20EREF+E0 MREF+M7 SVWZ+KONTO ERLOSCHEN?34902
:61:2603310401D10,00NCHGNONREF
:86:GEBUEHR
:62F:C260331EUR1090,00
-
"""
