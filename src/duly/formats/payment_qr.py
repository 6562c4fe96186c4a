"""Payment QR codes on invoices: EPC 'GiroCode' (EPC069-12, version 002) and the Swiss QR-bill (SPC 0200)."""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno

from duly.formats.reference import is_iban, is_qrr, is_rf
from duly.kernel.money import to_major

LARGEST_EPC_MINOR = 999_999_999_99
LARGEST_EPC_BYTES = 331
QR_IBAN_IIDS = range(30000, 32000)


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """A structured address; the Swiss QR-bill takes no other since combined addresses ended in 2025."""

    name: str
    street: str
    house_number: str
    postal_code: str
    town: str
    country: str


def epc_payload(*, name: str, iban: str, amount_minor: int, reference: str = "", text: str = "", bic: str = "") -> str:
    """Return the EPC QR text of a euro credit transfer with an RF reference or a text, never both.

    Raises ValueError when the standard cannot say it: amount outside 0.01 to 999,999,999.99, no valid IBAN,
    a reference that is no RF, a text over 140 characters.
    """
    account = iban.replace(" ", "").upper()
    if not is_iban(account):
        raise ValueError(f"{iban!r} is not an IBAN")
    if not 1 <= amount_minor <= LARGEST_EPC_MINOR:
        raise ValueError(f"an EPC QR code takes 0.01 to 999,999,999.99 EUR, not {amount_minor} cents")
    if reference and text:
        raise ValueError("an EPC QR code takes a reference or a text, not both")
    if reference and not is_rf(reference):
        raise ValueError(f"{reference!r} is not a creditor reference (ISO 11649)")
    if not name.strip() or len(text) > 140:
        raise ValueError("an EPC QR code needs a name and takes at most 140 characters of text")
    fields = [
        "BCD",
        "002",
        "1",
        "SCT",
        bic,
        one_line(name)[:70],
        account,
        f"EUR{to_major(amount_minor, 'EUR')}",
    ]
    fields += ["", reference.replace(" ", "").upper(), one_line(text)]
    payload = "\n".join(fields).rstrip("\n")
    if len(payload.encode()) > LARGEST_EPC_BYTES:
        raise ValueError(f"an EPC QR code takes at most {LARGEST_EPC_BYTES} bytes")
    return payload


def swiss_payload(
    *,
    creditor: PostalAddress,
    iban: str,
    amount_minor: int,
    currency: str,
    debtor: PostalAddress | None = None,
    reference: str = "",
) -> str:
    """Return the Swiss QR-bill text; a QR-IBAN takes a QRR reference and only it, other IBANs RF or none.

    Raises ValueError for a combination that Swiss banks refuse.
    """
    account = iban.replace(" ", "").upper()
    if account[:2] not in ("CH", "LI") or not is_iban(account):
        raise ValueError(f"{iban!r} is not an IBAN of Switzerland or Liechtenstein")
    if currency not in ("CHF", "EUR") or not 1 <= amount_minor <= LARGEST_EPC_MINOR:
        raise ValueError("a QR-bill takes 0.01 to 999,999,999.99 in CHF or EUR")
    value = reference.replace(" ", "").upper()
    kind = "QRR" if is_qrr(value) else "SCOR" if is_rf(value) else "NON"
    if (int(account[4:9]) in QR_IBAN_IIDS) != (kind == "QRR") or (value and kind == "NON"):
        raise ValueError(f"{iban!r} does not take the reference {reference!r}")
    fields = ["SPC", "0200", "1", account, *address_fields(creditor), *[""] * 7]
    fields += [str(to_major(amount_minor, currency)), currency, *address_fields(debtor)]
    return "\r\n".join([*fields, kind, value, "", "EPD"])


def address_fields(address: PostalAddress | None) -> list[str]:
    """Return the seven lines of a structured address, all empty for none."""
    if address is None:
        return [""] * 7
    parts = [
        (address.name, 70),
        (address.street, 70),
        (address.house_number, 16),
        (address.postal_code, 16),
        (address.town, 35),
        (address.country, 2),
    ]
    return ["S", *[one_line(part)[:limit] for part, limit in parts]]


def one_line(text: str) -> str:
    """Return text without line ends, which would shift every field that follows."""
    return " ".join(text.split())


def qr_svg(payload: str, *, scale: float = 1, border: int = 4) -> str:
    """Return the code as an SVG element (error level M, as both standards ask; no XML declaration)."""
    code = segno.make(payload, error="m", boost_error=False, micro=False, encoding="utf-8")
    out = io.BytesIO()
    code.save(out, kind="svg", scale=scale, border=border, xmldecl=False, nl=False, omitsize=False)
    return out.getvalue().decode()
