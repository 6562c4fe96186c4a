"""Payment QR codes as SVG, and the payload of the EPC code (GiroCode) that fills in a SEPA transfer."""

from __future__ import annotations

import io
from decimal import Decimal

import segno

from duly.formats.pdf.party import BankDetails

LARGEST_EPC_MINOR = 99_999_999_999  # 999,999,999.99 EUR, EPC069-12

MASK = 3


def epc_payload(bank: BankDetails, *, holder: str, amount_minor: int, reference: str) -> str | None:
    """Return the EPC069-12 v2 payload for euro cents, or None where it cannot carry the payment.

    A reference is structured (ISO 11649) when it begins with RF, else plain text, never both.
    """
    if not bank.iban or not 1 <= amount_minor <= LARGEST_EPC_MINOR:
        return None
    compact = reference.replace(" ", "")
    structured = compact if compact.startswith("RF") and len(compact) <= 25 else ""
    text = "" if structured else reference[:140]
    amount = f"EUR{Decimal(amount_minor).scaleb(-2):.2f}"
    fields = (
        *("BCD", "002", "1", "SCT"),
        *(bank.bic.replace(" ", ""), holder[:70], bank.iban.replace(" ", ""), amount),
        *("", structured, text),
    )
    return "\n".join(" ".join(field.split()) for field in fields).rstrip("\n")


def qr_svg(payload: str) -> str:
    """Return a QR code (UTF-8, error correction M as EPC069-12 wants) with its quiet zone, as SVG text."""
    # Any mask is readable; weighing all eight costs 4 ms, a sixth of the whole document.
    code = segno.make(payload, error="m", micro=False, boost_error=False, encoding="utf-8", mask=MASK)
    out = io.BytesIO()
    code.save(out, kind="svg", border=0, xmldecl=False, nl=False, omitsize=True)
    return out.getvalue().decode()
