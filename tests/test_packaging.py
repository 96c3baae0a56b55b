"""The wheel works in an empty environment, from any working directory, and declares all it imports."""

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "db", "extractors")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, install it alone into a new environment that borrows this one's dependencies."""
    folder = tmp_path_factory.mktemp("packaging")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT], check=True, cwd=folder
    )
    (wheel,) = folder.glob("market_pulse-*.whl")
    venv.create(folder / "env", with_pip=False, symlinks=True)
    python = folder / "env" / "bin" / "python"
    subprocess.run(
        [*pip, "--python", python, "install", "--no-deps", "--no-index", wheel],
        check=True,
        cwd=folder,
        capture_output=True,
    )
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    borrowed = Path(importlib.metadata.distribution("click").locate_file("")).resolve()
    (site / "borrowed.pth").write_text(f"import sys; sys.path.append({str(borrowed)!r})\n")
    return folder


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command from a folder that is not the checkout."""
    home = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    command = folder / "env" / "bin" / "market-pulse"
    return subprocess.run(
        [command, *args], cwd=folder, env=home, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_wheel_brings_its_config(installed: Path) -> None:
    code = "import bot, json; from bot.settings import config_dir; print(json.dumps([bot.__file__, str(config_dir())]))"
    python = installed / "env" / "bin" / "python"
    output = subprocess.run([python, "-c", code], cwd=installed, capture_output=True, text=True, check=True).stdout
    module, config = json.loads(output)
    assert Path(module).is_relative_to(installed)
    assert {"companies.toml", "feeds.toml", "hardware.toml", "economics.toml", "settings.toml"} <= {
        path.name for path in Path(config).iterdir()
    }


def test_the_installed_command_extracts(installed: Path) -> None:
    article = installed / "article.txt"
    article.write_text(
        "Bitcoin miner Cobalt Ridge Inc. signed a 10-year, $2.1 billion hosting lease for 120 MW with CoreWeave."
    )
    done = run(installed, "extract", "--json", str(article))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["deals"][0]["customer"] == "CoreWeave"


def test_the_installed_command_says_its_version(installed: Path) -> None:
    assert run(installed, "--version").stdout.startswith("market-pulse, version")


def imported_packages() -> set[str]:
    """List the top-level modules that the three rooms import."""
    names: set[str] = set()
    for path in (file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - set(ROOMS)


def test_every_import_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    optional = [item for extra in project["optional-dependencies"].values() for item in extra]
    declared = {
        re.split(r"[^\w.-]", item, maxsplit=1)[0].lower().replace("_", "-")
        for item in project["dependencies"] + optional
    }
    providers = importlib.metadata.packages_distributions()
    undeclared = {
        name
        for name in imported_packages()
        if not {provider.lower().replace("_", "-") for provider in providers.get(name, [name])} & declared
    }
    # backports.zstd is declared and is `compression` from 3.14 on; pyarrow is optional by design;
    # pydantic comes with pydantic-settings, yarl and multidict with aiohttp, thinc with spacy: one release train each.
    assert undeclared <= {"pydantic", "yarl", "multidict", "thinc", "pyarrow", "backports", "compression"}
