"""A list as a file: what the table shows, typed, with the same filters; `?as=xlsx`, `?as=csv` or
`?as=parquet`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any

from django.http import FileResponse, HttpRequest

from duly.formats.tabular.write import Column, write_csv, write_table
from duly.kernel.refusals import BadInput

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
IN_MEMORY_BYTES = 4 * 2**20


def kind_asked(request: HttpRequest) -> str:
    """Return the kind of file a list was asked for, '' when it was asked for as a page."""
    asked = request.GET.get("as", "")
    if asked and asked not in KINDS:
        raise BadInput("desk.unknown_file_kind", kind=asked, remedy="Ask for csv, xlsx or parquet")
    return asked


def table_file(
    request: HttpRequest, name: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]
) -> FileResponse:
    """Answer with the rows as a file called `name`; written to disk on the way, so any number of rows
    passes.
    """
    kind = kind_asked(request) or "csv"
    # The response closes the file when it has been sent.
    out: Any = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115
    if kind == "csv":
        write_csv(rows, columns, out, bom=True)
    else:
        write_table(rows, columns, out, ending=kind)
    out.seek(0)
    safe = re.sub(r"[^\w.-]+", "-", name).strip("-") or "table"
    return FileResponse(out, as_attachment=True, filename=f"{safe}.{kind}", content_type=KINDS[kind])
