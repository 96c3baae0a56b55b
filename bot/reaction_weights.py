"""The trained weights of share moves that ship with the program: read from and written to one JSON file."""

import json
from pathlib import Path

import extractors
from extractors.linear import model_to_json
from extractors.reactions.learned import ReactionModels, reaction_models_from_json

REACTION_WEIGHTS = Path(extractors.__file__).parent / "model" / "reactions.json"


def load_reaction_models() -> ReactionModels:
    """Return the bundled weights."""
    return reaction_models_from_json(json.loads(REACTION_WEIGHTS.read_text(encoding="utf-8")))


def save_reaction_models(models: ReactionModels, path: Path) -> None:
    """Write weights, rounded to what matters."""
    record = {"moves": model_to_json(models.moves), "owners": model_to_json(models.owners)}
    path.write_text(json.dumps(record, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
