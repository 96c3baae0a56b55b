"""`market-pulse train`: make the bundled weights anew, those of the decisions and those of the parser.

`judgement` learns from annotated articles (`extractors.learning`). `parser` runs spaCy's trainer with the configuration
and seed committed beside the weights, measures on the test part, and writes a pipeline without the words of the data.
Both need minutes and no network.
"""

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.told_group import ToldGroup
from bot.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language

MODEL_DIR = Path(__file__).parents[2] / "extractors" / "model"
CONFIG = MODEL_DIR / "parser_training.cfg"
_PARTS = ("train.spacy", "dev.spacy", "test.spacy")
_META = {
    "name": "market_pulse_parser",
    "description": "English tagger and dependency parser (Penn tags, Universal Dependencies without subtypes).",
    "license": "CC BY-SA 4.0",
    "sources": [
        {
            "name": "GUM (CC BY and CC BY-SA genres)",
            "url": "https://github.com/amir-zeldes/gum",
            "license": "CC BY 4.0",
        },
        {"name": "UD English-EWT (dev, test)", "url": "https://universaldependencies.org", "license": "CC BY-SA 4.0"},
    ],
}


@click.group(cls=ToldGroup)
def train() -> None:
    """Make the bundled weights anew."""


@train.command()
@click.option(
    "--articles",
    "folders",
    required=True,
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Folder of annotated articles to learn from; give it again for more. Articles of the split test are left out.",
)
@click.option(
    "--lines",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File of lines on share moves, such as tests/corpus/lines/reactions.txt; may be given again.",
)
@click.option(
    "--onto-bundled",
    is_flag=True,
    help="Refine the bundled weights: start from them and stay near them. Without it, learn from nothing.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="File to write; default: the bundled one.",
)
def judgement(folders: tuple[Path, ...], lines: tuple[Path, ...], *, onto_bundled: bool, output: Path | None) -> None:
    """Learn what decides who deals, what an article is about, which numbers are a deal's and whose shares move."""
    from bot.evaluation import read_annotated
    from bot.judgement_file import bundled_judgement, load_judgement, save_judgement
    from bot.learning import learn_from

    articles = [article for folder in folders for article in read_annotated(folder) if article.split != "test"]
    try:
        learned = learn_from(articles, lines=lines, onto=load_judgement() if onto_bundled else None)
    except ValueError as error:
        raise InputError(f"{len(articles)} articles are too few to learn from: {error}.") from error
    file = output or bundled_judgement()
    save_judgement(learned, file)
    click.echo(f"Learned from {len(articles)} articles; written to {file}.")


@train.command()
@click.option(
    "--treebank",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with train.spacy, dev.spacy and test.spacy (spaCy DocBins).",
)
@click.option(
    "--output", type=click.Path(path_type=Path), default=None, help="Folder to write to; default: the bundled parser's."
)
@click.option("--steps", type=click.IntRange(min=1), default=None, help="Stop after this many steps (for a trial).")
def parser(treebank: Path, output: Path | None, steps: int | None) -> None:
    """Train tagger and parser; same data, machine and versions give the same weights."""
    missing = [name for name in _PARTS if not (treebank / name).is_file()]
    if missing:
        raise InputError(f"{treebank} lacks {', '.join(missing)}; give the folder that holds {', '.join(_PARTS)}.")
    scores = train_parser(treebank, output or MODEL_DIR / "parser", steps=steps)
    click.echo(json.dumps(scores))


def train_parser(treebank: Path, output: Path, *, steps: int | None = None) -> dict[str, float]:
    """Train on `treebank`, replace `output` by the best pipeline and return its scores on the test part."""
    from spacy.cli.train import train as spacy_train

    overrides: dict[str, Any] = {f"paths.{part}": str(treebank / f"{part}.spacy") for part in ("train", "dev")}
    if steps is not None:
        overrides |= {"training.max_steps": steps, "training.eval_frequency": max(1, min(200, steps))}
    with tempfile.TemporaryDirectory() as folder:
        spacy_train(CONFIG, Path(folder), overrides=overrides)
        return finish_pipeline(Path(folder) / "model-best", treebank / "test.spacy", output)


def finish_pipeline(trained: Path, test: Path, output: Path) -> dict[str, float]:
    """Strip the trained pipeline of the data's words, measure it, write it to `output` and return its scores."""
    pipeline = _without_words(trained)
    scores = _measure(pipeline, test)
    pipeline.meta.update(_META, performance=scores)
    pipeline.config["paths"] |= {"train": None, "dev": None}
    _write(pipeline, output)
    return scores


def _write(pipeline: "Language", output: Path) -> None:
    """Write the pipeline without any word met while measuring."""
    strings = json.loads((Path(str(pipeline.path)) / "vocab" / "strings.json").read_text(encoding="utf-8"))
    shutil.rmtree(output, ignore_errors=True)
    pipeline.to_disk(output, exclude=["vectors"])
    (output / "vocab" / "strings.json").write_text(json.dumps(strings) + "\n", encoding="utf-8")


def _without_words(path: Path) -> "Language":
    """Load a pipeline and drop the words it has seen: the weights know only hashes, the data stay where they are."""
    import spacy

    labels = {"ROOT", "dep"}
    for _, component in spacy.load(path).pipeline:
        labels |= set(getattr(component, "labels", ()))
    (path / "vocab" / "strings.json").write_text(json.dumps(sorted(labels)), encoding="utf-8")
    return spacy.load(path)


def _measure(pipeline: "Language", test: Path) -> dict[str, float]:
    from spacy.tokens import DocBin
    from spacy.training import Example

    gold = DocBin().from_disk(test).get_docs(pipeline.vocab)
    examples = [Example(pipeline.make_doc(doc.text), doc) for doc in gold]
    scores = pipeline.evaluate(examples)
    return {name: round(float(scores[name]), 4) for name in ("tag_acc", "dep_uas", "dep_las", "sents_f")}
