"""Where somebody may be: the zones of a country, of its region, and of the number one would call."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from duly.collections.law import shipped


@cache
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """Return the zones of each country as the time zone database lists them (zone.tab, ISO 3166 codes)."""
    found: dict[str, list[str]] = {}
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found.setdefault(country, []).append(zone)
    return {country: tuple(zones) for country, zones in found.items()}


@cache
def state_of_area_code(code: str) -> str | None:
    """Return the state of a North American area code; None for one that is no place."""
    table: dict[str, str] = shipped("area_codes")
    return next((state for state, codes in table.items() if code in codes.split()), None)


@cache
def zones_of(country: str, region: str, code: str, *, otherwise: str) -> tuple[str, ...]:
    """Return every zone somebody may be in, by address and by the area code of the number; `otherwise` where nothing is
    known. A contact is allowed only where it is allowed in all of them.
    """
    regions: dict[str, dict[str, list[str]]] = shipped("regions")
    known = regions.get(country, {})
    zones = list(known.get(region.strip().upper(), zones_by_country().get(country, ())))
    state = state_of_area_code(code) if code else None
    if state is not None:
        zones += regions["US"][state]
    return tuple(dict.fromkeys(zones)) or (otherwise,)
