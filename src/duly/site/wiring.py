"""Who hears of what: the one place where capabilities that do not know each other are joined."""

from __future__ import annotations

from duly.commercial.actions.collect import collect_charges
from duly.desk.ports import import_with
from duly.invoicing.collect import COLLECTORS
from duly.site.imports.port import FileImporter


def connect() -> None:
    """Join them; called once, when Django is ready."""
    if collect_charges not in COLLECTORS:
        COLLECTORS.append(collect_charges)
    import_with(FileImporter())
