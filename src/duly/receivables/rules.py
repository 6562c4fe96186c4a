"""Decisions about accounts, items and numbers. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeriesShape:
    """How the numbers of a document kind look: `INV-2026-000001`; the digit keeps payment references
    distinct."""

    prefix: str
    digit: int


REFERENCE_SCHEMES = {
    "RF": "ISO 11649 references (RF)",
    "OGM": "Belgian structured communications (+++ddd/dddd/ddddd+++)",
    "QRR": "Swiss QR references",
    "KID": "Norwegian KID numbers",
    "VIITE": "Finnish reference numbers",
}
"""The payment references documents may carry, in words."""

SERIES = {
    "invoice": SeriesShape("INV", 1),
    "credit_note": SeriesShape("CN", 2),
    "receipt": SeriesShape("RCT", 3),
    "agreement": SeriesShape("AGR", 4),
    "account": SeriesShape("A", 5),
    "journal": SeriesShape("JRN", 6),
    "opening": SeriesShape("OPEN", 7),
}
