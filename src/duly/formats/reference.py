"""Payment references that prove themselves: built for invoices, checked and found in what banks report.

Sources: ISO 11649 (RF), Febelfin (OGM-VCS), Swiss QR-bill guidelines (QRR), Norwegian banks (KID), Finance
Finland (viite).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

LONGEST_RF_BODY = 21
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\Z")
# Countries whose account numbers are no IBANs although some files dress them up as one.
NO_IBANS = frozenset({"US", "CA", "AU", "NZ", "CN", "IN", "JP", "ZA", "MX"})
RF_START = re.compile(r"(?<![A-Z0-9])RF[0-9]{2}", re.ASCII)
TOKEN = re.compile(r"[A-Z0-9]+", re.ASCII)
OGM = re.compile(r"(?:\+{3}|\*{3})?\s?(?<!\d)(\d{3})\s?/\s?(\d{4})\s?/\s?(\d{5})(?!\d)\s?(?:\+{3}|\*{3})?", re.ASCII)
QRR = re.compile(r"(?<!\d)\d{2}(?: ?\d{5}){5}(?!\d)", re.ASCII)
QRR_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)


@dataclass(frozen=True, slots=True)
class Reference:
    """A valid reference found in a text: its kind (rf, ogm, qrr), compact value, and where it stood."""

    kind: str
    value: str
    start: int
    end: int


def compact(text: str) -> str:
    """Return a reference without its printing: no spaces, separators or marks, upper case."""
    return re.sub(r"[\s/+*.-]", "", text).upper()


def mod_97(text: str) -> int:
    """Return ISO 7064 mod 97-10 of letters and digits (A = 10 ... Z = 35)."""
    return int("".join(str(int(char, 36)) for char in text)) % 97


def is_iban(account: str) -> bool:
    """Say whether a compact account number is an IBAN: shape, country and check digits (ISO 13616)."""
    if not IBAN.match(account) or account[:2] in NO_IBANS:
        return False
    return mod_97(account[4:] + account[:4]) == 1


def digits_of(text: str, *, least: int, most: int, name: str) -> str:
    """Return the digits of a reference's body; raises ValueError when it is none or has the wrong length."""
    body = compact(text)
    if not (body.isascii() and body.isdigit() and least <= len(body) <= most):
        raise ValueError(f"{name} takes {least} to {most} digits, not {text!r}")
    return body


# ISO 11649 creditor reference


def build_rf(body: str) -> str:
    """Return 'RF', two check digits and the body (1 to 21 letters and digits; separators are dropped)."""
    kept = re.sub(r"[^A-Z0-9]", "", body.upper())
    if not 1 <= len(kept) <= LONGEST_RF_BODY:
        raise ValueError(f"a creditor reference takes 1 to {LONGEST_RF_BODY} letters and digits, not {body!r}")
    return f"RF{98 - mod_97(kept + 'RF00'):02}{kept}"


def is_rf(text: str) -> bool:
    """Say whether the text is a creditor reference with right check digits."""
    value = compact(text)
    return bool(re.fullmatch(r"RF[0-9]{2}[A-Z0-9]{1,21}", value, re.ASCII)) and mod_97(value[4:] + value[:4]) == 1


def print_rf(reference: str) -> str:
    """Return the reference in groups of four, as it is printed on an invoice."""
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))


# Belgium


def build_ogm(number: int | str) -> str:
    """Return the structured communication +++ddd/dddd/ddddd+++ of a number of up to ten digits."""
    body = digits_of(str(number), least=1, most=10, name="a Belgian reference").zfill(10)
    value = f"{body}{int(body) % 97 or 97:02}"
    return f"+++{value[:3]}/{value[3:7]}/{value[7:]}+++"


def is_ogm(text: str) -> bool:
    """Say whether the text is a Belgian structured communication with right check digits."""
    value = compact(text)
    return bool(re.fullmatch(r"[0-9]{12}", value)) and (int(value[:10]) % 97 or 97) == int(value[10:])


# Switzerland


def check_digit_qrr(body: str) -> str:
    carry = 0
    for char in body:
        carry = QRR_CARRY[(carry + int(char)) % 10]
    return str((10 - carry) % 10)


def build_qrr(number: int | str) -> str:
    """Return the 27 digits of a Swiss QR reference of up to 26 digits (recursive modulo 10)."""
    body = digits_of(str(number), least=1, most=26, name="a Swiss QR reference").zfill(26)
    return body + check_digit_qrr(body)


def is_qrr(text: str) -> bool:
    """Say whether the text is a Swiss QR reference with a right check digit."""
    value = compact(text)
    return bool(re.fullmatch(r"[0-9]{27}", value)) and check_digit_qrr(value[:-1]) == value[-1]


# Norway


def check_digit_mod10(body: str) -> str:
    doubled = (int(char) * (2 - at % 2) for at, char in enumerate(reversed(body)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def check_digit_mod11(body: str) -> str:
    rest = sum(int(char) * (2 + at % 6) for at, char in enumerate(reversed(body))) % 11
    return "-" if rest == 1 else str((11 - rest) % 11)


def build_kid(number: int | str, *, method: str = "mod10") -> str:
    """Return a Norwegian KID of 2 to 25 characters; the bank agreement says whether 'mod10' or 'mod11'."""
    body = digits_of(str(number), least=1, most=24, name="a KID")
    return body + {"mod10": check_digit_mod10, "mod11": check_digit_mod11}[method](body)


def is_kid(text: str, *, method: str = "mod10") -> bool:
    """Say whether the text is a KID with a right check digit of that method."""
    value = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[0-9]{1,24}[0-9-]", value, re.ASCII):
        return False
    return build_kid(value[:-1], method=method) == value


# Finland


def build_viite(number: int | str) -> str:
    """Return a Finnish reference number of 4 to 20 digits (weights 7, 3, 1 from the right)."""
    body = digits_of(str(number), least=3, most=19, name="a Finnish reference number")
    total = sum(int(char) * (7, 3, 1)[at % 3] for at, char in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def is_viite(text: str) -> bool:
    """Say whether the text is a Finnish reference number with a right check digit."""
    value = compact(text).lstrip("0")
    return bool(re.fullmatch(r"[0-9]{4,20}", value)) and build_viite(value[:-1]) == value


# On paper


def print_reference(reference: str, schemes: Collection[str]) -> str:
    """Return a reference as the schemes the office uses print it; what is none of theirs stays as it is."""
    if not (reference.isascii() and reference.isdigit()):
        return reference
    if "OGM" in schemes and is_ogm(reference):
        return f"+++{reference[:3]}/{reference[3:7]}/{reference[7:]}+++"
    if "QRR" in schemes and is_qrr(reference):
        return " ".join([reference[:2], *(reference[at : at + 5] for at in range(2, 27, 5))])
    if "VIITE" in schemes and is_viite(reference):
        first = len(reference) % 5
        return " ".join(part for at in range(first - 5, len(reference), 5) if (part := reference[max(at, 0) : at + 5]))
    return reference


# In what banks report


def find_references(text: str) -> list[Reference]:
    """Return the valid RF, OGM and QRR references of a text in order, also in groups or cut once.

    KID and viite are bare digits with one check digit: in free text one number in ten would be taken for one.
    """
    upper = text.upper() if len(text.upper()) == len(text) else text
    found = [*find_rf(upper)]
    for kind, pattern, check in (("ogm", OGM, is_ogm), ("qrr", QRR, is_qrr)):
        for match in pattern.finditer(upper):
            if check(match[0]):
                found.append(Reference(kind, compact(match[0]), match.start(), match.end()))
    return sorted(found, key=lambda reference: reference.start)


def find_rf(text: str) -> list[Reference]:
    """Return the creditor references: one word, else printed in fours, else one word that was cut in two."""
    found: list[Reference] = []
    for match in RF_START.finditer(text):
        words: list[re.Match[str]] = []
        for word in TOKEN.finditer(text, match.start(), match.start() + 64):
            if words and text[words[-1].end() : word.start()].strip():
                break
            words.append(word)
        for count in candidate_counts([word[0] for word in words]):
            value = "".join(word[0] for word in words[:count])
            if is_rf(value):
                found.append(Reference("rf", value, match.start(), words[count - 1].end()))
                break
    return found


def candidate_counts(words: list[str]) -> list[int]:
    """Return how many words to take, in order of trust; each try fits by accident once in 97."""
    grouped = 1
    while grouped < len(words) and len(words[grouped - 1]) == 4:
        grouped += 1
    in_fours = list(range(min(grouped, 7), 1, -1)) if len(words[0]) == 4 else []
    return [1, *in_fours, *([2] if len(words) > 1 and not in_fours else [])]
