"""The words on paper and in mails: one JSON file per language, each with the same keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "de", "es", "fr")
DEFAULT = "en"


def language_of(tag: str) -> str:
    """Return the language whose words are used for a BCP 47 tag; one we do not have is English."""
    primary = tag.replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else DEFAULT


@cache
def table(language: str) -> Mapping[str, str | list[str]]:
    """Return all words of one of LANGUAGES."""
    loaded: dict[str, str | list[str]] = json.loads(
        (Path(__file__).parent / f"{language}.json").read_text(encoding="utf-8")
    )
    return loaded


class Words:
    """The words of one language; a missing key is a bug and raises KeyError."""

    def __init__(self, tag: str) -> None:
        self.language = language_of(tag)
        self._table = table(self.language)

    def __call__(self, key: str, **facts: object) -> str:
        words = self._table[key]
        if not isinstance(words, str):
            raise KeyError(key)
        return words.format(**facts) if facts else words

    def has(self, key: str) -> bool:
        """Tell whether there is a word for a code that comes from data."""
        return key in self._table

    def either(self, key: str, special: str) -> str:
        """Return the word for `key.special` where the language has one, else for `key`."""
        return self(f"{key}.{special}" if self.has(f"{key}.{special}") else key)

    def unit(self, code: str, *, many: bool) -> str:
        """Return a unit (UN/ECE recommendation 20 code) as a word; unknown codes are words already."""
        forms = self._table.get(f"unit.{code}", code)
        return forms if isinstance(forms, str) else forms[many]
