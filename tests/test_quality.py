"""The code reads alike, its types hold and its layers import downwards: checked like every other promise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent
OUR_CODE = ["src", "tests", "scripts", "benchmarks", "run.py"]


def said_by(tool: str, *words: str) -> tuple[int, str]:
    """The exit code of a checking tool of our environment, and what it said."""
    done = subprocess.run(
        [TOOLS / tool, *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    return done.returncode, done.stdout + done.stderr


def here(names: list[str]) -> list[str]:
    return [name for name in names if (ROOT / name).exists()]


@pytest.mark.parametrize(
    "words",
    [["check", "--no-cache"], ["format", "--check", "--no-cache"]],
    ids=["rules of style", "one formatting"],
)
def test_the_code_keeps_the_rules_of_style(words: list[str]) -> None:
    failed, said = said_by("ruff", *words, *here(OUR_CODE))

    assert not failed, said


def test_every_type_is_stated_and_holds() -> None:
    failed, said = said_by("mypy")

    assert not failed, said


def test_every_capability_imports_only_what_is_below_it() -> None:
    failed, said = said_by("lint-imports")

    assert not failed, said
