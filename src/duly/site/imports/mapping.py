"""Which column of a file is which field. Pure: names in, proposal out; ties are left to a person."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duly.site.imports.spec import Field


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed mapping field -> column place, what could not be placed, and where two columns claim one field."""

    columns: dict[str, int]
    missing: tuple[str, ...]
    tied: dict[str, tuple[str, ...]]
    unused: tuple[str, ...]


def plain(name: str) -> str:
    """Return a column name without case, punctuation and doubled spaces."""
    return re.sub(r"[^0-9a-zà-ÿ]+", " ", name.lower()).strip()


def header_hash(header: Sequence[str]) -> bytes:
    """Return the fingerprint by which a confirmed mapping is remembered."""
    return hashlib.sha256("\x1f".join(plain(name) for name in header).encode()).digest()


def propose(header: Sequence[str], fields: Sequence[Field], confirmed: Mapping[str, str] | None = None) -> Proposal:
    """Map columns to fields by name and alias; `confirmed` (field -> column name) goes first."""
    names = [plain(name) for name in header]
    columns: dict[str, int] = {}
    tied: dict[str, tuple[str, ...]] = {}
    for field in fields:
        wanted = _claims(field, names, confirmed)
        if len(wanted) == 1:
            columns[field.name] = wanted[0]
        elif len(wanted) > 1:
            tied[field.name] = tuple(header[place] for place in wanted)
    missing = tuple(f.name for f in fields if f.required and f.name not in columns and f.name not in tied)
    used = set(columns.values())
    unused = tuple(name for place, name in enumerate(header) if place not in used)
    return Proposal(columns, missing, tied, unused)


def _claims(field: Field, names: Sequence[str], confirmed: Mapping[str, str] | None) -> list[int]:
    if confirmed and field.name in confirmed:
        return [place for place, name in enumerate(names) if name == plain(confirmed[field.name])][:1]
    for group in ([field.name], field.aliases):
        known = {plain(name) for name in group}
        found = [place for place, name in enumerate(names) if name in known]
        if found:
            return found
    return []
