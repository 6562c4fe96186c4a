"""The shape of the code, checked like any other behaviour."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import import_module
from inspect import isfunction, signature
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "duly"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = [layer for row in reversed(CONTRACTS[0]["layers"]) for layer in re.split(r"\s*[|:]\s*", row)]
CAPABILITIES = [layer for layer in LAYERS if layer not in ("kernel", "formats")]
SQL_FILES = sorted(SOURCE.glob("*/sql/**/*.sql"))
PYTHON_FILES = sorted(
    path for path in ROOT.glob("*/**/*.py") if ".venv" not in path.parts and path.parts[-2] != "migrations"
)
NAME = r"([a-z_][a-z0-9_]*)"
WRITES = re.compile(rf"\b(?:insert\s+into|update|delete\s+from|truncate|merge\s+into)\s+(?:only\s+)?{NAME}")
READS = re.compile(rf"\b(?:from|join)\s+(?:only\s+)?{NAME}")
COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
QUOTED = re.compile(r"'(?:[^']|'')*'")
MOST_LINES = 400


def owner(table: str) -> str | None:
    """The capability a table belongs to; temporary tables and CTEs belong to nobody."""
    return next((name for name in CAPABILITIES if table.startswith(f"{name}_")), None)


def bare(path: Path) -> str:
    return QUOTED.sub("''", COMMENT.sub(" ", path.read_text().lower()))


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_sql_writes_only_its_own_tables_and_reads_only_downwards(path: Path) -> None:
    capability, text = path.relative_to(SOURCE).parts[0], bare(path)
    written = {owner(table) for table in WRITES.findall(text) if table != "set"}
    read = {owner(table) for table in READS.findall(text)}

    assert written <= {capability, None}, f"{path} writes tables of {written - {capability, None}}"
    below = set(CAPABILITIES[: CAPABILITIES.index(capability) + 1])
    assert read <= below | {None}, f"{path} reads tables of {read - below - {None}}"


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_sql_begins_with_what_it_makes_true(path: Path) -> None:
    assert path.read_text().startswith("-- ")


def test_no_sql_pages_by_offset() -> None:
    """Sealing looks one row ahead to find where a block ends; a list never counts rows it does not show."""
    lists = [path for path in SQL_FILES if "seal" not in path.parts]
    assert [path for path in lists if re.search(r"\boffset\s+(%\(|[1-9])", bare(path))] == []


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_LINES


def functions_of(module_name: str) -> Iterator[tuple[str, object]]:
    module = import_module(module_name)
    for name, function in vars(module).items():
        if isfunction(function) and function.__module__ == module_name and not name.startswith("_"):
            yield name, function


ACTION_MODULES = sorted(
    ".".join(path.with_suffix("").relative_to(SOURCE.parent).parts).removesuffix(".__init__")
    for capability in CAPABILITIES
    for path in [*SOURCE.glob(f"{capability}/actions.py"), *SOURCE.glob(f"{capability}/actions/*.py")]
)
STEPS = ("_batch",)
"""Doors take `by` for the record but are steps inside an action, so they are no actions themselves."""


@pytest.mark.parametrize("module_name", ACTION_MODULES)
def test_whatever_changes_data_for_somebody_is_an_action(module_name: str) -> None:
    asked = [(name, function) for name, function in functions_of(module_name) if "by" in signature(function).parameters]  # type: ignore[arg-type]

    bare_ones = [
        name for name, f in asked
        if not hasattr(f, "right") and not name.endswith(STEPS) and not (f.__doc__ or "").startswith("Step:")
    ]  # fmt: skip

    assert bare_ones == []


def test_only_the_clock_reads_the_clock() -> None:
    found = []
    for path in SOURCE.glob("**/*.py"):
        if path.name == "clock.py" or "embedded" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                dotted = ast.unparse(node.func)
                if dotted in ("datetime.now", "date.today", "datetime.today", "datetime.utcnow", "timezone.now"):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {dotted}")
    assert found == []


def test_nothing_speaks_of_the_place_where_it_was_written() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    words = re.compile(r"(/wo" r"rk/|/fa" r"rm/|\.lib" r"rary|/opt/py" r"pi|/opt/wh" r"eels)")
    found = []
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in {".woff2", ".ttf", ".png", ".pdf", ".otf"} or not path.is_file():
            continue
        if words.search(path.read_text(errors="replace")):
            found.append(name)
    assert found == []
