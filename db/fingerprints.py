"""Fingerprints of texts: an exact hash of the words, and MinHash bands that near-copies share. Pure.

Syndicated copies differ in by-line, boilerplate and a cut paragraph. The bands only nominate candidates; `is_copy`
decides on the texts themselves and asks that the figures agree, because two releases of one company about two
different deals share most of their words but not their numbers.
"""

import re
from hashlib import blake2b

import numpy as np

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SHINGLE_WORDS = 3
_ROWS = 2
_BANDS = 20
_PRIME = (1 << 31) - 1
#: Coefficients of the hash functions, fixed for ever: stored bands are only comparable under the same ones.
_DRAW = np.random.Generator(np.random.PCG64(20251103))
_FACTORS = _DRAW.integers(1, _PRIME, size=(_ROWS * _BANDS, 1), dtype=np.uint64)
_OFFSETS = _DRAW.integers(0, _PRIME, size=(_ROWS * _BANDS, 1), dtype=np.uint64)

#: A text shorter than this is too short to be called a near-copy of anything.
MIN_WORDS = 60
_MIN_JACCARD = 0.55
_MIN_CONTAINMENT = 0.80
_MIN_SAME_FIGURES = 0.75
#: No article needs more words than this to be recognised; bounds the cost of a huge page.
_MAX_WORDS = 5000


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation."""
    return _WORD.findall(text.lower())[:_MAX_WORDS]


def text_hash(text: str) -> str:
    """Hash the words of a text, so that case, spacing and punctuation do not count."""
    return blake2b(" ".join(_WORD.findall(text.lower())).encode(), digest_size=16).hexdigest()


def shingles(words: list[str]) -> frozenset[int]:
    """Return the hashes of all runs of three words."""
    runs = zip(*(words[start:] for start in range(_SHINGLE_WORDS)), strict=False)
    return frozenset(int.from_bytes(blake2b(" ".join(run).encode(), digest_size=4).digest(), "big") for run in runs)


def bands(text: str) -> tuple[int, ...]:
    """Return the band numbers of a text, none when it is too short to compare."""
    words = words_of(text)
    if len(words) < MIN_WORDS:
        return ()
    values = np.fromiter(shingles(words), dtype=np.uint64) % _PRIME
    signature = ((_FACTORS * values + _OFFSETS) % _PRIME).min(axis=1)
    rows = signature.reshape(_BANDS, _ROWS)
    return tuple(
        int.from_bytes(blake2b(bytes([n]) + row.tobytes(), digest_size=7).digest(), "big") for n, row in enumerate(rows)
    )


def is_copy(text: str, original: str) -> bool:
    """Tell whether two texts are the same article, give or take a by-line, boilerplate or a cut paragraph."""
    left, right = words_of(text), words_of(original)
    if min(len(left), len(right)) < MIN_WORDS:
        return left == right
    if not _figures_agree(text, original):
        return False
    a, b = shingles(left), shingles(right)
    shared = len(a & b)
    return shared / len(a | b) >= _MIN_JACCARD or shared / min(len(a), len(b)) >= _MIN_CONTAINMENT


def _figures_agree(text: str, original: str) -> bool:
    a, b = set(_NUMBER.findall(text)), set(_NUMBER.findall(original))
    if not a or not b:
        return True
    return len(a & b) / min(len(a), len(b)) >= _MIN_SAME_FIGURES
