"""Find GPUs: "76,000 GB300 GPUs", "18 GB300 NVL72 racks", "H100s", "4,096 B200", "100,000 GPUs".

Knows model names (a table handed in, and the shape of names for models newer than the table) and counts; does not
know which deal they belong to. Mining machines are no GPUs.
"""

import re
from collections.abc import Iterator, Sequence

from extractors.closed_sets import QuantityKind, Where
from extractors.models import GpuModel, Quantity
from extractors.quantities.numbers import Number, first_at_or_after, joined, scan_numbers
from extractors.quantities.qualifiers import qualifier_at

_VENDOR = r"(?:(?:NVIDIA|Nvidia|nvidia|AMD)(?:'s)?(?:[-\s](?:Corp\.?|Inc\.?))?[-\s])"
_LINE = r"(?:(?:HGX|DGX|SXM|SuperPOD|Instinct|Blackwell|Hopper|Grace|Tensor\sCore)[-\s])"
_SHAPED = r"(?:(?:GB|VR|GH)[1-9]00[A-Z]?|[HB][1-9]00|H20|A[18]00|A[1-4]0|V100|R[1-3]00|L40S?|MI\s?\d{3}[AX]?|RTX\s(?:A?\d{4}|PRO\s\d{4})(?:\sAda)?|Vera\sRubin|Rubin(?:\sUltra)?|Blackwell(?:\sUltra)?|Grace\sBlackwell|Hopper|Ampere|Trainium\s?\d?|TPU\sv\d\w?|Ironwood)"
_NOUN = r"(?:(?:AI|cloud|graphics|data\scenter|high-end|tensor|computing|accelerated)[-\s])?(?:GPUs?(?!-?\s?hour)|TPUs?|graphics[-\s](?:processing[-\s]units?|processors?|cards?|chips?)|accelerators?|chips?|superchips?|processors?|cards?|units)"
_RACK = r"(?:\s?(?P<nvl>NVL\s?-?(?P<per_rack>\d{2,3})))"
_ADJECTIVE = r"(?:(?!by|of|for|and|to|in|with|on|the|from|square|miles?|MW|percent|per|(?i:years?|yrs?|months?|weeks?|days?|decades?|quarters?)\b)[A-Za-z][\w'-]{1,14}[\s-])"
_RACK_NOUN = re.compile(r"\s(?:racks?|systems?|cabinets?|rack-scale\ssystems?)\b", re.IGNORECASE)
_COUNT_AFTER = re.compile(r"(?:\s?GPUs?)?(?:\s?\(\"?GPUs\"?\))?(?::\s|,\s|\s\(|\s[-\u2013\u2014]\s)$")
#: Lines, racks and plurals are read by the grammar, not as names of their own.
_LINE_NAME = re.compile(r"NVL|HGX|DGX|SXM|Instinct|[0-9]s$")
_GPU_TALK = re.compile(r"GPU|Nvidia|AMD\b|accelerator|graphics", re.IGNORECASE)
#: Model names that are also words; they count only beside a vendor, a noun or a count.
_WORDS = frozenset(
    {
        "hopper",
        "ampere",
        "rubin",
        "blackwell",
        "ironwood",
        "vera rubin",
        "l40",
        "l4",
        "a10",
        "a30",
        "a40",
        "h20",
        "r100",
    }
)


class GpuFinder:
    """Find GPU counts and models of a table of models."""

    def __init__(self, models: Sequence[GpuModel] = ()) -> None:
        self._shown = {_plain(model.key): _shown(model) for model in models}
        rows = (name for model in models for name in (model.key, *model.aliases) if not _LINE_NAME.search(name))
        names = sorted(set(rows), key=len, reverse=True)
        model = "|".join([*(re.escape(name).replace(r"\ ", r"[\s-]?") for name in names), _SHAPED])
        self._model = re.compile(
            rf"(?<![A-Za-z0-9])(?P<vendor>{_VENDOR})?{_LINE}{{0,2}}(?P<model>{model})(?:s|'s)?{_RACK}?(?![A-Za-z0-9])(?P<noun>[-\s](?:Tensor\sCore\s|AI\s)?{_NOUN}\b)?"
        )
        self._bare = re.compile(
            rf"[-\s](?:of\s(?:the|its|those|these)\s)?(?P<adjectives>{_ADJECTIVE}{{0,5}}?)(?P<noun>{_NOUN})\b",
            re.IGNORECASE,
        )
        self._between = re.compile(rf"(?:\s|[-\s](?:of\s(?:the\s|its\s)?)?{_ADJECTIVE}{{0,5}})")

    def find(self, text: str, where: Where, numbers: Sequence[Number] | None = None) -> list[Quantity]:
        """Return every count and every model of GPUs in the normalised `text`, in order."""
        numbers = scan_numbers(text) if numbers is None else numbers
        models = [match for match in self._model.finditer(text) if self._counts(text, match)]
        named = [self._named(text, where, match, numbers) for match in models]
        taken = {quantity.start for quantity in named}
        bare = (one for one in self._bare_counts(text, where, numbers) if one.start not in taken)
        return sorted([*named, *bare], key=lambda quantity: quantity.start)

    def _counts(self, text: str, match: re.Match[str]) -> bool:
        """Accept a family that is also a word ("Hopper") only beside a vendor, a noun or talk of GPUs."""
        if match["model"].lower() not in _WORDS or match["vendor"] or match["noun"] or match["nvl"]:
            return True
        return _GPU_TALK.search(text, max(0, match.start() - 80), match.end() + 80) is not None

    def _named(self, text: str, where: Where, match: re.Match[str], numbers: Sequence[Number]) -> Quantity:
        count = self._count_before(text, match, numbers)
        low = None
        start, end, rule = match.start(), match.end(), "gpu.model"
        value: float | None = None
        if count is not None:
            start, value, rule = count.start, count.value, "gpu"
            index = first_at_or_after(numbers, count.start)
            left = numbers[index - 1] if index else None
            low = (
                left if left and left.value < count.value and joined(text, left.start, left.end, count.start) else None
            )
        elif (after := self._count_after(text, match, numbers)) is not None:
            end, value, rule = after.end, after.value, "gpu.after"
        if low is not None:
            start = low.start
        value, high = (low.value, value) if low is not None else (value, None)
        if value is not None and match["per_rack"] and (rack := _RACK_NOUN.match(text, match.end())) is not None:
            value, end, rule = value * int(match["per_rack"]), rack.end(), "gpu.racks"
        qualifier = qualifier_at(text, start, end)
        return Quantity(
            kind=QuantityKind.GPU, where=where, start=start, end=end, text=text[start:end], value=value, value_high=high,
            qualifier=qualifier, gpu_model=self._name(match["model"]), rule=rule,
        )  # fmt: skip

    def _count_before(self, text: str, match: re.Match[str], numbers: Sequence[Number]) -> Number | None:
        index = first_at_or_after(numbers, match.start()) - 1
        if index < 0 or match.start() - numbers[index].end > 60 or not _whole(numbers[index]):
            return None
        return numbers[index] if self._between.fullmatch(text, numbers[index].end, match.start()) else None

    def _count_after(self, text: str, match: re.Match[str], numbers: Sequence[Number]) -> Number | None:
        index = first_at_or_after(numbers, match.end())
        if index == len(numbers) or numbers[index].start - match.end() > 12 or numbers[index].value < 2:
            return None
        gap = text[match.end() : numbers[index].start]
        follows = re.match(r"[.;\n]|\sin\snumber|$|\)", text[numbers[index].end : numbers[index].end + 12])
        return numbers[index] if follows and _whole(numbers[index]) and _COUNT_AFTER.search(gap) else None

    def _name(self, model: str) -> str:
        """Return the table's spelling of a model, else the text's; a family ("Blackwell") keeps its own name."""
        return self._shown.get(_plain(model), re.sub(r"^(MI)\s", r"\1", model.replace("-", " ")))

    def _bare_counts(self, text: str, where: Where, numbers: Sequence[Number]) -> Iterator[Quantity]:
        for number in numbers:
            match = self._bare.match(text, number.end, min(len(text), number.end + 100)) if _whole(number) else None
            if match is None or not _is_gpu_noun(match, number.value):
                continue
            qualifier = qualifier_at(text, number.start, match.end())
            yield Quantity(
                kind=QuantityKind.GPU, where=where, start=number.start, end=match.end(), text=text[number.start : match.end()],
                value=number.value, qualifier=qualifier, rule="gpu.count",
            )  # fmt: skip


#: As many chips as this are a cluster's.
_MANY = 1000


def _is_gpu_noun(match: re.Match[str], count: float) -> bool:
    """Accept "chips" only in thousands or when an adjective says what kind; "GPUs" alone is enough."""
    noun = match["noun"].lower()
    if "gpu" in noun or "graphics" in noun or "tpu" in noun or noun.startswith("ai"):
        return True
    if noun in {"chips", "accelerators"} and count >= _MANY:
        return True
    return "units" not in noun and bool(
        re.search(r"nvidia|amd\b|ai\b|gpu|blackwell|hopper", match["adjectives"], re.IGNORECASE)
    )


def _whole(number: Number) -> bool:
    return number.value >= 2 and number.value == int(number.value) and number.value < 1e8


def _shown(model: GpuModel) -> str:
    return next((alias for alias in model.aliases if _plain(alias) == _plain(model.key)), model.key.upper())


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
