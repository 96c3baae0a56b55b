"""Load the optional trained pipeline that adds organisation names; without it everything else works.

Knows where spaCy keeps its pipelines and what to tell the operator who names one that is not installed.
"""

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

_log = logging.getLogger(__name__)


def load_names(model: str) -> "Language | None":
    """Return the pipeline called `model` (a package or a folder), None without one or where it cannot be loaded."""
    if not model:
        return None
    import spacy

    try:
        return spacy.load(model)
    except (OSError, ImportError, ValueError) as error:
        _log.warning(
            "trained pipeline missing: install it with `python -m spacy download %s` or empty the setting"
            " [extractors] model; names are found without it",
            model,
            extra={"model": model, "reason": str(error).split(chr(10), maxsplit=1)[0]},
        )
        return None
