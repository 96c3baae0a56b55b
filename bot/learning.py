"""Learn the weights of the decisions with the tables that ship: the bridge between annotated files and `learning`."""

from collections.abc import Sequence

from bot.catalog import load_companies, load_gpu_models
from extractors.evaluate import Names
from extractors.evaluate.annotation import AnnotatedArticle
from extractors.judgement import Judgement
from extractors.learning.curriculum import UNTAUGHT, learn
from extractors.pipeline import Extractor


def learn_from(articles: Sequence[AnnotatedArticle]) -> Judgement:
    """Learn from annotated articles; ValueError where they show too little. Takes about a second per five articles."""
    companies = load_companies()
    extractor = Extractor(companies=companies, gpus=load_gpu_models(), judgement=UNTAUGHT)
    return learn(articles, names=Names(companies), lay_out=extractor.lay_out, propose=extractor.propose)
