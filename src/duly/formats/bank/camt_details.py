"""The payments inside a camt entry: who, why, which reference, returned or not, and what the bank kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from duly.formats.bank.camt_nodes import Node, amount, child, children, direction, text, words
from duly.formats.bank.statement import Detail

# ISO 20022 external code list: sub-families that say "this brings earlier money back".
RETURN_SUB_FAMILIES = frozenset({"RRTN", "UPDD", "PRDD", "RPCR", "UPCT", "UPCQ", "RVDD"})
NOT_PROVIDED = frozenset({"NOTPROVIDED", "NOT PROVIDED", "NONREF"})


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the entry says about all of its payments: signed amount, currency, own account, return or not."""

    amount_minor: int
    currency: str
    own_account: str
    is_return: bool
    file: str


def read_details(entry: Node, facts: EntryFacts) -> tuple[Detail, ...]:
    """Return the payments of the entry in file order."""
    found = [read_detail(node, facts) for group in children(entry, "NtryDtls") for node in children(group, "TxDtls")]
    # Some banks repeat the total of the batch on each payment: then no payment states its own amount.
    if len(found) > 1 and all(detail.amount_minor == facts.amount_minor for detail in found):
        return tuple(replace(detail, amount_minor=None) for detail in found)
    return tuple(found)


def read_detail(node: Node, facts: EntryFacts) -> Detail:
    """Return one payment; what it leaves open (direction, amount of a lone payment) comes from the entry."""
    returned = child(node, "RtrInf")
    is_return = facts.is_return or returned is not None
    name, iban, other, ultimate = counterparty(node, facts, is_return=is_return)
    own_minor, instructed = detail_amounts(node, facts)
    return Detail(
        amount_minor=own_minor,
        text=remittance_text(node),
        payer_name=name,
        payer_iban=iban,
        payer_account_other=other,
        ultimate_payer_name=ultimate,
        end_to_end_id=provided(text(node, "Refs", "EndToEndId")),
        bank_reference=provided(text(node, "Refs", "AcctSvcrRef")),
        structured_reference=structured_reference(node),
        mandate_id=text(node, "Refs", "MndtId"),
        is_return=is_return,
        return_reason=return_reason(returned),
        charges_minor=charges_minor(node, facts),
        instructed_minor=instructed[0] if instructed else None,
        instructed_currency=instructed[1] if instructed else "",
    )


def provided(reference: str) -> str:
    """Return the reference, empty when it is one of the words that say there is none."""
    return "" if reference.upper() in NOT_PROVIDED else reference


def detail_amounts(node: Node, facts: EntryFacts) -> tuple[int | None, tuple[int, str] | None]:
    """Return the payment's signed amount in the entry's currency and, if another was ordered, that one."""
    stated = [
        amount(found, facts.file)
        for found in (
            child(node, "Amt"),
            child(node, "AmtDtls", "TxAmt", "Amt"),
            child(node, "AmtDtls", "InstdAmt", "Amt"),
        )
        if found is not None
    ]
    own = next((minor for minor, currency in stated if currency == facts.currency), None)
    ordered = child(node, "AmtDtls", "InstdAmt", "Amt")
    foreign = amount(ordered, facts.file) if ordered is not None else None
    if foreign is None:
        foreign = next(((minor, currency) for minor, currency in stated if currency != facts.currency), None)
    if own is None:
        return None, foreign
    sign = direction(node, facts.file) if child(node, "CdtDbtInd") is not None else 0
    return own * (sign or (-1 if facts.amount_minor < 0 else 1)), foreign


def counterparty(node: Node, facts: EntryFacts, *, is_return: bool) -> tuple[str, str, str, str]:
    """Return name, IBAN, other account and ultimate party of the other side.

    A credit comes from the debtor, a debit goes to the creditor. A returned payment keeps the roles of the
    payment that comes back, so there the other role is the other side.
    """
    debtor_first = (facts.amount_minor >= 0) != is_return
    roles = ("Dbtr", "Cdtr") if debtor_first else ("Cdtr", "Dbtr")
    parties = child(node, "RltdPties")
    for role in roles:
        account = child(parties, role + "Acct", "Id")
        iban = text(account, "IBAN").replace(" ", "").upper()
        other = text(account, "Othr", "Id") or text(account, "PrtryAcct", "Id")
        name = party_name(child(parties, role))
        ultimate = party_name(child(parties, "Ultmt" + role))
        own = facts.own_account and facts.own_account in (iban, other)
        if (name or iban or other or ultimate) and not own:
            return name or ultimate, iban, other, ultimate
    return "", "", "", ""


def party_name(party: Node | None) -> str:
    """Return the party's name: directly (up to version 7), under `Pty`, or an agent's (from version 8)."""
    return text(party, "Nm") or text(party, "Pty", "Nm") or text(party, "Agt", "FinInstnId", "Nm")


def remittance_text(node: Node) -> str:
    """Return what the payer wrote, then what the bank adds, in file order."""
    remittance = child(node, "RmtInf")
    parts = [words(found) for found in children(remittance, "Ustrd")]
    for structured in children(remittance, "Strd"):
        parts += [text(document, "Nb") for document in children(structured, "RfrdDocInf")]
        parts += [words(found) for found in children(structured, "AddtlRmtInf")]
    parts.append(text(node, "AddtlTxInf"))
    return " ".join(part for part in parts if part)


def structured_reference(node: Node) -> str:
    """Return the first creditor reference of the remittance information."""
    for structured in children(child(node, "RmtInf"), "Strd"):
        found = text(structured, "CdtrRefInf", "Ref") or text(structured, "CdtrRefInf", "CdtrRef")
        if found:
            return found
    return ""


def return_reason(returned: Node | None) -> str:
    """Return the reason code of a return (AC04, MD06, ...) or the bank's own words."""
    for name in ("Rsn", "RtrRsn"):
        reason = child(returned, name)
        code = text(reason, "Cd") or text(reason, "Prtry")
        if code:
            return code
    return text(returned, "AddtlInf")


def charges_minor(node: Node, facts: EntryFacts) -> int:
    """Return what the bank kept in the entry's currency, cost positive; other currencies are not summed."""
    total_minor = 0
    for charges in children(node, "Chrgs"):
        records = children(charges, "Rcrd")
        for record in records or [charges]:
            stated = child(record, "Amt")
            if stated is None:
                stated = child(record, "TtlChrgsAndTaxAmt")
            if stated is None:
                continue
            minor, currency = amount(stated, facts.file)
            credit = text(record, "CdtDbtInd") == "CRDT"
            total_minor += 0 if currency != facts.currency else -minor if credit else minor
    return total_minor


def is_return_entry(entry: Node) -> bool:
    """Say whether the entry brings earlier money back: marked as reversal or by its transaction code."""
    sub_family = text(entry, "BkTxCd", "Domn", "Fmly", "SubFmlyCd")
    return text(entry, "RvslInd") in ("true", "1") or sub_family in RETURN_SUB_FAMILIES


def transaction_code(entry: Node) -> str:
    """Return domain-family-subfamily (PMNT-RCDT-ESCT), or the bank's own code."""
    domain = child(entry, "BkTxCd", "Domn")
    family = child(domain, "Fmly")
    codes = [text(domain, "Cd"), text(family, "Cd"), text(family, "SubFmlyCd")]
    return "-".join(code for code in codes if code) or text(entry, "BkTxCd", "Prtry", "Cd")
