"""`python -m benchmarks NAME [--json] [options]`: one measurement, one line of JSON with its yardstick and ratio."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

HELPERS = {"__init__", "__main__", "machine", "bill_run_fill", "dunning_fill"}


def names() -> list[str]:
    """Name the benchmarks there are."""
    modules = [file.stem for file in Path(__file__).parent.glob("*.py") if file.stem not in HELPERS]
    return sorted(stem.replace("_", "-") for stem in modules if hasattr(import_module(f"benchmarks.{stem}"), "run"))


def main(arguments: list[str]) -> int:
    """Run the benchmark named and print its result; 2 when there is none of that name."""
    if not arguments or arguments[0].startswith("-") or arguments[0] not in names():
        print(f"which benchmark? {', '.join(names())}", file=sys.stderr)
        return 2
    name, *rest = arguments
    as_json = "--json" in rest
    result = import_module(f"benchmarks.{name.replace('-', '_')}").run([word for word in rest if word != "--json"])
    result.setdefault("name", name)
    if as_json:
        print(json.dumps(result, default=str))
    else:
        width = max(len(key) for key in result)
        print("\n".join(f"{key:<{width}}  {value}" for key, value in result.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
