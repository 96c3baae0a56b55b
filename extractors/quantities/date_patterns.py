"""How dates are written: one pattern per notation. Data for `dates`; reads nothing."""

import calendar
import re

_FULL = "|".join(name for name in calendar.month_name if name)
_MONTH = rf"(?:{_FULL}|{_FULL.upper()}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|(?![A-Za-z])))"
_YEAR = r"(?:20[0-9]{2}(?![0-9]{2})(?!,[0-9]{3}))"
_YEAR_OR = rf"(?P<year>{_YEAR}|this\s(?:calendar\s)?year|next\s(?:calendar\s)?year|last\syear|the\syear)"
_SHORT_YEAR = rf"(?P<year>{_YEAR}|'?[2-4][0-9](?![0-9%.]))"
_FY = r"(?P<fiscal>FY\s?'?|fiscal(?:\syear)?\s|our\sfiscal\s(?:year\s)?)?(?:calendar(?:\syear)?\s|the\s(?:calendar\s)?year\s)?"
_OF = r"(?:,\s|\s(?:of\s(?:the\s)?)?|\sin\s|-)"
NUMERIC = re.compile(
    r"(?<![\w.,/-])(?:(?P<y>20[0-9]{2})[-/](?P<m>[01]?[0-9])[-/](?P<d>[0-3]?[0-9])|(?P<a>[0-3]?[0-9])[/.](?P<b>[0-3]?[0-9])[/.](?P<y2>20[0-9]{2}))(?![0-9])"
)
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9]|\.[0-9]|,[0-9]{3}|\s?%|\s?(?:MW|GW|million|billion|percent))"
MONTH_DAY = re.compile(rf"(?<![A-Za-z])(?P<month>{_MONTH})\s(?:the\s)?{_DAY}(?:(?:,\s?|\s)(?P<year>{_YEAR}))?")
DAY_MONTH = re.compile(
    rf"(?<![\w$.,])(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})(?:(?:,\s?|\s)(?P<year>{_YEAR}))?(?![A-Za-z])"
)
MONTH_ALONE = re.compile(
    rf"(?<![A-Za-z])(?P<lead>(?:in|by|since|until|till|through|from|during|of|to|after|before|last|this|next|early|late|mid|starting|around|and|for|end\sof|beginning\sof)[-\s](?:(?:early|late|mid|the\send\sof)[-\s])?)?(?P<month>{_MONTH})(?:(?:,\s?|\s(?:of\s)?)(?P<year>{_YEAR}|this\syear|next\syear|last\syear))?(?![A-Za-z0-9])"
)
QUARTER = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:[Qq](?P<q>[1-4])|(?P<q2>[1-4])Q)(?:{_OF}?{_FY}{_SHORT_YEAR})?(?![A-Za-z])|(?P<year2>{_YEAR})[-\s]?Q(?P<q3>[1-4])(?![0-9]))"
)
QUARTER_WORDS = re.compile(
    rf"\b(?P<q>first|second|third|fourth|final|last|closing|1st|2nd|3rd|4th)[-\s](?P<fiscal2>fiscal\s)?(?:calendar\s)?quarter(?:\s?\(\"?Q[1-4]\"?\))?(?:{_OF}{_FY}{_YEAR_OR})?",
    re.IGNORECASE,
)
HALF = re.compile(
    rf"\b(?:(?P<h>first|second|latter|back|1st|2nd)[-\s]half(?:{_OF}{_FY}{_YEAR_OR})?|(?:[Hh](?P<h1>[12])|(?P<h2>[12])[Hh])(?:{_OF}|\s?)(?P<fiscal2>FY\s?'?|fiscal\s)?(?P<year2>{_YEAR}|'?[2-4][0-9](?![0-9%.])))\b",
    re.IGNORECASE,
)
EDGE = re.compile(
    rf"\b(?P<edge>early|mid|late|(?:the\s)?(?:very\s)?(?:beginning|start|middle|end|close)(?:\sof)?|year[-\s]?end|calendar\syear[-\s]end)(?:[-\s](?:in\s|into\s|of\s)?{_FY}{_YEAR_OR})\b",
    re.IGNORECASE,
)
YEAR_END = re.compile(
    rf"\b(?:(?P<year>{_YEAR})\s)?year[-\s]?end\b(?!\s20)|\bthe\s(?:end\sof\sthe\syear|year's\send)\b", re.IGNORECASE
)
YEAR_ALONE = re.compile(
    rf"(?<![\w$.,/#\u20ac\u00a3-])(?P<fiscal>FY\s?|fiscal(?:\syear)?\s)?(?P<year>{_YEAR})(?![\w%]|\.[0-9]|,[0-9]|\s?(?:MW|GW|million|billion|percent|GPU|H\d|B\d))|(?<![A-Za-z])(?P<fy>FY)\s?'?(?P<short>2[0-9])(?![0-9])"
)
WEEKDAY = re.compile(
    rf"\b(?:(?P<lead>last|next|this|early|late|coming)\s)?(?P<weekday>{'|'.join(calendar.day_name)})\b", re.IGNORECASE
)
RELATIVE = re.compile(
    r"\b(?:(?P<now>today|yesterday|tomorrow|tonight)(?!'s\s(?:world|market\b))|(?P<lead>this|last|next|the\scoming|later\sthis|earlier\sthis|early\snext|late\snext|late\slast|early\sthis|late\sthis)\s(?P<unit>week|month|quarter|year|summer|autumn|fall|spring|winter))\b",
    re.IGNORECASE,
)
LEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "until",
        re.compile(
            r"\b(?:through|until|till|thru|up\sto|expir\w+\s(?:in|on)|running\sto|runs\sto|ending(?:\s(?:in|on))?|ends\s(?:in|on)|matur\w+\s(?:in|on)|due(?:\sin|\son)?)\s(?:the\s|at\sleast\s|about\s|around\s)*$",
            re.IGNORECASE,
        ),
    ),
    (
        "by",
        re.compile(
            r"\b(?:by|before|no\slater\sthan|not\slater\sthan|ahead\sof)\s(?:the\s|about\s|around\s)*$", re.IGNORECASE
        ),
    ),
    (
        "from",
        re.compile(
            r"\b(?:from|since|(?:start|beginn|commenc)\w*(?:\s(?:in|on|from|around))?|as\sof|as\searly\sas|after|effective)\s(?:the\s|about\s|around\s)*$",
            re.IGNORECASE,
        ),
    ),
)
#: Where a date may stand; the patterns run only around these.
TRIGGER = re.compile(
    r"20[0-9][0-9]|[1-4][QqHh]|[QqHh][1-4]|FY|(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]u[nl]|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec|JAN|FEB|MAR|APR|MAY|JU[NL]|AUG|SEP|OCT|NOV|DEC)"
    r"|[Qq]uarter|[Hh]alf|[Yy]ear|[Mm]onth|[Ww]eek|day\b|[Tt]o(?:morrow|night)|[Yy]esterday|[Tt]oday|DAY\b|summer|spring|winter|autumn|fall"
)
AROUND = 48
SPACE = re.compile(r"\s")
JOIN = re.compile(r"\s?(?:-|\u2013|to|and|or|through|,|until|into|&)\s?(?:the\s)?", re.IGNORECASE)
