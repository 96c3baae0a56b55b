"""Say what kind of party a noun phrase describes: "Texas-based bitcoin miner", "GPU cloud provider", "chipmaker".

A table of phrases, first match wins; used for companies that no table knows and for parties without a name.
"""

import re

from extractors.closed_sets import PartyKind

_AI = r"(?:AI|A\.I\.|artificial[-\s]intelligence|generative[-\s]AI|machine[-\s]learning)"
_FIRM = r"(?:compan(?:y|ies)|firms?|providers?|operators?|platforms?|specialists?|start-?ups?|businesse?s?|enterprises?|concerns?|vendors?|players?|groups?|services?\s(?:provider|company)|outfits?|upstarts?|unicorns?)"
_CHAIN = r"(?:bitcoin|crypto(?:currency)?|BTC|digital[-\s]asset|ether(?:eum)?|blockchain|proof-of-work)"
_HOUSE = r"(?:firms?|producers?|hosts?|diggers?|enterprises?|compan(?:y|ies)|outfits?|houses?|concerns?|groups?)"
_DATA = r"(?:data[-\s]?cent(?:er|re)s?|datacent(?:er|re)s?)"

#: kind <- phrase, the most telling first. Metals mining is no crypto mining.
_PHRASES: tuple[tuple[PartyKind, str], ...] = (
    (
        PartyKind.OTHER,
        r"(?:gold|silver|copper|lithium|coal|uranium|iron-?ore|nickel|diamond|metals?|mineral|rare-?earths?)[-\s](?:miners?|mining|producers?|explorers?)",
    ),
    (
        PartyKind.OTHER,
        r"(?:mining|miner)[-\s](?:rig|machine|hardware|equipment|pool|ASIC)s?\s?(?:makers?|manufacturers?|suppliers?|vendors?|operators?)?|ASIC\s(?:maker|manufacturer)s?",
    ),
    (
        PartyKind.MINER,
        rf"{_CHAIN}[-\s](?:miners?|mining)\b|{_CHAIN}[-\s](?:and|&)[-\s]\w+[-\s](?:miners?|mining)\b|hash\s?rate\s(?:operator|company)|miner-turned|\bminers?\sof\s(?:bitcoin|crypto\w*|digital)|\bmin(?:es|ed|ing)\s(?:bitcoin|crypto|btc)|(?:bitcoin|crypto|btc)[-\s](?:computers|machines|rigs|sheds|mines?)\b",
    ),
    (
        PartyKind.MINER,
        rf"{_CHAIN}[-\s]{_HOUSE}|\bmine\s(?:enterprises?|compan(?:y|ies)|operators?)|\w+-turned-min\w+|\bminers?\b|\bmining\s{_FIRM}|(?:former|one-time|ex)[-\s]?miners?",
    ),
    (
        PartyKind.NEOCLOUD,
        rf"neo-?clouds?|(?:{_AI}|GPUs?|graphics|specialty|specialised|specialized|high-performance|accelerated|sovereign)[-\s](?:compute|cloud|computing)(?:[-\s](?:computing|infrastructure|services?))?[-\s]{_FIRM}|{_AI}[-\s](?:cloud|hyperscalers?|neoclouds?)|(?:builder|operator|provider|owner|seller|renter)s?\sof\s(?:GPU|AI|compute)[-\s](?:clouds?|compute|capacity)|GPU[-\s](?:cloud|rental|as-a-service)|GPU-as-a-service",
    ),
    (
        PartyKind.HYPERSCALER,
        r"hyper-?scalers?|hyper-?scale\s(?:cloud|tenant|customer|client|technology|tech|data|company|counterparty|operator|provider|partner|compan)\w*|hyper-?scale\b|cloud(?:[-\s]computing)?\s(?:giants?|titans?|majors?)|(?:big\s)?tech(?:nology)?\s(?:giants?|titans?|majors?|behemoths?)|search\sgiants?|software\s(?:giants?|makers?)|e-commerce\s(?:giants?|and\scloud)|social[-\s]media\s(?:giants?|compan\w+)|big\stech\b|trillion-dollar\scompany|mega-?cap\stech\w*",
    ),
    (
        PartyKind.CHIP_VENDOR,
        r"chip-?\s?makers?|chip\s(?:giants?|designers?|compan\w+|vendors?|start-?ups?)|GPU\s(?:makers?|vendors?|designers?)|semiconductor\s(?:compan\w+|firms?|makers?|groups?|giants?)|AI[-\s]chip\s\w+",
    ),
    (
        PartyKind.AI_LAB,
        rf"{_AI}(?:[-\s](?:model|research|software|video|chatbot|frontier|safety))*[-\s](?:labs?|laborator(?:y|ies)|developers?|start-?ups?|builders?|researchers?|makers?|model\s\w+|pioneers?|unicorns?)|model[-\s](?:makers?|developers?|builders?)|frontier[-\s](?:labs?|models?|AI)|chatbot\s(?:makers?|developers?)|foundation[-\s]models?|(?:maker|developer|creator|company\sbehind)s?\s(?:of\s)?(?:the\s)?\w+\s(?:chatbot|assistant|models?)|large[-\s]language[-\s]models?",
    ),
    (
        PartyKind.NEOCLOUD,
        rf"cloud(?:[-\s](?:computing|infrastructure|services?|compute|gaming))?[-\s](?:{_FIRM}|arm|unit)|compute\s{_FIRM}|computing[-\s](?:power\s)?{_FIRM}|{_AI}[-\s]infrastructure[-\s]{_FIRM}|inference\s{_FIRM}|{_AI}\s(?:infrastructure|hosting)\s\w*",
    ),
    (
        PartyKind.DEVELOPER,
        rf"{_DATA}(?:[-\s](?:infrastructure|campus|and\s\w+|real\sestate|site|power))*[-\s](?:developers?|operators?|owners?|builders?|landlords?|REITs?|{_FIRM}|giants?|investors?)|(?:digital|compute|computing|energy|HPC|power)[-\s]infrastructure\s(?:developers?|{_FIRM}|owners?|builders?)|co-?location\s{_FIRM}|hosting\s{_FIRM}|(?:powered[-\s](?:land|shell)|site|campus|HPC)\sdevelopers?|operator\sof\s{_DATA}|{_DATA}\s(?:group|maker)",
    ),
    (PartyKind.AI_LAB, rf"{_AI}[-\s](?:{_FIRM}|customers?|clients?|tenants?|giants?|leaders?)"),
    (
        PartyKind.OTHER,
        r"\bbanks?\b|lenders?|(?:investment|private[-\s]equity|asset[-\s]management|real[-\s]estate|law|advisory|venture|brokerage|engineering|construction|consulting|accounting)\s(?:bank|firm|manager|compan\w+|group|fund|giant)s?|asset\smanagers?|hedge\sfunds?|(?:sovereign\s)?(?:wealth|pension|infrastructure|investment)\sfunds?|utilit(?:y|ies)|(?:power|electricity|energy)\s(?:producers?|suppliers?|generators?|retailers?|companies|company|provider|developer|firm|group|trader|utility)|(?:server|equipment|turbine|generator|transformer|battery|fuel[-\s]cell|phone|car|electronics|hardware|network\w*)\s(?:makers?|manufacturers?|suppliers?|vendors?|compan\w+)|manufacturers?|contractors?|insurers?|brokers?|retailers?|REITs?|telecom\w*|carrier|consultanc\w+|conglomerates?|steelmaker|automaker|university|stablecoin\s\w+|exchange\soperator|airline|payments?\s\w+|energy\smajors?|oil\s(?:major|company|producer)s?",
    ),
    (
        PartyKind.UNDISCLOSED,
        r"tenants?|customers?|clients?|counterpart(?:y|ies)|lessees?|offtakers?|compan(?:y|ies)|firms?|buyers?|partners?|enterprises?|organi[sz]ations?|corporations?|groups?|businesses|operators?",
    ),
)
_PATTERNS = tuple(
    (kind, re.compile(rf"(?<![A-Za-z])(?:{phrase})(?![a-z])", re.IGNORECASE)) for kind, phrase in _PHRASES
)
#: Words inside a company's own name that hint at its trade, used only when nothing describes it.
_HINTS: tuple[tuple[PartyKind, re.Pattern[str]], ...] = (
    (
        PartyKind.OTHER,
        re.compile(
            r"\b(?:Gold|Lithium|Copper|Silver|Capital|Bank|Bancorp|Securities|Partners|Asset|Management|Advisors|Energy|Electric|Utilities|Realty|Construction|Foods|Pharma\w*|Ventures|Equity)\b"
        ),
    ),
    (PartyKind.MINER, re.compile(r"\b(?:Mining|Miner|Miners|Hash\w*|Bitcoin|BTC|Blockchain|Crypto\w*)\b|\w+hash\b")),
    (
        PartyKind.NEOCLOUD,
        re.compile(r"\b(?:Cloud|Compute|GPU|Neocloud)\b|\w{2,}(?:cloud|compute|stack)\b", re.IGNORECASE),
    ),
    (PartyKind.CHIP_VENDOR, re.compile(r"\b(?:Semiconductors?|Micro\s?devices|Silicon|Chips?)\b", re.IGNORECASE)),
    (
        PartyKind.DEVELOPER,
        re.compile(
            r"\b(?:Data\s?Cent(?:er|re)s?|Datacenters?|Infrastructure|Campus(?:es)?|Hosting|Colocation)\b",
            re.IGNORECASE,
        ),
    ),
    (PartyKind.AI_LAB, re.compile(r"\bAI\b|\.ai\b|\b(?:Labs?|Intelligence|Cognition|Neural)\b")),
)


#: "bitcoin miner and data centre landlord": whoever also mines is a miner.
_MINER_AND = re.compile(
    rf"{_CHAIN}[-\s]min(?:er|ing(?:\s{_FIRM})?)\s(?:and|&|turned|/)\s[\w\s-]{{3,40}}$", re.IGNORECASE
)


def kind_described(phrase: str) -> PartyKind | None:
    """Return the kind of party that a noun phrase describes, None if it names no party's trade."""
    return next((kind for kind, pattern in _PATTERNS if pattern.search(phrase)), None)


def kind_hinted(name: str) -> PartyKind | None:
    """Return the kind of party that a company's own name hints at ("… Mining", "… Labs")."""
    return next((kind for kind, pattern in _HINTS if pattern.search(name)), None)


def kind_ending(phrase: str) -> PartyKind | None:
    """Return the kind that the last words of `phrase` describe ("… said bitcoin miner"), None if they do not."""
    phrase = phrase.rstrip(" ,")
    if _MINER_AND.search(phrase):
        return PartyKind.MINER
    for kind, pattern in _PATTERNS:
        if kind is not PartyKind.UNDISCLOSED and any(match.end() == len(phrase) for match in pattern.finditer(phrase)):
            return kind
    return None
