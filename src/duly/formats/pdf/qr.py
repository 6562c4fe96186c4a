"""The payment QR code as it is drawn on paper, where the payment can be said in one."""

from __future__ import annotations

import io

import segno

from duly.formats.payment_qr import epc_payload
from duly.formats.pdf.party import BankDetails
from duly.formats.reference import is_rf

MASK = 3


def transfer_payload(bank: BankDetails, *, holder: str, amount_minor: int, reference: str) -> str:
    """Return the EPC payload of a transfer of euro cents, or "" where the standard cannot say it.

    A creditor reference (ISO 11649) is sent as such, any other text as the purpose.
    """
    structured = is_rf(reference)
    try:
        return epc_payload(
            name=holder,
            iban=bank.iban,
            amount_minor=amount_minor,
            reference=reference if structured else "",
            text="" if structured else reference,
            bic=bank.bic,
        )
    except ValueError:
        return ""


def qr_drawing(payload: str) -> str:
    """Return a QR code (UTF-8, error correction M as EPC069-12 wants) as SVG; the sheet is its quiet zone."""
    # Any mask is readable; weighing all eight costs 4 ms, a fifth of the whole document.
    code = segno.make(payload, error="m", micro=False, boost_error=False, encoding="utf-8", mask=MASK)
    out = io.BytesIO()
    code.save(out, kind="svg", border=0, xmldecl=False, nl=False, omitsize=True)
    return out.getvalue().decode()
