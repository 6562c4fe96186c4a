"""The fonts shipped (Inter, SIL Open Font License) and which characters a set of fonts can show."""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

SHIPPED = Path(__file__).parent / "fonts"
# Invisible helpers of line breaking that need no glyph.
NEEDS_NO_GLYPH = frozenset("\u200b\u2060\u00ad")
# What may be left out without changing what is said: symbols, modifiers, format and unassigned characters.
ORNAMENTS = frozenset(["So", "Sk", "Cf", "Co", "Cn", "Cs", "Me"])
VARIATION_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))


@dataclass(frozen=True, slots=True)
class FontSet:
    """Fonts for the typesetter and the characters they cover."""

    fonts: typst.Fonts
    covered: frozenset[str]

    def split_lacking(self, text: str) -> tuple[str, str]:
        """Return (ornaments, letters) of a text that no font has, each sorted."""
        lacking = set(text) - self.covered
        ornaments = {each for each in lacking if is_ornament(each)}
        return "".join(sorted(ornaments)), "".join(sorted(lacking - ornaments))


def is_ornament(char: str) -> bool:
    return unicodedata.category(char) in ORNAMENTS or char in VARIATION_SELECTORS


@cache
def font_set(extra: tuple[str, ...] = ()) -> FontSet:
    """Return the shipped fonts and those in the `extra` folders; never the machine's own, so that a document
    looks the same everywhere."""
    folders = (str(SHIPPED), *extra)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
    files = [path for folder in folders for path in sorted(Path(folder).rglob("*.[to]tf"))]
    covered = frozenset(chr(code) for path in files for code in codepoints(path.read_bytes()))
    return FontSet(fonts, covered | NEEDS_NO_GLYPH)


def codepoints(font: bytes) -> set[int]:
    """Read the Unicode cmap (formats 4 and 12) of a TrueType or OpenType font."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * at) for at in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, cmap + 2)
    found: set[int] = set()
    for at in range(subtables):
        _, _, offset = struct.unpack_from(">HHL", font, cmap + 4 + 8 * at)
        (kind,) = struct.unpack_from(">H", font, cmap + offset)
        if kind == 4:
            found |= segments_16(font, cmap + offset)
        elif kind == 12:
            found |= groups_32(font, cmap + offset)
    return found


def segments_16(font: bytes, at: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    ends = struct.unpack_from(f">{twice // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{twice // 2}H", font, at + 16 + twice)
    pairs = zip(starts, ends, strict=True)
    return {code for start, end in pairs for code in range(start, end + 1) if code != 0xFFFF}


def groups_32(font: bytes, at: int) -> set[int]:
    (groups,) = struct.unpack_from(">L", font, at + 12)
    spans = (struct.unpack_from(">LLL", font, at + 16 + 12 * each) for each in range(groups))
    return {code for start, end, _ in spans for code in range(start, end + 1)}
