"""`duly import KIND FILE`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from duly.access.models import Entity
from duly.kernel.refusals import BadInput
from duly.site.cli.common import DATE, answer, day, operator, options, rehearsing
from duly.site.home import home_at
from duly.site.imports import kinds  # noqa: F401  registers them
from duly.site.imports.run import Imported, Upload, import_file, kind_named, undo_import
from duly.site.imports.spec import REGISTRY


@click.command("import")
@click.argument("kind", required=False)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "mapping", multiple=True, metavar="FIELD=COLUMN", help="Say which column a field is in.")
@click.option("--dry-run", is_flag=True, help="Do everything and keep nothing; show the counts.")
@click.option("--on", "on", type=DATE, help="The business day [default: today].")
@click.option("--undo", "undo", type=int, metavar="BATCH", help="Take a batch back, whole.")
@options
def import_command(
    kind: str | None,
    file: Path | None,
    mapping: tuple[str, ...],
    dry_run: bool,
    on: datetime | None,
    undo: int | None,
    as_json: bool,
    entity: Entity,
) -> None:
    """Bring a CSV or XLSX file in. Good rows go in together; rejected rows come back as a file with reasons.

    Without arguments the kinds and their columns are listed. The same file twice changes nothing.
    """
    if undo is not None:
        taken = undo_import(undo, by=operator(entity))
        answer({"batch": undo, "rows": taken}, f"Import {undo} taken back: {taken:,} rows.", as_json)
        return
    if kind is None or file is None:
        answer({"kinds": {name: [f.name for f in k.fields] for name, k in REGISTRY.items()}}, _kinds(), as_json)
        return
    with file.open("rb") as source, rehearsing(dry_run):
        upload = Upload(source, file.name, home_at().files / "imports", _pairs(mapping))
        done = import_file(kind_named(kind), upload, today=day(on, entity), by=operator(entity))
    answer(
        {"dry_run": dry_run, **{n: getattr(done, n) for n in Imported.__dataclass_fields__}},
        _told(done, dry_run),
        as_json,
    )


def _pairs(mapping: tuple[str, ...]) -> dict[str, str] | None:
    if any("=" not in pair for pair in mapping):
        raise BadInput("imports.map_unclear", remedy="write --map FIELD=COLUMN")
    return dict(pair.split("=", 1) for pair in mapping) or None


def _told(done: Imported, dry_run: bool) -> str:
    if done.known:
        return f"This very file was brought in before (batch {done.batch_id}); nothing was changed."
    lines = [
        f"{'Would bring' if dry_run else 'Brought'} in {done.created:,} {done.kind}, {done.updated:,} updated,"
        f" {done.rejected:,} rejected of {done.read:,} rows" + ("." if dry_run else f" (batch {done.batch_id}).")
    ]
    lines += [f"  line {row['line']}: {row['reason']} - {row['remedy']}" for row in done.first_rejected]
    if done.rejected > len(done.first_rejected):
        lines.append(f"  ... and {done.rejected - len(done.first_rejected):,} more")
    if done.rejected_file:
        lines.append(f"Rejected rows with their reasons: {done.rejected_file}")
    if done.unused_columns:
        lines.append(f"Columns nobody asked for: {', '.join(done.unused_columns)}")
    return "\n".join(lines)


def _kinds() -> str:
    lines = []
    for name, kind in REGISTRY.items():
        needed = ", ".join(f.name for f in kind.fields if f.required)
        others = ", ".join(f.name for f in kind.fields if not f.required)
        lines.append(f"{name}: needs {needed}; may have {others}")
    return "\n".join(lines)
