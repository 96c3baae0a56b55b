"""The words that can stand for a deal, by family of instrument, and one pass that finds them in a masked line.

A table, not code: each row names a family and the words that speak of it. Which deal a word belongs to, and whether
there is a deal at all, is decided elsewhere (`frames`). Longer readings stand before shorter ones.
"""

import re

from extractors.reading import Trigger

#: family -> words. `deal` speaks of an agreement of no particular kind, `sign` of the act of concluding one.
_WORDS: dict[str, str] = {
    "joint_venture": r"joint\sventures?|(?:is|are)\sto\sown\sequal\shalves",
    "equity_stake": r"""
        (?:private\sinvestment\sin\spublic\sequity|equity\s(?:stake|investment)|minority\sstake
        |(?:strategic\s)?invest(?:s|ed|ing|ments?)?(?=\s(?:of|in|into|from|by|worth|\$|up|approximately|about|another|an?|the|round))
        |\bput(?:s|ting)?\s(?=(?:up\sto\s|another\s|about\s|approximately\s)?\$)|stakes?\b
        |(?:buys?|bought|acquires?|purchases?|purchased)\s(?:common\sstock|shares)|take[s]?\sa\sstake)""",
    "financing": r"""
        (?:project\s(?:debt\s)?financ\w+|to\sfinance\b|term\sloans?|bridge\sloans?|loans?\b|convertible\s(?:senior\s)?(?:notes?|bonds?)
        |senior\s(?:secured\s)?notes?|(?<!quick\s)(?<!key\s)(?:secured\s)?notes\b|bonds?\b|credit\s(?:facilit(?:y|ies)|lines?|agreement)
        |(?:private\s)?debt\s(?:facilit(?:y|ies)|financing|deal|package)|revolv(?:er|ing)|loan\sfacility|debt\sfacility
        |financing\b|funding\sround|private\splacement|(?:note|notes|stock|share|equity|debt)\soffering|(?<!public\s)offering\b
        |raise[sd]?\s(?=\$|about|approximately|nearly|more|over|up|another|an?\s)|raising\s(?=\$)|capital\sraise)""",
    "power_supply": r"""
        (?:buy(?:s|ing)?\s(?:[\w-]+\s){0,3}(?:power|electricity|energy)\b|power\s(?:purchase|supply)\s(?:agreements?|contracts?|deals?)|\bppas?\b|(?:energy|electricity)\s(?:supply|services?)\s(?:agreements?|contracts?|deals?)
        |supply\sagreements?|behind-the-meter\sagreements?|interconnection\sagreements?|electric\sservice\sagreements?
        |(?:local|electric)\sutility)""",
    "land": r"""
        (?:\b(?:acres?|hectares?|land\sparcels?|parcels?|land\b|real\sestate|square[-\s](?:foot|feet|meters?|metres?))
        |purchase\soption|(?:industrial\s)?building\b(?!\s(?:for|out|up|an?|the|its|it|new|data|on|of)\b))""",
    "acquisition": r"""
        (?:acqui(?:res?|red|ring|sitions?)|take(?:s|n)?\sover|taking\sover|took\sover|take-?overs?|mergers?|merg(?:e[sd]?|ing)
        |buy-?outs?|bids?\b(?!\w)|(?:turn\w*\sdown|reject\w*|declin\w*|rebuff\w*|spurn\w*|refus\w*)\s(?:[^.;]|\.(?=\d)){0,60}?(?:offer|proposal|approach)\b|(?:refus\w*|agree\w*)\sto\sbe\s(?:bought|acquired)|majority\s(?:stake|interest|shareholder|of)|(?:raise|lift)s?\sits\s(?:holding|stake)|controlling\s(?:stake|interest)|all-(?:stock|cash|share)
        |tender\soffer|purchase\sof\s(?=\u00a7)|(?:rais|lift|sweeten|improv|increas)\w*\s(?:its\s|the\s|their\s)?(?:[\w-]+\s){0,2}?(?:offer|approach)\b|(?:offer|approach)\s(?:for|by|from)\s(?=\u00a7)
        |(?:pass|passes|passed)\sfrom)""",
    "buy": r"(?:pay(?:s|ing)?\b(?=[^.;]{0,40}\bfor\b)|buys?|bought|buying|purchas(?:e[sd]?|ing|es)|orders?|ordered|ordering|procur\w+)\b",
    "cloud_contract": r"""
        (?:(?:ai\s|gpu\s|hpc\s)*cloud\s(?:computing\s|services?\s|compute\s|capacity\s)*(?:contracts?|deals?|agreements?|services?|partnerships?)
        |gpu(?:s)?[-\s](?:cloud|as[-\s]a[-\s]service|services?|compute|capacity|rental|hosting\sservices)|bare[-\s]metal
        |compute\s(?:capacity|contracts?|deals?|agreements?|services?|power)|computing\s(?:contracts?|deals?|services?)
        |(?:computing|computational)\s(?:power|resources)|ai\scloud\b(?!\s\u00a7)(?!\s(?:computing\s)?(?:compan|firm|provider|platform|start-?up|operator|group|giant|player|specialist)))""",
    "hosting_lease": r"""
        (?:(?:data\s?cent(?:er|re)|build-to-suit|colocation|hosting|hpc|ai|triple-net|long-term|anchor)?\s?(?:sub)?(?:pre-?)?leas(?:e[sd]?|ing|eback)\b
        |co-?locat(?:ion|e[sd]?|ing)|hosting\b|\bhost(?:s|ed)?\b|tenan(?:ts?|cy|cies)\b|landlord|lessee|lessor)""",
    "partnership": r"""
        (?:partnerships?|partner(?:ed|ing)\b|partners?\swith\b|strategic\spartner\b|(?:become|became|becomes|as)\s(?:the\s|an?\s)?(?:[\w-]+\s)?partner\b|collaborat\w+|team(?:s|ed|ing)?\sup|join(?:s|ed|ing)?\s(?:forces|up)|alliance
        |memorand(?:um|a)\sof\sunderstanding|\bmous?\b|co-?operation|framework|teaming)""",
    "deal": r"(?:deals?|contracts?|contracted|agreements?|pacts?|commitments?|accords?|transactions?|arrangements?|options?|terms\ssheets?|letters?\sof\sintent|lois?|orders?)\b",
    "sign": r"""
        (?:sign(?:s|ed|ing)?\b|execut(?:es?|ed|ing)\b|ink(?:s|ed)\b|seal(?:s|ed)\b|str(?:uck|ikes?)\b|land(?:s|ed)\b|secur(?:es?|ed|ing)\b|w(?:ins?|on)\b|agree(?:s|d)?\b
        |award(?:s|ed)\b|enter(?:s|ed|ing)?\sinto|conclud(?:es?|ed)|finali[sz](?:es?|ed)|commit(?:s|ted)?\b|reach(?:es|ed)\b|clinch(?:es|ed)
        |provid(?:es?|ed|ing)\b|suppl(?:y|ies|ied|ying)\b|deliver(?:s|ed|ing)?\b|offer(?:s|ed)?\b|talks\b|negotiat\w+|discuss\w+|rent(?:s|ed|ing)?\b|taps?\b|tapped\b|pick(?:s|ed)\b|cancel\w*|terminat\w+|cut(?:s|ting)?\sback|scal(?:e[sd]?|ing)\s(?:back|down)|walk(?:s|ed)\saway|select(?:s|ed)\b|choos(?:es?|ing)|chose\b|expand(?:s|ed|ing)?\b)""",
    # Acts that only a figure makes a deal: "takes 40 MW of Orrin's space".
    "act": r"(?:takes?|taking|took|adds?|added|adding|uses?|using|pays?|paying|gets?|hands?\sover|signs?\sup|signed\sup|goes\sto|closes\sthe)\b",
}

_PATTERN = re.compile("|".join(rf"(?P<{family}>(?<![\w$])(?:{words}))" for family, words in _WORDS.items()), re.VERBOSE)

#: Families whose instrument is compute, space or power bought from the provider; one deal may be told in several.
COMPUTE = frozenset({"hosting_lease", "cloud_contract", "partnership", "joint_venture"})
#: Families that say what was agreed; `deal` and `sign` only say that something was.
SPECIFIC = frozenset(_WORDS) - {"deal", "sign", "buy", "act"}


def find_triggers(masked: str) -> tuple[Trigger, ...]:
    """Return every trigger of a masked line in order."""
    return tuple(
        Trigger(family=match.lastgroup or "", start=match.start(), end=match.end())
        for match in _PATTERN.finditer(masked)
    )
