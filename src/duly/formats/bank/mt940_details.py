"""What the `:86:` and `:NS:` of an MT940 line say, in the dialects banks use.

`?20` sub-fields with SEPA keywords (Germany, Austria, Poland), `/NAME/` codes (Netherlands), `:NS:` numbers,
or plain words.
"""

from __future__ import annotations

import re
from typing import Any

from duly.formats.reference import is_iban
from duly.kernel.money import currency_digits

FULL_LINE = 65
SUB_FIELD = re.compile(r"[?](00|10|2\d|3[0-8]|6[0-5]|7[01])")
STRUCTURED = re.compile(r"\s*(\d{3})([^0-9A-Za-z\s])(?=\d{2})")
KEYWORD = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC |PURP|MDAT|SQTP|ORCR|ORMR|DDAT|COAM|OAMT)\+")
CODE = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|PREF|MARF|CSID|ORDP|BENM|CNTP|RTRN|PURP|ISDT|SVCL|TRCD|ULTB|ULTD|ULTC"
    r"|OCMT|CHGS|EXCH|ACCW|ID|ADDR|CITY|CSLT|INIT)/"
)
KEPT = re.compile(r"/CHGS/([A-Z]{3})(\d{1,12}),(\d{0,4})(?!\d)", re.ASCII)
# German transaction codes (GVC) of direct debits and transfers that come back.
RETURN_CODES = frozenset({"009", "059", "108", "109", "159", "181", "184"})
NO_END_TO_END = frozenset({"NOTPROVIDED", "NONREF"})


Facts = dict[str, Any]


def described(more: list[tuple[str, list[str]]], *, customer_reference: str, supplement: str, code: str) -> Facts:
    """Return what the details say, by the names of the line's fields; what no dialect claims becomes text."""
    raw = [part for tag, lines in more if tag == "86" for part in lines]
    local = [part for tag, lines in more if tag == "NS" for part in lines]
    facts: Facts = {"end_to_end_id": customer_reference, "transaction_code": code, "text": ""}
    joined = "".join(raw)
    mark = STRUCTURED.match(joined)
    if mark is not None:
        facts |= from_sub_fields(facts, mark[1], joined[mark.end(1) :].replace(mark[2], "?"))
    elif CODE.match(joined):
        facts |= from_codes(facts, wrapped(raw))
    else:
        facts["text"] = squeezed(wrapped(raw))
    if local:
        facts |= from_numbers(facts, local)
    return facts | from_entry(facts, customer_reference, supplement)


def from_entry(facts: Facts, customer_reference: str, supplement: str) -> Facts:
    """Return what only the `:61:` says: Dutch banks put the other account and its holder there."""
    more: Facts = {}
    if not facts.get("payer_iban"):
        compact = customer_reference.replace(" ", "").upper()
        if is_iban(compact):
            name = facts.get("payer_name") or supplement
            more = {"payer_iban": compact, "end_to_end_id": "", "payer_name": name}
        elif is_iban(supplement):
            more = {"payer_iban": supplement}
    return more if facts["text"] else more | {"text": squeezed(supplement)}


def kept_minor(supplement: str, currency: str) -> int:
    """Return the charges the bank states behind a line (/CHGS/EUR5,00) in minor units, 0 for none."""
    kept = KEPT.search(supplement)
    return int(kept[2] + kept[3]) if kept and kept[1] == currency and len(kept[3]) == currency_digits(currency) else 0


def squeezed(text: str) -> str:
    return " ".join(text.split())


def wrapped(lines: list[str]) -> str:
    """Join lines as they were before they were cut: a full line runs on without a space."""
    return "".join(part if len(part) >= FULL_LINE else part + " " for part in lines).strip()


def account_facts(account: str) -> Facts:
    """Return an account number under the field it belongs to."""
    compact = account.replace(" ", "").upper()
    return {"payer_iban": compact} if is_iban(compact) else {"payer_account_other": compact}


def provided(reference: str) -> str:
    return "" if reference.upper() in NO_END_TO_END else reference


def from_sub_fields(facts: Facts, code: str, text: str) -> Facts:
    """Read ?00 posting text, ?20 to ?29 and ?60 to ?63 purpose, ?31 account, ?32 and ?33 name, ?34 reason."""
    parts = SUB_FIELD.split(text)
    found: dict[str, str] = {}
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        found[key] = found.get(key, "") + value
    keys = sorted(found)
    purpose, more = ("".join(found[key] for key in keys if key[0] == first) for first in "26")
    # Only running text goes on in ?60; a keyword's value ends with the last of ?20 to ?29.
    if more and (not KEYWORD.search(purpose) or "SVWZ+" in purpose[-27 * 4 :]):
        purpose, more = purpose + more, ""
    said = from_keywords(facts, purpose)
    said["text"] = squeezed(f"{said['text']} {more}") or squeezed(found.get("00", ""))
    kind = facts["transaction_code"]
    is_return = code in RETURN_CODES
    return {
        **account_facts(found.get("31", "") or found.get("38", "") or said.pop("iban", "")),
        **{key: value for key, value in said.items() if key != "iban"},
        "payer_name": squeezed(found.get("32", "") + found.get("33", "")),
        "transaction_code": f"{code}-{kind}" if kind else code,
        "is_return": is_return,
        "return_reason": found.get("34", "").strip() if is_return else "",
    }


def from_keywords(facts: Facts, purpose: str) -> Facts:
    """Read the SEPA keywords inside a purpose; words in front of the first one stay part of the text."""
    parts = KEYWORD.split(purpose)
    found: dict[str, str] = {}
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        found.setdefault(key.strip(), squeezed(value))
    reference = found.get("EREF", "").replace(" ", "") or found.get("KREF", "") or facts["end_to_end_id"]
    return {
        "text": squeezed(f"{parts[0]} {found.get('SVWZ', '')}"),
        "end_to_end_id": provided(reference),
        "mandate_id": found.get("MREF", ""),
        "iban": found.get("IBAN", ""),
        "ultimate_payer_name": found.get("ABWA", "") or found.get("ABWE", ""),
    }


def from_codes(facts: Facts, text: str) -> Facts:
    """Read `/NAME/`, `/IBAN/`, `/EREF/`, `/REMI/`, `/RTRN/` and ING's `/CNTP/account/BIC/name/city/`."""
    parts = CODE.split(text)
    found: dict[str, str] = {}
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        found.setdefault(key, value.strip().strip("/").strip())
    counterparty = [*(part.strip() for part in found.get("CNTP", "").split("/")), "", "", ""]
    remittance = found.get("REMI", "")
    structured = re.match(r"STRD/(?:CUR|ISO)/([A-Z0-9]{4,27})", remittance)
    return {
        **account_facts(found.get("IBAN", "") or counterparty[0]),
        "text": squeezed(re.sub(r"\A(USTD/+|STRD/(CUR|ISO)/)", "", remittance)) or squeezed(text),
        "payer_name": squeezed(found.get("NAME", "") or counterparty[2]),
        "end_to_end_id": provided(found.get("EREF", "") or facts["end_to_end_id"]),
        "mandate_id": found.get("MARF", ""),
        "structured_reference": structured[1] if structured else "",
        "is_return": "RTRN" in found,
        "return_reason": found.get("RTRN", ""),
    }


def from_numbers(facts: Facts, lines: list[str]) -> Facts:
    """Read `:NS:` lines: 01-14 purpose, 15 and 16 name; text without a number is kept as text."""
    purpose, names, rest = [], [], []
    for part in lines:
        number, value = part[:2], part[2:].strip()
        if not (number.isascii() and number.isdigit()):
            rest.append(part.strip())
        elif 1 <= int(number) <= 14:
            purpose.append(value)
        elif number in ("15", "16"):
            names.append(part[2:])
    text = squeezed(" ".join(part for part in [facts["text"], *purpose, *rest] if part))
    return {"text": text, "payer_name": facts.get("payer_name") or squeezed("".join(names))}
