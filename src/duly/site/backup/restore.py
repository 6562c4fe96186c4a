"""Bringing an office back: into an empty home only, proved before it is called done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from duly.access.queries import entities
from duly.kernel.refusals import Refused
from duly.site.backup.archive import Manifest
from duly.site.backup.database import count_rows, pass_transaction_numbers, restore_dump, server_major, tables
from duly.site.boot import migrate
from duly.site.verify import verify

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was proved of the restored office."""

    tables: int
    rows: int
    postings: int
    chains: dict[str, str]
    numbers_passed: int


def restore_database(manifest: Manifest, dump: Path, progress: Progress, *, goes_on: bool = False) -> Restored:
    """Bring the dump in, compare every count and the chain heads with the manifest, prove the books.

    Refused where the database is not empty, the server is older than the one backed up, or anything differs. Where
    the restore of this backup was cut once its database was in (`goes_on`), it is taken up from there.
    """
    if goes_on and tables():
        progress("Database is in already", 1, 3)
    else:
        require_fit(manifest)
        progress("Database", 0, 3)
        restore_dump(dump)
    progress("Comparing counts", 1, 3)
    counts = count_rows()
    if counts != manifest.counts:
        differing = sorted(
            name for name in {*counts, *manifest.counts} if counts.get(name) != manifest.counts.get(name)
        )
        remedy = "remove this home and restore into an empty one" if goes_on else ""
        raise Refused("backup.counts_differ", tables=differing, remedy=remedy)
    passed = pass_transaction_numbers(progress)
    migrate()
    progress("Proving the books", 2, 3)
    verdict = verify([entity.id for entity in entities()])
    if not verdict.clean:
        raise Refused("backup.books_not_true", problems=[str(problem) for problem in verdict.problems[:10]])
    if verdict.chain_heads != manifest.chains:
        raise Refused("backup.chains_differ", there=manifest.chains, here=verdict.chain_heads)
    progress("Done", 3, 3)
    return Restored(len(counts), sum(counts.values()), verdict.postings, verdict.chain_heads, passed)


def require_fit(manifest: Manifest) -> None:
    """Refuse what cannot end well before anything is written."""
    if there := tables():
        raise Refused("backup.database_in_use", tables=len(there), remedy="restore into an empty home or database")
    if server_major() < manifest.server_version:
        raise Refused("backup.server_older", made_on=manifest.server_version, here=server_major())
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise Refused("backup.made_by_newer_duly", migrations=newer[:5], remedy="restore with that version")
