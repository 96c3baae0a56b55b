"""Cut a text into sentences, headings, bullets and table rows, with their places.

Knows line breaks, bullets, end marks and abbreviations ("Inc.", "U.S.", "No. 2", "$5.75"); knows no grammar. A parser
is weak exactly here: on headlines and lists.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.parties.stopwords import words

#: Abbreviations that never end a sentence.
_NEVER = words(
    """
    mr mrs ms dr prof st vs approx ca cf e.g i.e no nos fig dept est jan feb mar apr jun jul aug sep sept oct
    nov dec gen sen rep gov al
    """
)
#: Abbreviations that may end one: they do if a word follows that begins sentences.
_MAYBE = words(
    """
    inc corp ltd co llc plc u.s u.k u.s.a u.a.e a.m p.m etc bros cos l.p n.v s.a d.c ph.d jr sr e.u
    """
)
_STARTERS = words(
    """
    the a an it its in on at for this that these those as but and however meanwhile under after before with
    while when if by from he she they we our their there shares both according also although because since such
    some investors analysts bitcoin
    """
)
_END = re.compile(
    r"(?P<mark>[.!?\u2026]+[\"')\]]{0,2})(?:\s+(?=[\"'(\[]?[A-Z0-9$\u20ac\u00a3\u2022\u00c0-\u00dd]|[a-z]{1,2}[A-Z])|(?=[A-Z][a-z]+\s)|\s*$)|(?P<bullet>\s[\u2022\u25cf\u25aa\u2023\u25e6\u2043\u00b7]\s)"
)
_WORD_BEFORE = re.compile(r"[A-Za-z.]+$")
_NEXT_WORD = re.compile(r"[\s\"'(]*([A-Za-z]+)")
#: "J.P. Morgan": two initials before a surname, unless they are a known abbreviation.
_INITIALS = re.compile(r"[A-Z]\.[A-Z]")
_LINE = re.compile(r"[^\n]+")
_WRAP = re.compile(r"[a-z,;]$|\b(?:a|an|the|of|to|and|in|for|with|by|at|its|that|from)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or line: its place, which block of the text it is in, and whether it ends like a sentence.

    `finished` is false for headings, bullets without an end mark and table rows.
    """

    start: int
    end: int
    block: int
    finished: bool


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of the normalised `text` in order; together they hold every character but white space."""
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_blocks(text)):
        found.extend(_cut(text, start, end, number))
    return tuple(found)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield lines, joined where a line was only wrapped: it ends in small letters and the next begins with one."""
    start = end = -1
    for line in _LINE.finditer(text):
        if not line[0].strip():
            continue
        wrapped = start >= 0 and text[end : line.start()] == "\n" and _continues(text[start:end], line[0])
        if start >= 0 and not wrapped:
            yield start, end
        if not wrapped:
            start = line.start()
        end = line.end()
    if start >= 0:
        yield start, end


def _continues(before: str, line: str) -> bool:
    return len(before) > 40 and line[:1].islower() and _WRAP.search(before[-20:].rstrip()) is not None


def _cut(text: str, start: int, end: int, number: int) -> Iterator[Sentence]:
    begin = start
    for match in _END.finditer(text, start, end):
        if match["bullet"] is None and not _ends_sentence(text, match):
            continue
        stop = match.end("mark") if match["bullet"] is None else match.start()
        sentence = _stripped(text, begin, stop, number)
        if sentence is not None:
            yield sentence
        begin = match.end() if match["bullet"] is None else match.start() + 1
    last = _stripped(text, begin, end, number)
    if last is not None:
        yield last


def _stripped(text: str, start: int, end: int, number: int) -> Sentence | None:
    piece = text[start:end]
    body = piece.strip()
    if not body:
        return None
    begin = start + len(piece) - len(piece.lstrip())
    return Sentence(begin, begin + len(body), number, body.rstrip("\"')]")[-1:] in ".!?\u2026")


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Tell whether a full stop ends a sentence rather than an abbreviation, an initial or a list number."""
    if not match["mark"].startswith(".") or match["mark"].startswith(".."):
        return True
    word = _WORD_BEFORE.search(text, max(0, match.start() - 12), match.start())
    if word is None:
        return match.end() > match.end("mark") or not text[match.end() : match.end() + 1].isdigit()
    plain = word[0].lower().strip(".")
    if plain in _NEVER or (len(plain) == 1 and word[0].isupper()):
        return False
    if plain in _MAYBE:
        following = _NEXT_WORD.match(text, match.end("mark"))
        return following is None or (following[1].lower() in _STARTERS and following[1][:1].isupper())
    return _INITIALS.fullmatch(word[0]) is None


def is_heading(line: str) -> bool:
    """Tell whether a line is written like a headline, most words with a capital."""
    words = [word for word in line.split() if word[0].isalpha()]
    if line.rstrip().endswith((".", "!")):
        return False
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.6 * len(words) and len(words) < 30
