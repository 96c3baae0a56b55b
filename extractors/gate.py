"""Dismiss in microseconds an article that cannot hold a miner's AI deal. Errs on the side of keeping.

Looks for three things in the lower-cased bytes of title and text: somebody who mines or rents out compute, compute or
power, and a bargain. Knows words only; whoever passes is read in full. Bytes, because lowering a text with curly
quotes costs ten times as much as lowering its UTF-8.
"""

from collections.abc import Iterable, Sequence

from extractors.models import Company, PartyKind

#: Power and compute, the most frequent in deal articles first.
_COMPUTE = (b"data cent", b"datacent", b"data-cent", b"megawatt", b"mw", b"gpu", b"hpc", b"hyperscal", b"gigawatt", b"coloc",
            b"ai cloud", b"high-performance comp", b"high performance comp", b"compute", b"cloud", b"hosting", b"artificial intel", b" ai ")  # fmt: skip
_BARGAIN = (b"lease", b"contract", b"agreement", b"deal", b"tenant", b"partner", b"acqui", b"merger", b"takeover", b"joint venture",
            b"letter of intent", b"talks", b"hosting", b"leasing", b"signed", b"rent", b"suppl", b"offer", b"loan", b"stake", b"purchas",
            b"customer", b"bought", b"buys", b"sign")  # fmt: skip
_MINING = (b"miner", b"mining", b"hashrate", b"hash rate", b"mines bitcoin")
_CHAIN = (
    b"bitcoin",
    b"crypto",
    b"btc",
    b"hashrate",
    b"hash rate",
    b"blockchain",
    b"digital asset",
    b"digital-asset",
    b"ether",
)
#: Beside these a "miner" needs no word of crypto, and a "neocloud" needs no miner.
_STRONG = (
    b"hyperscal",
    b"gpu",
    b"hpc",
    b"neocloud",
    b"ai data cent",
    b"coloc",
    b"high-performance comp",
    b"megawatt",
    b"ai host",
)
_NEOCLOUD = (b"neocloud", b"neo-cloud", b"ai cloud", b"gpu cloud", b"ai-cloud")
_SUBJECTS = frozenset({PartyKind.MINER, PartyKind.NEOCLOUD})
_SHORTEST_SYMBOL = 3
#: A lease of megawatts to a data center tenant is kept though nobody is called a miner: the reader may know better.
_TENANT = (
    b"data cent",
    b"datacent",
    b"hyperscal",
    b"neocloud",
    b"coloc",
    b"ai factory",
    b"ai/hpc",
    b"ai data cent",
    b"anchor tenant",
)
_POWER = (b"mw", b"megawatt", b"gigawatt", b"gw ")
_LEASE = (b"lease", b"leasing", b"tenant", b"coloc", b"hosting")
#: Lower-cases letters and turns everything but letters and digits of ASCII into spaces, so that words can be split.
_PLAIN = bytes(
    code + 32 if 65 <= code <= 90 else code if chr(code).isalnum() or code > 127 else 32 for code in range(256)
)  # fmt: skip


class Gate:
    """Tell articles that may hold a deal from those that cannot."""

    def __init__(self, companies: Sequence[Company] = ()) -> None:
        names = {name for company in companies for name in _distinctive(company)}
        self._heads: dict[bytes, tuple[bytes, ...]] = {}
        for name in sorted(names):
            head = max(name.split(), key=len)
            self._heads[head] = (*self._heads.get(head, ()), name)
        self._words = frozenset(self._heads)

    def is_relevant(self, title: str, text: str) -> bool:
        """Return False only if the article cannot hold a deal of a miner or a neocloud."""
        raw = f"{title}\n{text}".encode("utf-8", "replace")
        body = raw.lower()
        return _any(_COMPUTE, body) and self._has_subject(raw, body) and _any(_BARGAIN, body)

    def _has_subject(self, raw: bytes, body: bytes) -> bool:
        if _any(_MINING, body) and (_any(_CHAIN, body) or _any(_STRONG, body)):
            return True
        if _any(_NEOCLOUD, body) or (_any(_TENANT, body) and _any(_POWER, body) and _any(_LEASE, body)):
            return True
        plain = raw.translate(_PLAIN)
        words = plain.split()
        if self._words.isdisjoint(words):
            return False
        spaced = b" " + b" ".join(words) + b" "
        return any(
            b" " + name + b" " in spaced for word in self._words.intersection(words) for name in self._heads[word]
        )


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
