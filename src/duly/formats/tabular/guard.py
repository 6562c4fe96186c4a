"""Keeps text from being run as a formula when a spreadsheet opens it (OWASP ASVS 5.0, 1.2.10)."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """Return text with a leading quote when a spreadsheet could take it for a formula; NULs are dropped."""
    text = text.replace("\0", "")
    # Spaces in front do not stop every spreadsheet from seeing the formula.
    return "'" + text if text.lstrip(" \t\r\n").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS) else text


def cell_text(text: str) -> str:
    """Return guarded text for a CSV cell; line ends become one kind, for csv leaves a bare CR unquoted."""
    return guarded(text).replace("\r\n", "\n").replace("\r", "\n")


def unguarded(text: str) -> str:
    """Return text as it was before `guarded`, so that what was exported can be brought back in."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text
