"""How far a deal has come: read modality, negation and time of the line that tells of it.

A table of cues in order of authority: a vote against a signed merger outweighs the signature told beside it. Cues deep
in a sentence that speak of other things are kept apart by asking for the deal's own nouns. Knows no parties.
"""

import re

from extractors.closed_sets import DealStatus

_DEAL = r"(?:deal|contract|agreement|lease|merger|takeover|acquisition|bid|offer|proposal|transaction|purchase|partnership|talks|option|commitment|plan)s?"
_THAT = r"(?:[^.;]{0,60}\b)"

#: (status, weight, name, pattern) — the heavier cue wins, the first one among equals.
_ROWS: tuple[tuple[DealStatus, float, str, str], ...] = (
    (
        DealStatus.REJECTED,
        5.0,
        "voted-down",
        rf"vot(?:e[sd]?|ing) (?:down|against)|{_DEAL}{_THAT}(?:voted down|rejected|rebuffed|spurned|turned down|refused)|(?:reject(?:s|ed|ion|ing)|rebuff(?:s|ed)|spurn(?:s|ed)|turn(?:s|ed) down|refus(?:es|ed)|declin(?:es|ed) (?!\d|nearly|about|by|to comment|more|in|almost|over|roughly)){_THAT}{_DEAL}|fail(?:s|ed) to (?:win|secure|get) (?:shareholder|stockholder|enough)|too few votes|gave [^.;]{{0,40}} a firm no|refus\w* to be (?:bought|acquired)|(?:bid|proposal|offer)\b[^.;]{{0,40}}\bsince rejected",
    ),
    (
        DealStatus.TERMINATED,
        4.5,
        "called-off",
        rf"terminat(?:e[sd]?|ing|ion){_THAT}{_DEAL}|{_DEAL}{_THAT}(?:terminated|cancell?ed|called off|scrapped|fell through|collapsed|abandoned|given up|lapsed)|(?:cancel(?:s|led|ed|ing)?|scrap(?:s|ped)|abandon(?:s|ed)|call(?:s|ed) off|pull(?:s|ed) out of|back(?:s|ed) out of|withdr(?:ew|aws|awn) from|walk(?:s|ed) away from|drop(?:s|ped)|exit(?:s|ed)|scal(?:es?|ed|ing) (?:back|down)|cut(?:s|ting)? back){_THAT}(?:{_DEAL}|at §)|contracts? that §+ (?:cancell?ed|terminated)|gave? up the deal",
    ),
    (
        DealStatus.LOI,
        4.0,
        "letter-of-intent",
        r"letters? of intent|\blois?\b|memorand(?:um|a) of understanding|\bmous?\b|non-?binding|term sheets?|heads of terms|definitive agreements? (?:(?:has|have) )?(?:not yet|yet to|still to)|preliminary agreement|once (?:the )?definitive agreements?",
    ),
    (
        DealStatus.RUMORED,
        3.2,
        "rumour",
        r"\brumou?r(?:s|ed)?\b|reportedly|people familiar|anonymous sources|unnamed sources|sources (?:say|said)|according to (?:a )?(?:report|people|sources)|(?:may|could|might) (?:pay|buy|acquire|sign|lease|announce|invest)|is said to|speculat\w+",
    ),
    (
        DealStatus.IN_TALKS,
        3.6,
        "talks",
        r"\bin (?:advanced |early |exclusive |late-stage )?(?:talks|negotiations|discussions)(?! with (?:other|additional|further|more)\b)|(?:talks|negotiations|discussions) (?:with(?! (?:other|additional|further|more)\b)|to|over|about|are)|negotiating|(?:is|are) (?:discussing|exploring|considering)|(?:has|have) (?:contacted|approached)|shows? interest|(?:set|poised|expected|close|nearing|about) (?:to )?(?:sign|lease|strike|announce|signing|an agreement|a deal|finali[sz]\w+ (?:a |an |the )?(?:deal|lease|agreement))|nears? (?:an? )?(?:deal|agreement|lease)|advanced discussions|(?:has|have) received [^.;]{0,40}(?:bid|offer|proposal)|exclusivity (?:with|agreement|period)",
    ),
    (
        DealStatus.EXPANDED,
        2.6,
        "expansion",
        rf"(?:expan(?:d(?:s|ed|ing)?|sion)|enlarg(?:e[sd]?|ing|ement)|extend(?:s|ed|ing)?|upsiz\w+|increas(?:e[sd]|ing)|widen(?:s|ed)){_THAT}(?:{_DEAL}|commitment|relationship|capacity for|cooperation|collaboration|tenancy|footprint with)|(?:{_DEAL}|partnership|cooperation|collaboration|relationship)[^.;]{{0,30}}(?:being |was |is |has been )?(?:expanded|enlarged|extended|upsized)|exercis(?:e[sd]?|ing)[^.;]{{0,50}}option|option[^.;]{{0,30}}(?:was |been )?exercise|(?:made use of|taken up) [^.;]{{0,30}}option|\badd(?:s|ed|ing)? (?:an? )?(?:additional |another |further )?[\d§#.,]+[ -]?(?:mw|megawatt)|(?:another|further|additional) [\d.,]+[ -]?(?:mw|megawatts?)|second (?:lease|building|phase|agreement|contract) (?:with|at|to)|chose to expand|newly takes",
    ),
    (
        DealStatus.CLOSED,
        2.4,
        "closed",
        rf"(?:{_DEAL}|financing|offering|loan|facility|notes)[^.;]{{0,30}}(?:has been |was |were |is |been )?(?:closed|completed)\b|(?:clos(?:es|ed)|complet(?:es|ed)) (?:on )?(?:the |its |an? |this )?[^.;]{{0,40}}(?:{_DEAL}|offering|financing|loan|notes|facility|placement)|(?:has|have|had) (?:bought|acquired|raised|purchased|obtained|received(?![^.;]{0, 40}\b(?:bid|offer|proposal)))|(?:also|recently|earlier|successfully|just) (?:bought|acquired|raised|purchased|completed|obtained)|\b(?:raised|obtained|received|bought|acquired|took over) ",
    ),
    (
        DealStatus.SIGNED,
        1.5,
        "signed",
        r"sign(?:s|ed|ing)\b|enter(?:s|ed|ing) into|agree(?:s|d)\b|agreement (?:is )?(?:now )?final|(?:inks?|inked|struck|strikes|seal(?:s|ed)|sealed|land(?:s|ed)|secur(?:es|ed)|wins?|won|conclud(?:es|ed)|announc\w+|reveal\w+|unveil\w+|awarded|reach(?:es|ed) (?:an? )?(?:agreement|deal))\b",
    ),
)
#: What may be expanded one day has not been.
_MODAL = re.compile(
    r"\b(?:options? (?:to|for|on)|could|may|might|can|right to|rights? of|potential(?:ly)?|room to|possible|allow(?:s|ing)? [^.;]{0,20}to|expandable|plans? to|would)\b"
)
_COMPILED = tuple((status, weight, name, re.compile(rf"\b(?:{pattern})")) for status, weight, name, pattern in _ROWS)

#: Words of a line that tell of an agreement older than the news.
_RECAP = re.compile(
    r"""\b(?: earlier\s(?:this|last)\s(?:year|month|week|quarter) | (?:last|previous|prior)\s(?:year|month|quarter|week|june|july|august|fall|spring|summer|winter|autumn)
    | previous(?:ly)?\b | back\sin\b | (?:only\s)?shortly\sbefore | \bhad\s(?:already\s)?(?:signed|announced|agreed|entered|raised|struck|put|declared|acquired)
    | (?:two|three|four|five|six|seven|eight|nine|ten|eleven|\d+)\s(?:weeks|months|years)\s(?:ago|earlier) | in\s20\d\d\b
    | (?:recent(?:ly)?) | earlier\b(?!\sthan) | once\sagain | already\b | existing\s(?:deal|contract|agreement|lease|partnership)s? | before\sthis\scame
    | (?:first|initial|original|earlier|existing)\s(?:agreement|contract|deal|lease)s? | of\slast\syear | ever\ssince
    )""",
    re.VERBOSE,
)


def read_status(masked: str) -> tuple[DealStatus | None, float, str, int, int]:
    """Return the status a line speaks of, the weight and name of the cue and where it stands; None without a cue."""
    best: tuple[DealStatus | None, float, str, int, int] = (None, 0.0, "", 0, 0)
    for status, weight, name, pattern in _COMPILED:
        if (
            weight > best[1]
            and (match := pattern.search(masked))
            and not (status is DealStatus.EXPANDED and _MODAL.search(masked, max(0, match.start() - 34), match.end()))
        ):
            best = (status, weight, name, match.start(), match.end())
    return best


def is_recap(masked: str) -> bool:
    """Tell whether a line speaks of an agreement older than the news of the article."""
    return _RECAP.search(masked) is not None
