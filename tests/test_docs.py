"""What the documents say is so: links lead somewhere, commands, layers and doors are those of the code."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from duly.site.cli.main import COMMANDS

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "duly"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")], key=lambda path: str(path.relative_to(ROOT)))
ARCHITECTURE = (ROOT / "docs" / "ARCHITECTURE.md").read_text()
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PICTURE = "docs/pictures/office.png"
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)
COMMAND = re.compile(r"(?<![\w./-])duly ([a-z][a-z-]*)")
SHORT_PAGE = 60


def each_page(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", paths, ids=lambda page: str(page.relative_to(ROOT)))


def without_fences(text: str) -> str:
    return FENCE.sub("", text)


def anchors(text: str) -> set[str]:
    """The names GitHub gives the headings of a page."""
    names = (re.sub(r"[^\w\- ]", "", heading.strip().lower()) for heading in HEADING.findall(without_fences(text)))
    return {name.replace(" ", "-") for name in names}


def code_of(text: str) -> Iterator[str]:
    """Everything printed as code: fenced lines and `spans`."""
    yield from FENCE.findall(text)
    yield from re.findall(r"`([^`\n]+)`", without_fences(text))


@each_page(PAGES)
def test_every_link_leads_somewhere(page: Path) -> None:
    text, lost = page.read_text(), []
    for target in LINK.findall(without_fences(text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        to = (page.parent / name).resolve() if name else page
        if name == PICTURE:
            continue
        if not to.exists() or (anchor and anchor not in anchors(to.read_text())):
            lost.append(target)

    assert lost == []


@each_page(PAGES)
def test_every_command_that_is_named_exists(page: Path) -> None:
    named = {name for code in code_of(page.read_text()) for name in COMMAND.findall(code)}

    assert named <= set(COMMANDS), f"there is no duly {named - set(COMMANDS)}"


@each_page(PAGES)
def test_a_document_speaks_only_of_the_product(page: Path) -> None:
    strange = re.findall(r"(?:^|[\s`(])(/(?:home|tmp|opt|root|work)/\S*)", page.read_text())

    assert strange == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, todo = set(), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        targets = [target.partition("#")[0] for target in LINK.findall(without_fences(page.read_text()))]
        todo += [(page.parent / name).resolve() for name in targets if name and ":" not in name]

    assert sorted(str(page.relative_to(ROOT)) for page in set(PAGES) - seen) == []


def test_the_readme_names_the_commands_that_run_py_knows() -> None:
    readme, run = (ROOT / "README.md").read_text(), (ROOT / "run.py").read_text()
    named = set(re.findall(r"python3 run\.py ([a-z]+)", readme))

    assert {"demo", "test"} <= named
    assert named <= set(re.findall(r'command == "([a-z]+)"', run))


def test_the_layers_are_those_the_linter_enforces() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    said = FENCE.findall(ARCHITECTURE.partition("<!-- layers")[2])[0].split()

    assert said == contracts[0]["layers"]


def test_every_capability_is_described() -> None:
    there = {path.name for path in SOURCE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}

    assert there <= set(re.findall(r"^\| `(\w+)` \|", ARCHITECTURE, re.MULTILINE))


def test_every_door_is_named_where_it_is() -> None:
    table = ARCHITECTURE.partition("## Doors")[2].partition("\n## ")[0]
    said = {
        (door, capability)
        for doors, capability in re.findall(r"^\| (`[^|]+`) \| `(\w+)` \|", table, re.MULTILINE)
        for door in re.findall(r"`(\w+)`", doors)
    }
    there = {
        (name, path.relative_to(SOURCE).parts[0])
        for path in SOURCE.glob("*/**/*.py")
        for name in re.findall(r"@contextmanager\ndef (\w+_batch)\(", path.read_text())
    }

    assert said == there


def test_every_decision_is_in_the_list_and_fits_a_page() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()

    for page in DECISIONS:
        title = page.read_text().partition("\n")[0].removeprefix(f"# {page.name[:4]}: ")
        assert f"| [{page.name[:4]}]({page.name}) | {title} |" in index
        assert len(page.read_text().splitlines()) <= SHORT_PAGE
    assert [page.name[:4] for page in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]


def test_decisions_named_in_the_code_exist() -> None:
    named = {
        number for path in SOURCE.glob("**/*.py") for number in re.findall(r"\bdecision (\d{4})\b", path.read_text())
    }

    assert named <= {page.name[:4] for page in DECISIONS}


def test_the_variables_of_the_environment_that_are_named_are_read() -> None:
    said = {name for page in PAGES for name in re.findall(r"\bDULY_[A-Z_]+[A-Z]", page.read_text())}
    tracked = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    files = [ROOT / name for name in tracked.stdout.split()] or list(ROOT.glob("*/**/*.py"))
    here = Path(__file__)
    read = {
        name
        for path in files
        if path != here and path.is_file()
        for name in re.findall(r"\bDULY_[A-Z_]+[A-Z]", path.read_text())
    }

    assert said <= read


def command_lines(text: str) -> Iterator[list[str]]:
    """The words after `duly` of every printed command line, without prompt, comment and placeholder marks."""
    for block in FENCE.findall(text):
        for line in block.splitlines():
            said = re.match(r"^(?:\$ )?(?:python3 run\.py )?duly (.+)$", line)
            if said:
                yield shlex.split(said.group(1), comments=True)


def parameters_of(words: list[str]) -> tuple[set[str], list[str]]:
    """The options the command knows, and the words that follow its name."""
    module = import_module(f"duly.site.cli.{COMMANDS[words[0]][0]}")
    command, rest = getattr(module, f"{words[0].replace('-', '_')}_command"), words[1:]
    if isinstance(command, click.Group) and rest and rest[0] in command.commands:
        command, rest = command.commands[rest[0]], rest[1:]
    return {opt for parameter in command.params for opt in parameter.opts if opt.startswith("-")}, rest


LINES = [(page, words) for page in PAGES for words in command_lines(page.read_text()) if words[0] in COMMANDS]


@pytest.mark.parametrize(("page", "words"), LINES, ids=[f"{page.name}: {' '.join(words)}" for page, words in LINES])
def test_every_printed_command_line_can_be_typed(page: Path, words: list[str]) -> None:
    known, rest = parameters_of(words)
    options = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)}

    assert options <= known | {"--help"}


def test_every_benchmark_that_is_named_exists() -> None:
    there = {path.stem.replace("_", "-") for path in (ROOT / "benchmarks").glob("*.py")}
    scale = (ROOT / "docs" / "operations" / "scale.md").read_text()
    named = set(re.findall(r"^\| `([a-z-]+)` \|", scale, re.MULTILINE))
    run = {name for page in PAGES for name in re.findall(r"run\.py bench ([a-z][a-z-]+)", page.read_text())}

    assert named | run <= there
