"""Dismiss in microseconds an article that cannot hold a miner's AI deal. Errs on the side of keeping.

Looks for three things in the lower-cased bytes of title and text: somebody who mines or rents out compute, compute or
megawatts of halls, and a bargain. Knows words only; whoever passes is read in full. Bytes, because lowering a text with curly
quotes costs ten times as much as lowering its UTF-8.
"""

import re
from collections.abc import Iterable, Sequence

from extractors.closed_sets import PartyKind
from extractors.models import Company

#: Somebody mines coins.
_MINING = (b"miner", b"mining", b"hashrate", b"hash rate", b"hash-rate", b"bitcoin dig", b"mine enterprise")
_CHAIN = (b"bitcoin", b"crypto", b"btc", b"digital asset", b"digital-asset")
#: Somebody rents out compute.
_NEOCLOUD = (b"neocloud", b"neo-cloud", b"ai cloud", b"gpu cloud", b"ai-cloud", b"hyperscal")
_COMPUTE = (b"gpu", b"hpc", b"data cent", b"datacent", b"data-cent", b"coloc", b"compute", b"hosting", b"cloud", b"artificial intel", b" ai ", b"ai-", b"high-performance", b"megawatt", b" chips", b"processors")  # fmt: skip
#: Something is agreed.
_BARGAIN = (b"lease", b"contract", b"agree", b"deal", b"tenant", b"partner", b"customer", b"client", b"acqui", b"merger", b"offer", b"talks", b"sign", b"rent",
            b"suppl", b"loan", b"stake", b"commit", b"purchas", b"bought", b"buy", b"takes", b"takeover", b"letter of intent", b"joint venture")  # fmt: skip
_LEASE = (b"lease", b"leasing", b"tenant", b"rent", b"agreement", b"contract", b"deal", b"customer", b"client")
_TAKEOVER = (b"takeover", b"take over", b"taken over", b"merger", b"acqui", b" bid", b"buyout")
#: A company takes another name, under which its next deal will be told.
_RENAMING = (b"renam", b"rebrand", b"its name", b"new name", b"name change", b"formerly", b"known as")
#: A figure in megawatts; "mw" alone is also a car.
_MEGAWATTS = re.compile(rb"[0-9](?:\s|-|\xc2\xa0|\xe2\x80\x91)?(?:mw|gw)(?![a-z])|megawatt|gigawatt|kilowatt")
#: Without one of these words nothing below can be true; looked up in the set of the article's words, the cheapest way.
_TRIGGERS = frozenset(
    b"miner miners mining hashrate hash neocloud neoclouds neo hyperscaler hyperscalers hyperscale gpu gpus hpc megawatt "
    b"megawatts gigawatt gigawatts kilowatt kilowatts mw mws gw gws digger diggers mine cryptominer cryptominers".split()
)
#: Units glued to their number ("300MW"), and cloud words of two parts.
_GLUED = (b"mw ", b"gw ", b"ai cloud", b"gpu cloud")
#: Words of names that half the crypto news holds; another word of the name finds it cheaper.
_EVERYDAY = frozenset(
    b"bitcoin crypto digital technologies holdings infrastructure limited company group mining 500".split()
)
_SUBJECTS = frozenset({PartyKind.MINER, PartyKind.NEOCLOUD})
_SHORTEST_SYMBOL = 3
#: Lower-cases letters and turns everything else but the letters and digits of ASCII into spaces, so that words can be split.
_PLAIN = bytes(
    code + 32 if 65 <= code <= 90 else code if code < 128 and chr(code).isalnum() else 32 for code in range(256)
)  # fmt: skip


class Gate:
    """Tell articles that may hold a deal from those that cannot."""

    def __init__(self, companies: Sequence[Company] = ()) -> None:
        names = {name for company in companies for name in _distinctive(company)}
        self._heads: dict[bytes, tuple[bytes, ...]] = {}
        for name in sorted(names):
            head = max(name.split(), key=lambda word: (word not in _EVERYDAY, len(word)))
            self._heads[head] = (*self._heads.get(head, ()), name)
        self._triggers = _TRIGGERS | self._heads.keys()

    def is_relevant(self, title: str, text: str) -> bool:
        """Return False only if the article cannot hold a deal of a miner or a neocloud."""
        raw = f"{title}\n{text}".encode("utf-8", "replace")
        plain = raw.translate(_PLAIN)
        words = plain.split()
        if self._triggers.isdisjoint(words) and not _any(_GLUED, plain):
            return False
        body = raw.lower()
        return self._of_mining(body) or _of_power(body) or self._of_compute(words, body)

    def _of_mining(self, body: bytes) -> bool:
        """A miner beside megawatts, beside compute and a bargain, about to be taken over, or under another name."""
        mining = _any(_MINING, body)
        if not mining and not _any(_CHAIN, body):
            return False
        if _MEGAWATTS.search(body) or (mining and (_any(_TAKEOVER, body) or _any(_RENAMING, body))):
            return True
        return mining and _any(_COMPUTE, body) and _any(_BARGAIN, body)

    def _of_compute(self, words: list[bytes], body: bytes) -> bool:
        """A miner or neocloud of the table beside compute or a merger, or one called so beside a bargain."""
        if (_any(_COMPUTE, body) or _any(_TAKEOVER, body)) and self._names_one(words):
            return True
        return _any(_NEOCLOUD, body) and _any(_BARGAIN, body)

    def _names_one(self, words: list[bytes]) -> bool:
        heads = self._heads.keys() & words
        spaced = b" " + b" ".join(words) + b" " if heads else b""
        return any(b" " + name + b" " in spaced for head in heads for name in self._heads[head])


def _of_power(body: bytes) -> bool:
    """Megawatts or GPUs under contract, though nobody is called a miner: the reader may know better."""
    if b"gpu" in body or b"hpc" in body:
        return _any(_LEASE, body)
    figure = (b"mw" in body or b"gw" in body or b"watt" in body) and _MEGAWATTS.search(body) is not None
    return figure and (_any(_LEASE, body) or _any(_TAKEOVER, body))


def _any(needles: Iterable[bytes], body: bytes) -> bool:
    return any(needle in body for needle in needles)


def _distinctive(company: Company) -> Iterable[bytes]:
    """Yield the names of a miner or neocloud that are no common words, as lower-case words."""
    if company.kind not in _SUBJECTS:
        return
    guarded = {name.casefold() for name in company.needs_context}
    former = (old.name for old in company.former_names)
    symbols = (ticker.symbol for ticker in company.tickers if len(ticker.symbol) > _SHORTEST_SYMBOL)
    for name in (company.name, *company.aliases, *former, *company.brands, *symbols):
        if name.casefold() not in guarded:
            yield b" ".join(name.encode().translate(_PLAIN).split())
