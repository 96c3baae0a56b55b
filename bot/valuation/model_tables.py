"""The capacity model's tables, read from the shipped configuration. Knows where they lie, not what they mean."""

from functools import cache
from pathlib import Path

from bot.capacity.assumptions import Assumptions, build_assumptions
from bot.capacity.question import QuestionError
from bot.errors import ConfigError
from bot.settings import config_dir
from bot.toml_file import load_toml


@cache
def load_assumptions(folder: Path | None = None) -> Assumptions:
    """Read economics.toml and hardware.toml; a row that cannot be used is a ConfigError."""
    where = folder or config_dir()
    economics, hardware = load_toml(where / "economics.toml"), load_toml(where / "hardware.toml")
    try:
        return build_assumptions(economics.data, hardware.data)
    except (QuestionError, KeyError, TypeError, ValueError) as error:
        remedy = "Correct the row, or restore the shipped file."
        raise ConfigError(f"{economics.path} or {hardware.path.name}", "", str(error), remedy) from error
