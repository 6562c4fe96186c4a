"""camt.053 statements, camt.052 reports and camt.054 advices of every version (ISO 20022), as a stream.

The amount of the entry is what was booked; its payments (TxDtls) explain it and never change it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import BinaryIO

from lxml import etree

from duly.formats.amounts import PLAIN_NUMBER
from duly.formats.bank.camt_details import (
    EntryFacts,
    charges_minor,
    is_return_entry,
    provided,
    read_details,
    transaction_code,
)
from duly.formats.bank.camt_nodes import (
    Node,
    amount,
    child,
    children,
    day,
    direction,
    local_name,
    place_of,
    text,
)
from duly.formats.bank.statement import Detail, Line, Record, Statement
from duly.formats.errors import FormatError, Place, shown
from duly.kernel.money import to_minor

Element = etree._Element
KINDS = {"Stmt": "booked", "Rpt": "intraday", "Ntfctn": "advice"}
OPENING_CODES, CLOSING_CODES = ("OPBD", "PRCD"), ("CLBD",)


@dataclass(slots=True)
class Tally:
    """What was seen of one statement, to compare with the control totals the bank states."""

    format: str = "camt"
    entries: int = 0
    total_minor: int = 0
    not_booked: int = 0
    currency: str = ""
    days: list[date] = field(default_factory=list)

    def count(self, minor: int, booked_on: date | None) -> None:
        self.entries += 1
        self.total_minor += minor
        if booked_on is not None:
            self.days = [min([*self.days, booked_on]), max([*self.days, booked_on])]


def iter_camt(source: BinaryIO, file: str) -> Iterator[Record]:
    """Give the records of a camt file; memory stays constant, for each entry is dropped once it is read."""
    reading = Reading(file)
    try:
        for event, node in walk(source):
            if event == "start":
                reading.begin(node)
            elif local_name(node.tag) == "Ntry":
                yield from reading.entry(node)
            else:
                yield from reading.end(node)
    except etree.XMLSyntaxError as error:
        raise FormatError(
            f"the XML is broken: {error.msg}",
            file=file,
            line=error.lineno or None,
            remedy="fetch the file from the bank again; it may be cut off",
        ) from error
    if not reading.statements:
        raise FormatError(
            "an XML file without a statement, report or notification in it",
            file=file,
            remedy="expected camt.053, camt.052 or camt.054",
        )


def walk(source: BinaryIO) -> Iterator[tuple[str, Element]]:
    """Give the elements that matter: no DTD, no entities, no network; libxml2's own limits stay on."""
    walked: Iterator[tuple[str, Element]] = etree.iterparse(
        source,
        events=("start", "end"),
        tag=["{*}" + name for name in (*KINDS, "Ntry")],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return walked


@dataclass(slots=True)
class Reading:
    """The state between two elements: the statement that is open, known once its first entry is complete."""

    file: str
    tally: Tally = field(default_factory=Tally)
    statement: Node | None = None
    statements: int = 0

    def begin(self, element: Element) -> None:
        if local_name(element.tag) in KINDS and not outside_message(element):
            refuse_doctype(element, self.file)
            namespace = etree.QName(element).namespace or ""
            self.tally, self.statement = Tally(format=namespace.rpartition(":")[2] or "camt"), None
            self.statements += 1

    def entry(self, element: Element) -> Iterator[Record]:
        parent = element.getparent()
        if parent is None or local_name(parent.tag) not in KINDS or outside_message(parent):
            return
        is_first = self.statement is None
        statement = self.statement = self.statement or Node(parent, leave_out="Ntry")
        line = read_entry(Node(element), statement, self.file, self.tally)
        if is_first:
            yield read_head(statement, self.file, self.tally)
        if line is not None:
            yield line
        drop(element)

    def end(self, element: Element) -> Iterator[Record]:
        if outside_message(element):
            return
        whole = Node(element, leave_out="Ntry")
        if self.statement is None:
            yield read_head(whole, self.file, self.tally)
        yield read_end(whole, self.file, self.tally)
        drop(element)


def refuse_doctype(element: Element, file: str) -> None:
    """Refuse a document type declaration: no bank sends one, and entities could change an amount."""
    docinfo = element.getroottree().docinfo
    if docinfo.doctype or docinfo.internalDTD is not None:
        raise FormatError("a bank file has no DOCTYPE", file=file, line=1, remedy="do not use this file")


def outside_message(element: Element) -> bool:
    """Say whether an element of a statement's name stands somewhere else than in a camt message."""
    parent = element.getparent()
    return parent is None or not local_name(parent.tag).startswith("BkToCstmr")


def drop(element: Element) -> None:
    """Free what was read: its content now, the emptied element when the next of its name is read.

    The header beside the entries stays, for it is read again when the statement closes.
    """
    element.clear()
    before, parent = element.getprevious(), element.getparent()
    if parent is not None and before is not None and before.tag == element.tag:
        parent.remove(before)


def read_entry(entry: Node, statement: Node, file: str, tally: Tally) -> Line | None:
    """Return the booked line of an entry, None for a pending or informing one (counted)."""
    at = place_of(entry, file)
    amounts = children(entry, "Amt")
    if len(amounts) != 1:
        raise at.error(f"an entry has {len(amounts)} amounts", "expected exactly one")
    minor, currency = amount(amounts[0], file)
    signed_minor = direction(entry, file) * minor
    status = text(entry, "Sts", "Cd") or text(entry, "Sts", "Prtry") or text(entry, "Sts") or "BOOK"
    booked_on = day(child(entry, "BookgDt"), file)
    value_on = day(child(entry, "ValDt"), file)
    tally.count(minor, booked_on or value_on)
    if status != "BOOK":
        tally.not_booked += 1
        return None
    tally.currency = tally.currency or currency_of(statement, file) or currency
    if currency != tally.currency:
        raise at.error(
            f"an entry in {currency} on an account in {tally.currency}",
            "one statement holds one currency; ask the bank for one file a currency",
        )
    booked_on = booked_on or value_on or statement_day(statement, file)
    if booked_on is None:
        raise at.error("an entry has neither booking date nor value date")
    facts = EntryFacts(
        amount_minor=signed_minor,
        currency=currency,
        own_account=own_account(statement),
        is_return=is_return_entry(entry),
        file=file,
    )
    bare = Line(
        booked_on=booked_on,
        value_on=value_on or booked_on,
        amount_minor=signed_minor,
        currency=currency,
        bank_reference=provided(text(entry, "AcctSvcrRef")),
        transaction_code=transaction_code(entry),
        is_return=facts.is_return,
        charges_minor=charges_minor(entry, facts),
        file_line=entry.line or 0,
    )
    return with_details(bare, read_details(entry, facts), text(entry, "AddtlNtryInf"))


def with_details(line: Line, details: tuple[Detail, ...], entry_text: str) -> Line:
    """A lone payment describes the line itself; several stay details, the line keeps the entry's words."""
    if not details:
        return replace(line, text=entry_text)
    if len(details) > 1:
        shared = {detail.payer_name for detail in details}
        return replace(
            line,
            text=entry_text,
            details=details,
            payer_name=shared.pop() if len(shared) == 1 else "",
            is_return=line.is_return or all(detail.is_return for detail in details),
            charges_minor=line.charges_minor or sum(detail.charges_minor for detail in details),
        )
    only = details[0]
    says_more = only.amount_minor not in (None, line.amount_minor)
    return replace(
        line,
        text=only.text or entry_text,
        payer_name=only.payer_name,
        payer_iban=only.payer_iban,
        payer_account_other=only.payer_account_other,
        ultimate_payer_name=only.ultimate_payer_name,
        end_to_end_id=only.end_to_end_id,
        bank_reference=line.bank_reference or only.bank_reference,
        structured_reference=only.structured_reference,
        mandate_id=only.mandate_id,
        is_return=only.is_return,
        return_reason=only.return_reason,
        charges_minor=line.charges_minor or only.charges_minor,
        instructed_minor=only.instructed_minor,
        instructed_currency=only.instructed_currency,
        details=details if says_more else (),
    )


def own_account(statement: Node) -> str:
    account = child(statement, "Acct", "Id")
    return text(account, "IBAN").replace(" ", "").upper() or text(account, "Othr", "Id")


def currency_of(statement: Node, file: str) -> str:
    """Return the currency of the account: as stated, else that of its booked balances."""
    stated = text(statement, "Acct", "Ccy")
    if stated:
        return stated
    for balance in children(statement, "Bal"):
        node = child(balance, "Amt")
        if balance_code(balance) in (*OPENING_CODES, *CLOSING_CODES, "ITBD") and node is not None:
            return amount(node, file)[1]
    return ""


def balance_code(balance: Node) -> str:
    kind = child(balance, "Tp")
    return text(kind, "CdOrPrtry", "Cd") or text(kind, "Cd") or text(kind, "CdOrPrtry", "Prtry")


def statement_day(statement: Node, file: str) -> date | None:
    """Return the day of the closing balance, else the end of the period; a report's day is its making."""
    for balance in children(statement, "Bal"):
        if balance_code(balance) in CLOSING_CODES:
            return day(child(balance, "Dt"), file)
    end = day(child(statement, "FrToDt", "ToDtTm"), file)
    if end is None and KINDS[statement.name] != "booked":
        return day(child(statement, "CreDtTm"), file)
    return end


def read_head(statement: Node, file: str, tally: Tally) -> Statement:
    """Return what is known before the lines: account, currency, period, balances that stand at the top."""
    account = child(statement, "Acct", "Id")
    currency = tally.currency or currency_of(statement, file)
    opening_minor, closing_minor, remarks = read_balances(statement, file, currency)
    return Statement(
        account_iban=text(account, "IBAN").replace(" ", "").upper(),
        account_other=text(account, "Othr", "Id") or text(account, "PrtryAcct", "Id"),
        currency=currency,
        reference=text(statement, "Id"),
        sequence=text(statement, "ElctrncSeqNb") or text(statement, "LglSeqNb"),
        from_on=day(child(statement, "FrToDt", "FrDtTm"), file),
        to_on=day(child(statement, "FrToDt", "ToDtTm"), file) or statement_day(statement, file),
        opening_minor=opening_minor,
        closing_minor=closing_minor,
        kind=KINDS[statement.name],
        remarks=remarks,
        format=tally.format,
        file_line=statement.line or 0,
    )


def read_balances(statement: Node, file: str, currency: str) -> tuple[int | None, int | None, tuple[str, ...]]:
    """Return opening and closing booked balance; a report may state interim balances (ITBD) instead."""
    found: dict[str, list[int]] = {}
    remarks: list[str] = []
    for balance in children(statement, "Bal"):
        code = balance_code(balance)
        node = child(balance, "Amt")
        if code not in (*OPENING_CODES, *CLOSING_CODES, "ITBD") or node is None:
            continue
        minor, stated = amount(node, file)
        if stated != currency:
            remarks.append(f"balance {code} is in {stated}, the account in {currency}")
            continue
        found.setdefault(code, []).append(direction(balance, file) * minor)
    interim = found.get("ITBD", [])
    opening = next((found[code][0] for code in OPENING_CODES if code in found), None)
    closing = found["CLBD"][-1] if "CLBD" in found else None
    if opening is None and (len(interim) > 1 or (interim and closing is not None)):
        opening = interim[0]
    if closing is None and interim:
        closing = interim[-1]
    return opening, closing, tuple(remarks)


def read_end(statement: Node, file: str, tally: Tally) -> Statement:
    """Return the statement as closed: balances that come late, the days seen, the bank's control totals."""
    head = read_head(statement, file, tally)
    days = tally.days
    return replace(
        head,
        from_on=head.from_on or (days[0] if days else None),
        to_on=head.to_on or (days[-1] if days else None),
        not_booked=tally.not_booked,
        remarks=(*head.remarks, *control_remarks(statement, file, tally)),
    )


def control_remarks(statement: Node, file: str, tally: Tally) -> Iterator[str]:
    """Compare the number and sum of entries that the bank states with what was read."""
    totals = child(statement, "TxsSummry", "TtlNtries")
    number, total = text(totals, "NbOfNtries"), text(totals, "Sum")
    if number.isdigit() and int(number) != tally.entries:
        yield f"the bank states {number} entries, the file holds {tally.entries}"
    if total and tally.currency and PLAIN_NUMBER.match(total):
        try:
            stated_minor = to_minor(total, tally.currency)
        except ValueError as error:
            raise Place(file, statement.line).error(f"control total {shown(total)}: {error}") from error
        if stated_minor != tally.total_minor:
            yield f"the bank states entries of {total} in all, those of the file add up to another sum"
