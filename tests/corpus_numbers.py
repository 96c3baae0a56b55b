"""Reads the number in a marked quantity, independently of the extractors, so that annotations can be checked.

Lenient on purpose: it sees only words that a person has already marked as a quantity of a known kind. Where it cannot
read them it says None, and the annotation has to declare the field `derived`.
"""

import re

SCALES = {
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mln": 1e6,
    "mn": 1e6,
    "mm": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "t": 1e12,
}
UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
TENS = {
    word: 10 * (index + 2)
    for index, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
WORDS = {word: index for index, word in enumerate(UNITS)} | TENS
WORDS |= {"a": 1, "an": 1, "single": 1, "half": 0.5, "dozen": 12, "hundred": 100}
NUMBER = re.compile(r"\d[\d,   ]*(?:\.\d+)?|\.\d+")


def read_number(words: str) -> float | None:
    """Return the first number, written in digits or in words."""
    match = NUMBER.search(words)
    if match:
        return float(re.sub(r"[,   ]", "", match.group()))
    spoken, _, fraction = words.lower().partition(" point ")
    digits = [WORDS[token] for token in re.findall(r"[a-z]+", fraction) if token in UNITS]
    decimals = float("0." + "".join(map(str, digits))) if digits else 0.0
    total, seen = decimals, bool(digits)
    for token in re.findall(r"[a-z]+", spoken):
        if token in WORDS:
            total = total * WORDS[token] if token in ("hundred", "dozen") and seen else total + WORDS[token]
            seen = True
    return total if seen else None


def read_money(words: str) -> float | None:
    number = read_number(words)
    if number is None:
        return None
    tail = re.sub(r"^\D*[\d,.   ]+", "", words) if NUMBER.search(words) else words
    for token in re.findall(r"[a-z]+", tail.lower()):
        if token in SCALES:
            return number * SCALES[token]
    return number


def read_power(words: str) -> float | None:
    """Return megawatts."""
    number = read_number(words)
    if number is None:
        return None
    if re.search(r"gw|gigawatt", words, re.IGNORECASE):
        return number * 1000
    return number / 1000 if re.search(r"kw|kilowatt", words, re.IGNORECASE) else number


def read_term(words: str) -> float | None:
    """Return years."""
    if re.search(r"decade", words, re.IGNORECASE):
        return 10 * (read_number(re.sub(r"\ba decade", "one decade", words)) or 1)
    number = read_number(words)
    if number is None:
        return None
    lowered = words.lower()
    for unit, per_year in (("month", 12), ("week", 52.18), ("day", 365.25), ("quarter", 4)):
        if unit in lowered:
            return number / per_year
    return number


READERS = {"money": read_money, "power": read_power, "term": read_term, "percent": read_number, "gpu": read_money}


def read_quantity(kind: str, words: str) -> float | None:
    """Return the value in the kind's base unit, or None if these words cannot be read."""
    reader = READERS.get(kind)
    return reader(words.replace("‑", "-").replace("–", "-")) if reader else None
