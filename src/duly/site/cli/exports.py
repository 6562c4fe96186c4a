"""`duly export KIND FILE`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from duly.access.models import Entity
from duly.kernel.refusals import BadInput
from duly.reports.queries import BY_NAME
from duly.site.cli.common import DATE, answer, operator, options, today_of
from duly.site.exporting import KINDS, LISTS, Days, export


@click.command("export")
@click.argument("kind", required=False, metavar="KIND")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "from_on", type=DATE, help="First day of movements [default: all].")
@click.option("--to", "to_on", type=DATE, help="Last day of movements [default: all].")
@click.option("--as-of", type=DATE, help="The day of open items, aging, balances [default: today].")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Another parameter of a report.")
@options
def export_command(
    kind: str | None,
    file: Path | None,
    from_on: datetime | None,
    to_on: datetime | None,
    as_of: datetime | None,
    values: tuple[str, ...],
    as_json: bool,
    entity: Entity,
) -> None:
    """Write a table as CSV, XLSX or Parquet, by the name's ending; the journal as CSV or Beancount.

    Without arguments the kinds are listed. A file of that name is replaced.
    """
    if kind is None or file is None:
        words = [f"{name}: {BY_NAME[name].answers}" if name in BY_NAME else name for name in KINDS if name != "journal"]
        columns = {name: [column.name for column in found] for name, found in LISTS.items()}
        answer({"kinds": [*KINDS], "columns": columns}, "\n".join([*words, "journal: .csv or .beancount"]), as_json)
        return
    if any("=" not in pair for pair in values):
        raise BadInput("exports.set_unclear", remedy="write --set NAME=VALUE")
    asked = dict(pair.split("=", 1) for pair in values) | ({"as_of": f"{as_of:%Y-%m-%d}"} if as_of else {})
    days = Days(from_on.date() if from_on else None, to_on.date() if to_on else None)
    done = export(kind, file, days=days, values=asked, today=today_of(entity), by=operator(entity))
    facts = {"kind": kind, "file": str(file), "bytes": file.stat().st_size, **done}
    answer(facts, f"{done['rows']:,} rows of {kind} are in {file}.", as_json)
