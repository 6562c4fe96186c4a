"""The one way a codec says no: which file, which line, what is wrong, what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


class FormatError(Exception):
    """The file, or one place in it, cannot be read without guessing; nothing of it was taken over."""

    def __init__(self, message: str, *, file: str, line: int | None = None, remedy: str = "") -> None:
        place = f"{file}, line {line}" if line else file
        super().__init__(f"{place}: {message}" + (f" ({remedy})" if remedy else ""))
        self.message = message
        self.file = file
        self.line = line
        self.remedy = remedy


class CannotWrite(ValueError):
    """What was asked for cannot be put into the file so that the other side would take it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file the reader stands, so that an error can name it."""

    file: str
    line: int | None = None

    def error(self, message: str, remedy: str = "") -> FormatError:
        """Return the error to raise for what was found here."""
        return FormatError(message, file=self.file, line=self.line, remedy=remedy)


def shown(text: str, limit: int = 60) -> str:
    """Return text as it may stand in a message: short and without control characters."""
    clean = "".join(char if char.isprintable() else "·" for char in text[: limit + 1])
    return repr(clean[:limit] + "…" if len(text) > limit else clean)
