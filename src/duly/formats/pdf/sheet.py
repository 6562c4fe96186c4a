"""What the template is given: a `Sheet` of finished strings, and the `Pen` that writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from duly.formats.pdf.document import InvoiceDoc, StatementDoc
from duly.formats.pdf.figures import Figures
from duly.formats.pdf.qr import qr_drawing, transfer_payload
from duly.formats.pdf.reminder import ReminderDoc
from duly.formats.pdf.words import Words

Sheet = dict[str, Any]
VERBATIM = frozenset(["logo", "qr", "title", "author", "heading", "number"])
# Control and direction characters: none is text, and some would reorder an amount on paper.
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
LONG_WORD = re.compile(r"[^\s\u00a0\u202f]{41,}")
PIECE = re.compile(r".{1,8}", re.DOTALL)
NARROW, WIDE = frozenset(" \u00a0\u202f.,:;'’|iljtfrI-"), frozenset("mwMWÄÖÜOQG%@−–")


@dataclass(frozen=True, slots=True)
class Pen:
    """The words and figures of one document."""

    words: Words
    figures: Figures

    def labelled(self, key: str, text: str) -> str:
        """Return `label text`, or nothing where there is no text."""
        return f"{self.words(key)} {text}" if text else ""


def spaced(reference: str) -> str:
    """Group an IBAN or RF reference by four, as people read it aloud; other references stay as they are."""
    compact = reference.replace(" ", "")
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{1,30}", compact):
        return reference
    return "\u00a0".join(compact[at : at + 4] for at in range(0, len(compact), 4))


def without_blanks(pairs: list[tuple[str, str]]) -> list[list[str]]:
    """Return the pairs whose value is not empty."""
    return [[label, value] for label, value in pairs if value]


def columns_of(columns: list[tuple[str, str]], rows: list[list[Any]]) -> list[Sheet]:
    """Return label, kind and width in mm for (label, kind) columns; 0 is what the others leave over."""
    made = []
    for at, (label, kind) in enumerate(columns):
        texts = [] if kind == "wide" else [row[at] for row in rows]
        widest = max([text_mm(label, 7.5), *(text_mm(text, 9) for text in texts)])
        padding = 2.5 if at in (0, len(columns) - 1) else 5
        made.append({"label": label, "kind": kind, "width": 0 if kind == "wide" else round(widest + padding, 1)})
    return made


def text_mm(text: str, points: float) -> float:
    """Return an upper estimate of a text's width in Inter; tabular figures are 0.63 em wide."""
    ems = sum(0.36 if char in NARROW else 0.9 if char in WIDE else 0.65 for char in text)
    return ems * points * 0.3528


def payment_block(doc: InvoiceDoc | StatementDoc | ReminderDoc, amount_minor: int, pen: Pen) -> Sheet | None:
    """Return where and how to pay the amount, with its QR code where one is possible; None without a bank."""
    bank = doc.seller.bank
    if bank is None or amount_minor <= 0:
        return None
    holder = bank.holder or doc.seller.name
    words, amount, reference = pen.words, pen.figures.money(amount_minor), spaced(doc.payment_reference)
    payload = doc.payment_qr
    if payload is None and doc.currency == "EUR":
        payload = transfer_payload(
            bank, holder=holder, amount_minor=amount_minor, reference=doc.payment_reference or doc.number
        )
    pairs = [
        (words("payment.holder"), holder),
        (words("payment.iban"), spaced(bank.iban)),
        (words("payment.account"), bank.account),
        (words("payment.routing"), bank.routing),
        (words("payment.bank"), " · ".join(text for text in (bank.bank_name, bank.bic) if text)),
        (words("payment.reference"), reference),
        (words("payment.amount"), amount),
    ]
    return {
        "heading": words("payment.heading"),
        "rows": without_blanks(pairs),
        "hint": words("payment.please_quote") if reference else "",
        "qr": qr_drawing(payload) if payload else "",
        "qr_caption": words("payment.qr"),
        "qr_alt": words("payment.qr_alt", amount=amount, reference=reference or doc.number),
    }


def printable(value: Any, key: str = "") -> Any:
    """Drop control and direction characters and let words of more than 40 characters break."""
    if isinstance(value, str):
        clean = CONTROLS.sub("", value.replace("\t", " "))
        return clean if key in VERBATIM else LONG_WORD.sub(_breakable, clean)
    if isinstance(value, list):
        return [printable(each, key) for each in value]
    if isinstance(value, dict):
        return {name: printable(each, name) for name, each in value.items()}
    return value


def _breakable(word: re.Match[str]) -> str:
    return "\u200b".join(PIECE.findall(word[0]))
