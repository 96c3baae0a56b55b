"""The words of a share-price move: direction, session, and what makes a percentage something else.

Patterns over masked lines and nothing more; whose share it is, `reactions` decides.
"""

import re

from extractors.closed_sets import Direction, Session

_UP = r"""up\b(?!\sto\b) | rose | rise[sn]?\b | rising | gain\w* | jump\w* | surg\w+ | soar\w* | climb\w* | leap\w* | leapt | rall(?:y|ied|ies|ying) | shot\s(?:up|higher) | shoot\w*\sup
    | spik\w+ | pop(?:ped|s)?\b | advanc(?:e[sd]|ing)\b | higher\b | add(?:ed|s|ing)\b | skyrocket\w* | increase[sd]? | doubl\w+ | tripl\w+ | rocket\w* | bounc\w+ | boost\w* | lift(?:ed|s)\b | send\w*\s[^.;]{0,40}higher
    | tack(?:ed|s)\son | rebound\w* | ascend\w* | went\sup | put\son | hike[sd]? | firm(?:er|ed)\b | stronger\b | to\sthe\sgood\b | ahead\b(?=\s\d) | ticked\sup | nudged\sup | above\b(?=\s(?:last|yesterday|friday|monday|tuesday|wednesday|thursday|its\sclos|the\s(?:previous|price))) | swell\w* | explod\w+ | vault\w+ | outperform\w*"""
_DOWN = r"""down\b | fell\b | fall(?:s|en|ing)?\b | drop\w* | slid(?:e[sd]?|ing)?\b | tumbl\w+ | sank\b | sink\w* | sunk\b | plung\w+ | plummet\w* | declin\w+ | lost\b | los(?:es|ing|s)\b | shed(?:s|ding)?\b
    | slip\w* | dip(?:s|ped|ping)?\b | lower\b | crash\w* | retreat\w* | slump\w* | gave\s(?:up|back) | giv(?:es|ing)\s(?:up|back) | decreas\w+ | pullback | eas(?:ed|es)\b | wiped\sout | weak\w* | off\b(?=\s(?:about|nearly|some|as|more|\d)) | erased | went\sdown | tank(?:ed|s)\b | softer\b | div(?:ed|es)\b | dove\b | (?:hand|giv|gav)\w*\sback\b | haircut\b | bled\b | skid\w* | below\b(?=\s(?:last|yesterday|friday|monday|tuesday|wednesday|thursday|its\sclos|the\s(?:previous|price))) | trad\w+\slower"""
_FLAT = r"(?:almost\s|nearly\s|roughly\s)?(?:flat|unchanged|little\schanged|hardly\smoved|barely\smoved|barely\sbudged|hardly\sbudged|little\smoved)\b"
MOVE = re.compile(rf"(?<![\w-])(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<flat>{_FLAT}))", re.VERBOSE)
SHARE = re.compile(
    r"\b(?:shares?|stocks?|share price|stock price|ticker|equity price|adrs?)\b(?! (?:repurchase|offering|sale|buyback|of common stock for|split|options))|\$§|\btrad(?:ed|ing|es)\b|pre-?market|after-?hours|\bbell\b|\bsession\b|\bintraday\b|market cap"
)
#: What stands right after a percentage that is no share move.
NOT_MOVE_AFTER = re.compile(
    r"""^\s?(?:(?:pro\sforma|additional|equity|conversion|net|gross|minority|majority|economic|diluted|fully|noi|ebitda|operating|profit|ownership|compound|average|annual)\s){0,2}(?:stake|ownership|interest|premium|margins?|prepay\w*|escalat\w*|coupon|yield|convertible|of\s(?:the\s)?(?:company|equity|shares|stock|combined|its\s(?!value)|all|total|revenue|earnings|outstanding|lease|capacity|customers?|§+|this|that|project|gpu|run-rate)
    |equity|notes?\b|senior|more\s(?:capacity|power|than)|discount|increase\sin\s(?:revenue|power|capacity|hash)|growth|revenue|reduction|utili[sz]ation|uptime|pre-?leased|recovery|holding|majority|minority|per\sannum|annual|of\s(?:earnings|sales)|less\spower|from\s(?:ai|hpc)|participation)\b""",
    re.VERBOSE,
)
#: What moves when it is no share: the nearest noun before the verb.
NOT_SHARE = re.compile(
    r"\b(?:revenues?|earnings|ebitda|sales|profits?|income|hash ?rate|hashprice|difficulty|capacity|costs?|prices? of bitcoin|bitcoin's price|bitcoin price|btc|bitcoin(?! min)|ether|ethereum|holdings?|production|dividend|margins?|stake|ownership|rewards?|demand|power|premium|yield|interest|rating|index|nasdaq|s&p|dow|target|customers?|coins?|emissions|consumption|bookings|backlog|efficiency|output|fleet|debt|volumes?|treasury|spending|capex|guidance|odds|density|equity in|contracts? (?:with|for))\b"
)
#: Verbs whose "up" is no rise: "set up a joint venture", "teamed up".
PARTICLE = re.compile(
    r"\b(?:set|setting|sets|team\w*|sign\w*|join\w*|ma[dk]e\w*|making|lin\w+|back\w*|open\w*|start\w*|scal\w+|follow\w*|giv\w+|gave|speed\w*|ramp\w*|wrap\w*|link\w*|pair\w*|buil\w+|put|puts|putting|tak\w+|free\w*|catch\w*|show\w*|hold\w*|pick\w*|call\w*|cook\w*|prop\w*|bring\w*|brought|wound|end\w*|sett\w+|it|end-) $"
)
#: Nouns of the market that make a percentage before them a move: "a 40% pop".
JUMP_NOUN = re.compile(
    r"(?:-plus)? (?:single-day |one-day |intraday |premarket |pre-market )?(?:pop|rally|surge|jump|plunge|selloff|sell-off|slump)\b(?! in (?:revenue|demand|capacity|earnings))"
)
_SESSIONS: tuple[tuple[Session, re.Pattern[str]], ...] = (
    (
        Session.PREMARKET,
        re.compile(
            r"pre-?\s?market|before the (?:opening )?bell|before the (?:market )?open|before the market opened|ahead of the (?:opening )?bell|premarket"
        ),
    ),
    (
        Session.AFTER_HOURS,
        re.compile(r"after-?\s?hours|extended (?:trading|hours)|after the (?:closing )?bell|post-?market|late trading"),
    ),
    (
        Session.YEAR,
        re.compile(
            r"this year|year[- ]to[- ]date|\bytd\b|since (?:the )?(?:start|beginning) of (?:the |this )?year|since january|(?:past|last) (?:year|12 months|twelve months)|over the year|so far in 20\d\d|in 20\d\d|since the beginning of 20\d\d|52-week"
        ),
    ),
    (Session.MONTH, re.compile(r"(?:this|past|last|over the) (?:\w+ )?months?\b|month-to-date|in a month|30 days")),
    (Session.WEEK, re.compile(r"(?:this|past|last|one|a|the) week\b|five days|over the week|in one week|weekly")),
    (
        Session.CLOSE,
        re.compile(
            r"\bclos(?:ed|e|ing)\b|ended (?:the )?(?:day|session|trading)|finish(?:ed|es)|at the close|settled|end of (?:the )?(?:day|trading|session)"
        ),
    ),
    (
        Session.INTRADAY,
        re.compile(
            r"intra-?day|morning|at last check|early (?:trading|dealings|trade)|mid-?day|session|afternoon|as of writing|at the time of writing|market had opened|course of the day|opening bell|opened"
        ),
    ),
)


def direction_of(match: re.Match[str]) -> Direction:
    if match["flat"]:
        return Direction.FLAT
    return Direction.UP if match["up"] else Direction.DOWN


def read_session(text: str) -> Session:
    """Return the window a piece of masked text speaks of."""
    return next((session for session, pattern in _SESSIONS if pattern.search(text)), Session.UNSPECIFIED)
