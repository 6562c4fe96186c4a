"""Sealing append-only rows into a chain of blocks, so that one changed byte is found.

A block binds every row whose transaction number lies in its stretch to the block before it. The stretch ends
before
the oldest transaction still running: rows get their ids early and commit late, so "all ids above the last"
would
skip some for ever; the transaction number does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from duly.kernel.checks import Problem
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql

ROWS_A_BLOCK = 100_000


@dataclass(frozen=True, slots=True)
class _Stretch:
    xid_from: str
    xid_to: str
    restarted: bool
    any_rows: bool


@dataclass(frozen=True, slots=True)
class _Content:
    rows: int
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class ChainBlock:
    """One block: its stretch, its content hash and whether its own hash and its link to the one before are
    right."""

    id: int
    xid_from: str
    xid_to: str
    rows: int
    content_hash: bytes
    sealed_at: datetime
    linked: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of one capability; its statements are that capability's own `sql/seal/` files."""

    package: str

    def seal(self, at: datetime, *, rows_a_block: int = ROWS_A_BLOCK) -> int:
        """Seal everything that can no longer be joined by a late commit; returns how many rows were sealed.

        Refuses when the server's transaction numbers start again below the last block (a restored dump).
        """
        sealed = 0
        while rows := self._seal_one(at, rows_a_block):
            sealed += rows
        return sealed

    def _seal_one(self, at: datetime, most: int) -> int:
        with transaction.atomic():
            run_sql(self.package, "seal/lock_chain.sql")
            [stretch] = fetch_sql(self.package, "seal/1_next_stretch.sql", _Stretch, most=most)
            if stretch.restarted:
                raise Refused("chain.transaction_numbers_restarted", sealed_to=stretch.xid_from)
            if not stretch.any_rows:
                return 0
            content = self._content(stretch.xid_from, stretch.xid_to)
            run_sql(
                self.package,
                "seal/2_write_block.sql",
                xid_from=stretch.xid_from,
                xid_to=stretch.xid_to,
                rows=content.rows,
                content_hash=content.content_hash,
                at=at,
            )
            return content.rows

    def _content(self, xid_from: str, xid_to: str) -> _Content:
        [content] = fetch_sql(self.package, "seal/hash.sql", _Content, xid_from=xid_from, xid_to=xid_to)
        return content

    def blocks(self) -> list[ChainBlock]:
        """Return the blocks in order, each with whether its own hash and its link are right."""
        return fetch_sql(self.package, "seal/blocks.sql", ChainBlock)

    def problems_of(self, block: ChainBlock) -> list[Problem]:
        """Prove one block from its rows: its content, its own hash and its link to the block before."""
        name, subject = f"{self.package.removeprefix('duly.')}.chain", f"block {block.id}"
        found = []
        if not block.whole:
            found.append(Problem(name, subject, "the block was changed after it was sealed"))
        if not block.linked:
            found.append(Problem(name, subject, "a block before it is missing or was changed"))
        content = self._content(block.xid_from, block.xid_to)
        if content.rows != block.rows:
            found.append(Problem(name, subject, f"{content.rows} rows where {block.rows} were sealed"))
        elif bytes(content.content_hash) != bytes(block.content_hash):
            found.append(Problem(name, subject, f"a row sealed at {block.sealed_at:%Y-%m-%d %H:%M} was changed"))
        return found

    def head(self) -> str:
        """Return the last block's hash in hex: print it, and nobody can rewrite what came before."""
        return str(fetch_value(self.package, "seal/head.sql") or "")
