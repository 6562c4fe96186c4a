"""How the office's own numbers look in a bank text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

FIRST_PAYMENT_LIMIT_MAJOR = 10_000
"""A first payment from a bank account above this amount (whole units) is looked at by a person: shipped
value.
"""

NUMBERED_KINDS = ("invoice", "opening", "credit_note", "receipt")
SEPARATORS = "[^0-9A-Z]{0,3}"
NOTHING_BEFORE, NOTHING_AFTER = "(?<![0-9A-Z])", "(?![0-9A-Z])"


@dataclass(frozen=True, slots=True)
class Mask:
    """How numbers of one series are found in a text in upper case (regular expressions of PostgreSQL; the digits are
    captured): `bounded` as printed, `spaced` with separators anywhere in between; empty where that would guess.
    """

    document_kind: str
    prefix: str
    width: int
    bounded: str
    spaced: str


def mask(document_kind: str, prefix: str, width: int, last_seq: int) -> Mask:
    """Return the mask of a series, such as 'INV-2026-' with 6 digits.

    No letter or digit stands before, none after: 0001 is never found in 10001. `spaced` is for texts cut into chunks
    of 27 or 35 characters; only for prefixes with two letters, with exactly as many digits as the series has reached.
    """
    words = re.findall("[0-9A-Z]+", prefix.upper())
    digits = max(width, len(str(last_seq)))
    printed = "".join(word + SEPARATORS for word in words)
    bounded = f"{NOTHING_BEFORE}{printed}([0-9]{{{width},{digits + 1}}}){NOTHING_AFTER}"
    has_letters = len(re.findall("[A-Z]", prefix.upper())) >= 2
    letters = "".join(letter + SEPARATORS for letter in "".join(words))
    counted = SEPARATORS.join(["[0-9]"] * digits)
    spaced = f"{NOTHING_BEFORE}{letters}({counted})(?![0-9])" if has_letters else ""
    return Mask(document_kind, prefix, width, bounded, spaced)


def reference_lengths(series: Iterable[tuple[int, int]]) -> list[int]:
    """Return how long our RF references are: 'RF', two check digits, kind, year, number (width or more)."""
    return sorted({2 + 2 + 1 + 4 + size for width, last in series for size in {width, max(width, len(str(last)))}})


def digit_lengths(schemes: Iterable[str], rf_lengths: Iterable[int]) -> list[int]:
    """Return how long our references of digits alone are; none for an office that only uses RF.

    A KID or a Finnish reference is as an RF without its letters and with one check digit for two.
    """
    used = set(schemes)
    found = {12} if "OGM" in used else set()
    found |= {27} if "QRR" in used else set()
    found |= {length - 3 for length in rf_lengths} if used & {"KID", "VIITE"} else set()
    return sorted(found)
