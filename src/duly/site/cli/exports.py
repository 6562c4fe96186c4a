"""`duly export KIND FILE`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from duly.access.models import Entity
from duly.site.cli.common import DATE, answer, day, operator, options
from duly.site.exporting import EXPORTS, KINDS, Scope, export


@click.command("export")
@click.argument("kind", required=False, metavar="KIND")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "from_on", type=DATE, help="First day of movements [default: all].")
@click.option("--to", "to_on", type=DATE, help="Last day of movements [default: all].")
@click.option("--as-of", type=DATE, help="The day of open items, aging, trial balance [default: today].")
@options
def export_command(
    kind: str | None,
    file: Path | None,
    from_on: datetime | None,
    to_on: datetime | None,
    as_of: datetime | None,
    as_json: bool,
    entity: Entity,
) -> None:
    """Write a table as CSV, XLSX or Parquet, by the name's ending; the journal as CSV or Beancount.

    Without arguments the kinds and their columns are listed. A file of that name is replaced.
    """
    if kind is None or file is None:
        kinds = {name: [column.name for column in one.columns] for name, one in EXPORTS.items()}
        words = [f"{name}: {', '.join(columns)}" for name, columns in kinds.items()]
        answer({"kinds": [*KINDS], "columns": kinds}, "\n".join([*words, "journal: .csv or .beancount"]), as_json)
        return
    scope = Scope(
        entity.id,
        from_on.date() if from_on else date.min,
        to_on.date() if to_on else date.max,
        day(as_of, entity),
    )
    rows = export(kind, file, scope, by=operator(entity))
    facts = {"kind": kind, "file": str(file), "rows": rows, "bytes": file.stat().st_size}
    answer(facts, f"{rows:,} rows of {kind} are in {file}.", as_json)
