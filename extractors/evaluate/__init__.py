"""The ruler: what the extractors got right, missed and invented on annotated articles.

annotated article + extraction -> `align` -> deals side by side -> `judge` -> verdicts, one per fact
verdicts -> `tally` (precision, recall, F1, accuracy) · `misses` (errors with sentence and rule) · `compare` (two runs)

Everything is computed from the list of verdicts, so a figure in the table can always be traced to its articles. Names
compare through the company table handed in; nothing here reads files.
"""

from extractors.evaluate.align import align
from extractors.evaluate.compare import Change, compare_runs
from extractors.evaluate.judge import judge_article
from extractors.evaluate.misses import Miss, misses_of
from extractors.evaluate.names import Names
from extractors.evaluate.tally import Figure, figures_of
from extractors.evaluate.verdict import Counts, Group, Verdict, counts_of

__all__ = [
    "Change",
    "Counts",
    "Figure",
    "Group",
    "Miss",
    "Names",
    "Verdict",
    "align",
    "compare_runs",
    "counts_of",
    "figures_of",
    "judge_article",
    "misses_of",
]
