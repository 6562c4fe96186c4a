"""Bringing files in: choose, look, rehearse, commit; the rejected rows come back; a batch can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.urls import path

from duly.desk.ports import FileLook, ImportKind, importer
from duly.desk.queries.settings import import_batches
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import by_method, page, see_other
from duly.desk.web.paging import LIMIT, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.settings_tabs import settings_tabs
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound

RIGHT = "imports.run"
NEWEST = Sort("id", descending=True)
SENTENCES.update(
    {
        "imports.unknown_ending": "This kind of file cannot be read. {remedy}.",
        "imports.unreadable": "{file}, line {line}: {problem}. {remedy}",
        "imports.file_gone": "This file does not wait here any more. Choose it again.",
        "imports.cannot_be_undone": "What this file brought in cannot be taken back as a whole.",
        "imports.batch_unknown": "There is no such import, or it was taken back already.",
        "imports.which_column": "Two columns could be “{field}”: {columns}. Say which.",
        "imports.column_missing": "A column is missing: {fields}.",
        "imports.kind_unknown": "This cannot be brought in.",
        "imports.not_wired": "Imports are not available here.",
    }
)


def kind_named(name: str) -> ImportKind:
    """Return the kind a form names."""
    for kind in importer().kinds():
        if kind.name == name:
            return kind
    raise NotFound("imports.kind_unknown", kind=name)


@page("GET", right=RIGHT)
def show(request: HttpRequest) -> HttpResponseBase:
    """Show where a file goes in, and what was brought in before."""
    actor = signed_in(request)
    return ask(request, Form(request, actor, begin_with={"kind": request.GET.get("kind", "customers")}), actor)


def ask(request: HttpRequest, form: Form, actor: Actor, status: int = 200) -> HttpResponseBase:
    cursor = cursor_of(request, NEWEST)
    rows = import_batches(actor.entity_id, before=cursor.after_id, limit=LIMIT)
    kinds = importer().kinds()
    context = {
        "form": form,
        "kinds": kinds,
        "choices": [(kind.name, kind.title[:1].upper() + kind.title[1:]) for kind in kinds],
        "undoable": {kind.name for kind in kinds if kind.undoable},
        "page": page_of(request, rows, NEWEST, key=lambda row: row.id, row_id=lambda row: row.id),
        "tabs": settings_tabs("/imports", actor),
    }
    return render(request, "settings/imports.html", context, status=status)


@page("POST", right=RIGHT)
def upload(request: HttpRequest) -> HttpResponseBase:
    """Keep the file and go on to look at it."""
    actor = signed_in(request)
    form = Form(request, actor)
    kind = form.choice("kind", "What it holds", [known.name for known in importer().kinds()])
    file = form.file("file", "File")
    token = ""
    if file is not None and not form.wrong:
        with refusals_in(form, actor, field="file"):
            token = importer().keep(file, str(file.name), by=actor)  # type: ignore[arg-type]
    if form.wrong:
        return ask(request, form, actor, 422)
    return see_other(f"/imports/{kind}/{token}")


def mapping_of(request: HttpRequest, kind: ImportKind) -> dict[str, str]:
    """Return which column the person chose for each field; empty when nothing was chosen yet."""
    if request.method != "POST":
        return {}
    return {known.name: request.POST.get(f"map-{known.name}", "") for known in kind.fields}


@page("GET", right=RIGHT)
def look(request: HttpRequest, kind: str, token: str) -> HttpResponseBase:
    """Show the file's head, which column is which field, and what would come of it."""
    return check(request, signed_in(request), kind_named(kind), token)


@page("POST", right=RIGHT)
def act_on(request: HttpRequest, kind: str, token: str) -> HttpResponseBase:
    """Rehearse with the chosen columns, or bring the file in."""
    actor, known = signed_in(request), kind_named(kind)
    if request.POST.get("step") != "commit":
        return check(request, actor, known, token)
    mapping = mapping_of(request, known)
    if not importer().look(kind, token, mapping, by=actor).is_clear:
        return check(request, actor, known, token)
    outcome = importer().commit(kind, token, mapping, today=day_of(actor), by=actor)
    if outcome.known:
        return acted(request, "/imports", "This very file was brought in before. Nothing was changed.", tone="warn")
    said = f"{outcome.created:,} {known.title} brought in, {outcome.updated:,} updated."
    rejected = f"{outcome.rejected:,} rows were rejected: fetch them below." if outcome.rejected else ""
    return acted(request, "/imports", said, note=rejected)


def check(request: HttpRequest, actor: Actor, kind: ImportKind, token: str) -> HttpResponseBase:
    mapping = mapping_of(request, kind)
    form = Form(request, actor)
    found = importer().look(kind.name, token, mapping, by=actor)
    outcome = None
    if found.is_clear:
        with refusals_in(form, actor):
            outcome = importer().rehearse(kind.name, token, chosen(found, mapping), today=day_of(actor), by=actor)
    context: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "found": found,
        "columns": chosen(found, mapping),
        "outcome": outcome,
        "at": f"/imports/{kind.name}/{token}",
        "tabs": settings_tabs("/imports", actor),
    }
    return render(request, "settings/import_look.html", context, status=422 if form.wrong else 200)


def chosen(found: FileLook, mapping: Mapping[str, str]) -> Mapping[str, str]:
    """Return the column of each field: what the person chose, else what was proposed."""
    return mapping or found.columns


@page("GET", right=RIGHT)
def rejected(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """Give the rejected rows back as a file with a reason each."""
    file = importer().rejected(batch_id, by=signed_in(request))
    if file is None:
        raise NotFound("imports.file_gone", batch=batch_id)
    return FileResponse(file.open("rb"), as_attachment=True, filename=file.name, content_type="text/csv; charset=utf-8")


@page("POST", right=RIGHT)
def undo(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """Take a batch back, whole."""
    gone = importer().undo(batch_id, by=signed_in(request))
    return acted(request, "/imports", f"Import {batch_id} is taken back: {gone:,} rows.")


urlpatterns = [
    path("imports", by_method(show, upload), name="imports"),
    path("imports/<int:batch_id>/rejected", rejected, name="imports-rejected"),
    path("imports/<int:batch_id>/undo", undo, name="imports-undo"),
    path("imports/<str:kind>/<str:token>", by_method(look, act_on), name="imports-look"),
]
