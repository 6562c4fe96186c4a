"""Text files of banks as numbered lines: bounded length, no NUL, UTF-8 or a Western code page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from duly.formats.errors import FormatError

LONGEST_LINE = 64 * 1024


def numbered_lines(source: BinaryIO, file: str) -> Iterator[tuple[int, str]]:
    """Give each line without its end and its number from 1, decoded one by one: constant memory."""
    number = 0
    while raw := source.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            raise FormatError(
                f"a line longer than {LONGEST_LINE} bytes",
                file=file,
                line=number,
                remedy="not a bank's text file",
            )
        if b"\0" in raw:
            raise FormatError(
                "binary data or UTF-16 text", file=file, line=number, remedy="save the file as UTF-8 text"
            )
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        # A file with bare carriage returns is one long line to readline.
        parts = raw.rstrip(b"\r\n").replace(b"\r", b"\n").split(b"\n")
        for part in parts:
            yield number, decoded(part)


def decoded(raw: bytes) -> str:
    """Decode as UTF-8, else as Windows Western (a superset of Latin-1 in practice), else as Latin-1."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
