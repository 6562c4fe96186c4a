"""What the `:86:` and `:NS:` of an MT940 line say, in the dialects banks use.

`?20` sub-fields with SEPA keywords (Germany, Austria, Poland), `/NAME/` codes (Netherlands), `:NS:` numbers,
or plain words.
"""

from __future__ import annotations

import re
from dataclasses import replace

from duly.formats.bank.statement import Line
from duly.formats.reference import is_iban

FULL_LINE = 65
SUB_FIELD = re.compile(r"[?](00|10|2\d|3[0-8]|6[0-5]|7[01])")
STRUCTURED = re.compile(r"\s*(\d{3})([^0-9A-Za-z\s])(?=\d{2})")
KEYWORD = re.compile(
    r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC |PURP|MDAT|SQTP|ORCR|ORMR|DDAT|COAM|OAMT)\+"
)
CODE = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|PREF|MARF|CSID|ORDP|BENM|CNTP|RTRN|PURP|ISDT|SVCL|TRCD|ULTB|ULTD|ULTC"
    r"|OCMT|CHGS|EXCH|ACCW|ID|ADDR|CITY|CSLT|INIT)/"
)
KEPT = re.compile(r"/CHGS/([A-Z]{3})(\d{1,12}),(\d{0,4})(?!\d)", re.ASCII)
# German transaction codes (GVC) of direct debits and transfers that come back.
RETURN_CODES = frozenset({"009", "059", "108", "109", "159", "181", "184"})
NO_END_TO_END = frozenset({"NOTPROVIDED", "NONREF"})


def described(
    line: Line, more: list[tuple[str, list[str]]], *, customer_reference: str, supplement: str
) -> Line:
    """Return the line with everything its details say; what no dialect claims becomes text."""
    informed = [lines for tag, lines in more if tag == "86"]
    local = [lines for tag, lines in more if tag == "NS"]
    raw = [part for lines in informed for part in lines]
    line = replace(line, end_to_end_id=customer_reference)
    joined = "".join(raw)
    mark = STRUCTURED.match(joined)
    if mark is not None:
        line = from_sub_fields(line, mark[1], joined[mark.end(1) :].replace(mark[2], "?"))
    elif CODE.match(joined):
        line = from_codes(line, wrapped(raw))
    else:
        line = replace(line, text=squeezed(wrapped(raw)))
    if local:
        line = from_numbers(line, [part for lines in local for part in lines])
    return from_entry(line, customer_reference, supplement)


def from_entry(line: Line, customer_reference: str, supplement: str) -> Line:
    """Add what only the `:61:` says: Dutch banks put the other account and its holder there."""
    compact = customer_reference.replace(" ", "").upper()
    if is_iban(compact) and not line.payer_iban:
        line = replace(line, payer_iban=compact, end_to_end_id="", payer_name=line.payer_name or supplement)
    elif is_iban(supplement) and not line.payer_iban:
        line = replace(line, payer_iban=supplement)
    kept = KEPT.search(supplement)
    if kept is not None and kept[1] == line.currency and len(kept[3]) == 2:
        line = replace(line, charges_minor=int(kept[2] + kept[3]))
    return line if line.text else replace(line, text=squeezed(supplement))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def wrapped(lines: list[str]) -> str:
    """Join lines as they were before they were cut: a full line runs on without a space."""
    text = ""
    for part in lines:
        text += part if len(part) >= FULL_LINE else part + " "
    return text.strip()


def from_sub_fields(line: Line, code: str, text: str) -> Line:
    """Read ?00 posting text, ?20 to ?29 and ?60 to ?63 purpose, ?31 account, ?32 and ?33 name, ?34 reason."""
    parts = SUB_FIELD.split(text)
    found: dict[str, str] = {}
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        found[key] = found.get(key, "") + value
    account = (found.get("31", "") or found.get("38", "")).replace(" ", "").upper()
    line = replace(
        line,
        payer_name=squeezed(found.get("32", "") + found.get("33", "")),
        payer_iban=account if is_iban(account) else "",
        payer_account_other="" if is_iban(account) else account,
        transaction_code=f"{code}-{line.transaction_code}" if line.transaction_code else code,
        is_return=line.is_return or code in RETURN_CODES,
        return_reason=found.get("34", "").strip() if code in RETURN_CODES else "",
    )
    purpose, more = ("".join(found[key] for key in sorted(found) if key[0] == first) for first in "26")
    # Only running text goes on in ?60; a keyword's value ends with the last of ?20 to ?29.
    if not KEYWORD.search(purpose) or "SVWZ+" in purpose[-27 * 4 :]:
        purpose, more = purpose + more, ""
    line = from_keywords(line, purpose)
    return replace(line, text=squeezed(f"{line.text} {more}") or squeezed(found.get("00", "")))


def from_keywords(line: Line, purpose: str) -> Line:
    """Read the SEPA keywords inside a purpose; words in front of the first one stay part of the text."""
    parts = KEYWORD.split(purpose)
    found: dict[str, str] = {}
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        found.setdefault(key.strip(), squeezed(value))
    end_to_end_id = found.get("EREF", "").replace(" ", "") or found.get("KREF", "") or line.end_to_end_id
    return replace(
        line,
        text=squeezed(f"{parts[0]} {found.get('SVWZ', '')}"),
        end_to_end_id="" if end_to_end_id.upper() in NO_END_TO_END else end_to_end_id,
        mandate_id=found.get("MREF", ""),
        payer_iban=line.payer_iban or found.get("IBAN", "").replace(" ", ""),
        ultimate_payer_name=found.get("ABWA", "") or found.get("ABWE", ""),
    )


def from_codes(line: Line, text: str) -> Line:
    """Read `/NAME/`, `/IBAN/`, `/EREF/`, `/REMI/`, `/RTRN/` and ING's `/CNTP/account/BIC/name/city/`."""
    parts = CODE.split(text)
    found: dict[str, str] = {}
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        found.setdefault(key, value.strip().strip("/").strip())
    counterparty = [part.strip() for part in found.get("CNTP", "").split("/")] + ["", "", ""]
    remittance = found.get("REMI", "")
    structured = re.match(r"STRD/(?:CUR|ISO)/([A-Z0-9]{4,27})", remittance)
    account = (found.get("IBAN", "") or counterparty[0]).replace(" ", "").upper()
    end_to_end_id = found.get("EREF", "") or line.end_to_end_id
    return replace(
        line,
        text=squeezed(re.sub(r"\A(USTD/+|STRD/(CUR|ISO)/)", "", remittance)) or squeezed(text),
        payer_name=squeezed(found.get("NAME", "") or counterparty[2]),
        payer_iban=account if is_iban(account) else "",
        payer_account_other="" if is_iban(account) else account,
        end_to_end_id="" if end_to_end_id.upper() in NO_END_TO_END else end_to_end_id,
        mandate_id=found.get("MARF", ""),
        structured_reference=structured[1] if structured else "",
        is_return=line.is_return or "RTRN" in found,
        return_reason=found.get("RTRN", ""),
    )


def from_numbers(line: Line, lines: list[str]) -> Line:
    """Read `:NS:` lines: 01-14 purpose, 15 and 16 name; text without a number is kept as text."""
    purpose, names, rest = [], [], []
    for part in lines:
        number, value = part[:2], part[2:].strip()
        if not number.isdigit():
            rest.append(part.strip())
        elif 1 <= int(number) <= 14:
            purpose.append(value)
        elif number in ("15", "16"):
            names.append(part[2:])
    return replace(
        line,
        text=squeezed(" ".join(part for part in [line.text, *purpose, *rest] if part)),
        payer_name=line.payer_name or squeezed("".join(names)),
    )
