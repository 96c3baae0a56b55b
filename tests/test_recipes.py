"""Every recipe of the README runs, as it stands there, on a database that the program made."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
RECIPES = re.findall(
    r"```(sh|python)\n(.*?)```", README.partition("<!-- recipes -->")[2].partition("<!-- /recipes -->")[0], re.DOTALL
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds market-pulse.db as the demo leaves it, and the exported views."""
    place = tmp_path_factory.mktemp("recipes")
    run = [sys.executable, "-m", "bot"]
    subprocess.run([*run, "demo", "--out", str(place)], check=True, capture_output=True, cwd=ROOT, timeout=120)
    (place / "market-pulse-demo.db").rename(place / "market-pulse.db")
    subprocess.run(
        [*run, "--db", str(place / "market-pulse.db"), "db", "export", str(place / "export-folder")],
        check=True,
        capture_output=True,
        cwd=ROOT,
        timeout=60,
    )
    return place


@pytest.mark.parametrize(("language", "code"), RECIPES, ids=range(len(RECIPES)))
def test_recipe(folder: Path, language: str, code: str) -> None:
    if code.startswith("sqlite3 ") and shutil.which("sqlite3") is None:
        pytest.skip("the sqlite3 command is not installed")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, "-c", code] if language == "python" else ["sh", "-ec", code]
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_there_are_recipes_for_each_tool() -> None:
    text = " ".join(code for _, code in RECIPES)
    assert all(tool in text for tool in ("sqlite3", "sqlite-utils", "pandas", "duckdb", "datasette"))
