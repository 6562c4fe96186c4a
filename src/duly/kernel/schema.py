"""Migrations are SQL: a Django migration that runs the .sql file of its own name."""

from __future__ import annotations

from importlib.resources import files

from django.db import migrations


def sql_file(package: str, name: str) -> migrations.RunSQL:
    """Return the operation that runs `package/migrations/name` (statements separated by semicolons)."""
    text = files(package).joinpath("migrations", name).read_text(encoding="utf-8")
    return migrations.RunSQL(text, migrations.RunSQL.noop)
