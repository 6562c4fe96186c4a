"""Bytes of a PDF/A-3a and PDF/UA-1 file for a document; the same document gives the same bytes."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from duly.formats.pdf.document import Attachment, DocumentRefused, InvoiceDoc, StatementDoc
from duly.formats.pdf.fonts import font_set
from duly.formats.pdf.layout import sheet_of
from duly.formats.pdf.reminder import ReminderDoc

TEMPLATE = Path(__file__).parent / "template" / "document.typ"
_per_thread = threading.local()


def render_pdf(
    doc: InvoiceDoc | StatementDoc | ReminderDoc,
    attachments: tuple[Attachment, ...] = (),
    *,
    extra_fonts: tuple[str, ...] = (),
) -> bytes:
    """Return the document as PDF/A-3a and PDF/UA-1, dated by its issue date.

    `extra_fonts` are folders with fonts for scripts that Inter (Latin, Greek, Cyrillic) does not have.
    Raises `DocumentRefused`: `pdf.no_font_for` with the letters nobody could read, or `pdf.cannot_be_set`.
    """
    text = sheet_json(doc, attachments, extra_fonts)
    stamp = datetime.combine(doc.issued_on, time(), tzinfo=UTC)
    try:
        made = compiler(extra_fonts).compile(
            sys_inputs={"sheet": text}, format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=stamp
        )
    except typst.TypstError as error:
        raise DocumentRefused("pdf.cannot_be_set", number=doc.number, reason=str(error)) from error
    assert isinstance(made, bytes)
    return made


def sheet_json(
    doc: InvoiceDoc | StatementDoc | ReminderDoc, attachments: tuple[Attachment, ...], extra_fonts: tuple[str, ...]
) -> str:
    """Return what the template reads. Ornaments no font has (emoji) are left out, missing letters refused."""
    text = json.dumps(sheet_of(doc), ensure_ascii=False)
    ornaments, letters = font_set(extra_fonts).split_lacking(text)
    if letters:
        raise DocumentRefused("pdf.no_font_for", number=doc.number, characters=letters)
    sheet = text.translate(dict.fromkeys(map(ord, ornaments))) if ornaments else text
    attached = json.dumps([asdict(each) for each in attachments], ensure_ascii=False)
    return f'{sheet[:-1]}, "attachments": {attached}}}'


def compiler(extra_fonts: tuple[str, ...]) -> typst.Compiler:
    """Return this thread's compiler: it may not be shared ("Already borrowed") and costs 30 ms to make."""
    made: dict[tuple[str, ...], typst.Compiler] = _per_thread.__dict__.setdefault("compilers", {})
    if extra_fonts not in made:
        fonts = font_set(extra_fonts).fonts
        made[extra_fonts] = typst.Compiler(
            str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True
        )
    return made[extra_fonts]
