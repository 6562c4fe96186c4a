"""ISO 20022 customer credit transfers, pain.001.001.09: the file by which a bank is asked to pay. Pure.

Written by hand in the order the schema asks for; every text passes one helper, so nothing typed by a person can break
the file. Texts are brought to the characters that SEPA banks must take (EPC217-08); identifiers keep theirs or are
refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape

from duly.formats.errors import CannotWrite
from duly.formats.reference import compact, is_iban
from duly.kernel.money import format_minor

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
ALLOWED = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
IDENTIFIER = re.compile(r"^(?!/)(?!.*//)(?!.*/$)[A-Za-z0-9/\-?:().,'+]{1,35}$")
SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae",
     "Æ": "Ae", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "&": "+", "@": "(at)", "_": "-", "–": "-", "’": "'"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment: `end_to_end_id` comes back on the payee's and on our own statement."""

    end_to_end_id: str
    amount_minor: int
    currency: str
    payee: str
    iban: str
    text: str
    bic: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class TransferOrder:
    """What one file asks for: payments of one currency from one account, to be carried out on one day."""

    message_id: str
    made_at: datetime
    execute_on: date
    payer: str
    iban: str
    transfers: Sequence[Transfer]
    bic: str = ""


def write_pain001(order: TransferOrder) -> bytes:
    """Return the order as a pain.001.001.09 file (UTF-8); CannotWrite for an order no bank would take."""
    _check(order)
    body = element("CstmrCdtTrfInitn", [*_group_header(order), *_payment(order)])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(element("Document", body, xmlns=NAMESPACE)) + "\n"
    ).encode()


def element(name: str, content: str | Iterable[str], **attributes: str) -> list[str]:
    """Return an element as text parts: the one place where text becomes XML."""
    said = "".join(f' {key}="{escape(value, {chr(34): "&quot;"})}"' for key, value in attributes.items())
    inner = [escape(content)] if isinstance(content, str) else content
    return [f"<{name}{said}>", *inner, f"</{name}>"]


def plain_text(text: str, at_most: int) -> str:
    """Return a text in the characters every SEPA bank takes, cut to a length."""
    spelled = unicodedata.normalize("NFKD", text.translate(SPELLED))
    bare = "".join(sign for sign in spelled if not unicodedata.combining(sign))
    return " ".join(ALLOWED.sub(" ", bare).split())[:at_most].strip()


def _check(order: TransferOrder) -> None:
    if not order.transfers:
        raise CannotWrite("an order needs at least one payment")
    if len({one.currency for one in order.transfers}) > 1:
        raise CannotWrite("an order is of one currency")
    for identifier in (order.message_id, *(one.end_to_end_id for one in order.transfers)):
        if not IDENTIFIER.match(identifier):
            raise CannotWrite(f"{identifier!r} is no identifier a bank takes")
    for iban in (order.iban, *(one.iban for one in order.transfers)):
        if not is_iban(compact(iban)):
            raise CannotWrite(f"an account ending in {iban[-4:]} is no IBAN")
    _check_payments(order)


def _check_payments(order: TransferOrder) -> None:
    if any(one.amount_minor <= 0 for one in order.transfers):
        raise CannotWrite("a payment is above zero")
    if not plain_text(order.payer, 70) or any(not plain_text(one.payee, 70) for one in order.transfers):
        raise CannotWrite("a name has no letter a bank takes")


def _sums(order: TransferOrder) -> list[str]:
    total = sum(one.amount_minor for one in order.transfers)
    return [
        *element("NbOfTxs", str(len(order.transfers))),
        *element("CtrlSum", format_minor(total, order.transfers[0].currency, grouping=False)),
    ]


def _group_header(order: TransferOrder) -> list[str]:
    parts = [
        *element("MsgId", order.message_id),
        *element("CreDtTm", order.made_at.replace(microsecond=0, tzinfo=None).isoformat()),
        *_sums(order),
        *element("InitgPty", element("Nm", plain_text(order.payer, 70))),
    ]
    return element("GrpHdr", parts)


def _payment(order: TransferOrder) -> list[str]:
    euro = order.transfers[0].currency == "EUR"
    parts = [
        *element("PmtInfId", order.message_id),
        *element("PmtMtd", "TRF"),
        *element("BtchBookg", "false"),
        *_sums(order),
        *(element("PmtTpInf", element("SvcLvl", element("Cd", "SEPA"))) if euro else ()),
        *element("ReqdExctnDt", element("Dt", order.execute_on.isoformat())),
        *element("Dbtr", element("Nm", plain_text(order.payer, 70))),
        *element("DbtrAcct", element("Id", element("IBAN", compact(order.iban)))),
        *element("DbtrAgt", _agent(order.bic)),
        *element("ChrgBr", "SLEV" if euro else "SHAR"),
        *(part for one in order.transfers for part in _transfer(one)),
    ]
    return element("PmtInf", parts)


def _transfer(one: Transfer) -> Iterator[str]:
    amount = format_minor(one.amount_minor, one.currency, grouping=False)
    address = element("PstlAdr", element("Ctry", one.country)) if one.country else ()
    parts = [
        *element("PmtId", [*element("InstrId", one.end_to_end_id), *element("EndToEndId", one.end_to_end_id)]),
        *element("Amt", element("InstdAmt", amount, Ccy=one.currency)),
        *(element("CdtrAgt", _agent(one.bic)) if one.bic else ()),
        *element("Cdtr", [*element("Nm", plain_text(one.payee, 70)), *address]),
        *element("CdtrAcct", element("Id", element("IBAN", compact(one.iban)))),
        *element("RmtInf", element("Ustrd", plain_text(one.text, 140) or one.end_to_end_id)),
    ]
    yield from element("CdtTrfTxInf", parts)


def _agent(bic: str) -> list[str]:
    known = element("BICFI", compact(bic)) if bic else element("Othr", element("Id", "NOTPROVIDED"))
    return element("FinInstnId", known)
