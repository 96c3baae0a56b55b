"""Run every area's benchmark, print one table of ratios and write bench.json.

usage: python -m tests.bench [AREA ...]; QUICK=1 in the environment for a smaller run of under a minute.
An area is a module beside this one with `measure(*, quick: bool) -> dict[str, float]`.
"""

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

RESULT = Path("bench.json")
HERE = Path(__file__).parent


def areas() -> list[str]:
    """The names of the areas that can be measured, sorted."""
    return sorted(m.name for m in pkgutil.iter_modules([str(HERE)]) if not m.name.startswith("_"))


def measure_all(names: list[str], *, quick: bool, console: Console) -> dict[str, dict[str, float]]:
    """Measure one area after the other, each in this process, and return its figures by name."""
    results = {}
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console) as progress:
        for name in names:
            task = progress.add_task(f"measuring {name}")
            module = importlib.import_module(f"tests.bench.{name}")
            results[name] = module.measure(quick=quick)
            progress.remove_task(task)
    return results


def main() -> None:
    """Measure the areas named on the command line (default: all)."""
    console = Console()
    names = sys.argv[1:] or areas()
    unknown = sorted(set(names) - set(areas()))
    if unknown:
        sys.exit(f"no such area: {', '.join(unknown)}; there are: {', '.join(areas())}")
    results = measure_all(names, quick=bool(os.environ.get("QUICK")), console=console)
    table = Table("area", "figure", "value", title="Market Pulse benchmarks")
    for area, figures in results.items():
        for figure, value in figures.items():
            table.add_row(area, figure, f"{value:,.4g}")
    console.print(table)
    RESULT.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    console.print(f"written to {RESULT}")


if __name__ == "__main__":
    main()
