"""The file of learned weights: where it ships, how it is read and written. What is in it, `extractors.judgement` knows."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import ConfigError
from extractors.judgement import Judgement, judgement_from_json, judgement_to_json


def bundled_judgement() -> Path:
    """Return the file that ships with the program."""
    import extractors

    return Path(extractors.__file__).parent / "model" / "judgement.json"


def load_judgement(path: Path | None = None) -> Judgement:
    """Read learned weights; ConfigError naming the file where it is missing or holds none."""
    file = path or bundled_judgement()
    try:
        return judgement_from_json(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigError(file, "", f"cannot be read ({error.strerror})", "Install the program again.") from error
    except (KeyError, TypeError, ValueError) as error:
        remedy = "Write it anew with `market-pulse train judgement`."
        raise ConfigError(file, "", "holds no learned weights", remedy) from error


def save_judgement(judgement: Judgement, path: Path) -> None:
    """Write learned weights, one feature a line, so that a change can be read."""
    models = ",\n".join(
        f'{json.dumps(name)}: {{"labels": {json.dumps(model["labels"])}, "bias": {json.dumps(model["bias"])}, "weights": {{\n'
        f"{_rows(model['weights'])}\n}}}}"
        for name, model in judgement_to_json(judgement).items()
    )
    path.write_text(f"{{\n{models}\n}}\n", encoding="utf-8")


def _rows(weights: Mapping[str, Sequence[float]]) -> str:
    return ",\n".join(f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in weights.items())
