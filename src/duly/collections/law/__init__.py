"""Law as it is shipped: data with its source, loaded into each office, which may change it. Have it confirmed."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def shipped(name: str) -> Any:
    """Return the content of one of the files beside this one: contact, late, regions, area_codes, holidays."""
    return json.loads(files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
