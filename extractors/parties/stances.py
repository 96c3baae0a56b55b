"""How a party stands in its sentence when it is not one of the two that deal: guarantor, lender, source, example.

A table of patterns over the masked text around a name. A name with a stance is no provider or customer of a compute
deal; most stances become a role in `other_parties`, the rest only keep a bystander out.
"""

import re
from enum import StrEnum

from extractors.closed_sets import PartyKind, PartyRole
from extractors.reading import Actant, Line

_N = "[^.;]"


class Stance(StrEnum):
    PARTY = "party"
    GUARANTOR = "guarantor"
    INVESTOR = "investor"
    FINANCIER = "financier"
    UNDERWRITER = "underwriter"
    ADVISOR = "advisor"
    SUPPLIER = "supplier"
    PARTNER = "partner"
    END_USER = "end_user"
    PARENT = "parent"
    SOURCE = "source"
    EXAMPLE = "example"


#: Which stance becomes which role beside the deal.
ROLE_OF: dict[Stance, PartyRole] = {
    stance: PartyRole(stance.value) for stance in Stance if stance.value in {role.value for role in PartyRole}
}

#: (stance, pattern of the text before the name, pattern of the text after it); an empty pattern asks for nothing.
_ROWS: tuple[tuple[Stance, str, str], ...] = (
    (Stance.EXAMPLE, r"\b(?:beats?|beating|outbids?|outbidding|ahead of|edged out|over rival) $", ""),
    (
        Stance.GUARANTOR,
        "",
        r"^ (?:will |is to |would |has |have )?(?:support(?:s|ed|ing)? [^.;]{0,60}(?:by|through|with) (?:backstop|guarant)|(?:increas|rais|boost|expand|doubl)\w+ (?:its|the) [^.;]{0,40}(?:backstop|guarantee|financial commitment)|agreed to (?:backstop|guarantee)|cover(?:s|ing)? [^.;]{0,20}lease payments)",
    ),
    (
        Stance.GUARANTOR,
        r"(?:supported|backed|secured|underpinned) by (?:a |an )?[^.;§]{0,50}(?:commitment|guarantee|backstop|pledge|support) (?:from|by) $",
        "",
    ),
    (
        Stance.INVESTOR,
        "",
        r"^(?: is| would be)? (?:taking|getting|acquiring|receiving|gaining|buying) (?:an? |about |roughly |up to )?[^.;]{0,20}(?:stake|warrants)",
    ),
    (Stance.INVESTOR, "", r"^'s (?:involvement|equity|stake|warrants)"),
    (Stance.SUPPLIER, r"\bwith $", r"^ suppl(?:ying|ies) (?:the )?(?:hardware|gpus|servers|chips|equipment)"),
    (Stance.PARENT, r"\b(?:tenant|customer|client|partner|host|supplier)s? of $", r"^, §"),
    (
        Stance.SOURCE,
        r"(?:according to|analysts? (?:at|from|of)|reported by|a report (?:by|from)|in the view of|data from|filing with|told|via|source:|photo:|image:|as reported by|survey by|note from|published by)\s(?:the )?$",
        "",
    ),
    (
        Stance.SOURCE,
        "",
        r"^(?:'s)? ?(?:analysts?|research(?:ers)?|data shows?|data\b|reports? that|reported that|reported on|reports\b|reported,|first reported|estimates\b|noted|commented|strategists?|report\b|rates?\b|price target|(?:has |also )?(?:raised|lifted|cut|lowered|reiterated|maintained|initiated) (?:its |the |their )?(?:[\w$§']+ ){0,4}?(?:price targets?|targets?|ratings?|estimates?|coverage|to (?:buy|overweight|neutral|sell|hold|outperform))|(?:has )?(?:upgraded|downgraded))",
    ),
    (Stance.SOURCE, "", r"^ (?:relied|drew a contrast|contrasts|writes|wrote|estimates|calculates|reckons)"),
    (
        Stance.PARENT,
        r"\b(?:arm|subsidiary|unit|division|affiliate|parent|brand|backer|owner)s?,? (?:company |firm )?(?:of |is |group )?(?:the )?$|(?:owned|controlled|majority-owned) by (?:the )?$|§'s parent (?:company )?$|(?:an? |the |its |largest |major |early )(?:investor|shareholder|backer|stakeholder) (?:in|of) $|\bbacked by $",
        "",
    ),
    (
        Stance.PARENT,
        "",
        r"^(?:'s)? (?:subsidiary|unit|division|arm|affiliate|brand),? §|^ (?:behind it|as (?:an? |its )?(?:supporter|backer|investor|shareholder))|^-backed\b",
    ),
    (
        Stance.EXAMPLE,
        r"(?:such as|the likes of|\blike|rivals?|peers?|compared (?:with|to)|similar to|unlike|as well as rivals?|competitors?(?: such as)?|companies such as|names? in ai like|follow(?:ing|s)|in common with|among (?:them|others),?|joins)\s$",
        "",
    ),
    (
        Stance.EXAMPLE,
        r"\b(?:beats?|beating|beaten|outbids?|outbidding|edg(?:es|ed|ing) out|(?:won|wins|chosen|picked|selected) [^.;]{0,30}(?:over|ahead of)) (?:out )?(?:the )?(?:rivals? |bidders? |tech giant )?$",
        "",
    ),
    (Stance.EXAMPLE, "", r"^ (?:(?:has |had )?(?:lost|loses|losing) (?:out )?(?:to|the (?:bid|race|contest|deal)))"),
    (Stance.EXAMPLE, r"\bafter $", r"^,? (?:it|another)\b|^, §"),
    (
        Stance.EXAMPLE,
        r"(?:such as|including|\blike) §+(?:, §+)*,? (?:and|or) $|(?:such as|\blike) §+, $|(?:such as|\blike) §+(?:, §+)+, $",
        "",
    ),
    (
        Stance.END_USER,
        r"(?:end[- ](?:user|customer|tenant)s?(?: of [^.;]{0,30})?(?: is| would be| might be| being|,)?|data cent(?:er|re) (?:is )?for|on behalf of)\s$",
        "",
    ),
    (
        Stance.END_USER,
        "",
        r"^,? (?:as|is|will be|would be|being) (?:the|its|an?) (?:end[- ](?:user|customer|tenant)|ultimate)",
    ),
    (
        Stance.GUARANTOR,
        "",
        rf"^(?:,[^,.;]{{0,60}},)? ?(?:\([^)]*\) ?)?(?:has |have |will |is to |is |also |would |to |had |which |agreed to |pledged to |lends? [^.;]{{0,30}}by )*(?:backstop|guarant|back(?:s|ed|ing)\b(?! out)|provid\w+ (?:a |an |the |up to |\$)?{_N}{{0,40}}(?:backstop|guarant|credit (?:support|enhancement))|lends (?:its )?(?:support|strength|the deal))",
    ),
    (
        Stance.GUARANTOR,
        "",
        r"^ (?:will |would |is to |has |also )*(?:support\w*|help\w*)\b[^.;]{0,50}\bby (?:backstopping|guaranteeing|covering)|^ (?:will |would |also )*provid\w+ [^.;]{0,70}in support of [^.;]{0,40}(?:financing|debt|obligations)|^ (?:has |also )*(?:increas|rais|lift|doubl)\w* (?:its |the )(?:[\w-]+ ){0,2}(?:backstop|guarantee|commitment to §)|^ (?:has |will |would |also )*cover(?:s|ing)? (?:the )?(?:lease|rent) (?:payments|obligations)",
    ),
    (
        Stance.GUARANTOR,
        r"(?:supported|backed|secured|covered|underpinned) by (?:an? |the |up to )*(?:[^.;§]|\.(?=\d)){0,30}(?:commitment|guarantee|backstop|pledge|support) (?:from|by|of) $",
        "",
    ),
    (
        Stance.GUARANTOR,
        r"(?:backstop(?:ped|s|ped)?|guarant(?:ee[ds]?|eed|y)|back(?:ed|ing)|credit (?:support|enhancement)|supported)(?: financially| in part| in full| of [^.;]{0,40}|, raised)? (?:by|from|comes from|of) (?:the )?(?:tech giant |search giant )?$",
        "",
    ),
    (
        Stance.GUARANTOR,
        r"(?:backstopped|guaranteed|backed)[^.;§]{0,30} by $|(?:backstop|guarantee|backing)\b[^.;§]{0,40}(?:by|from|falls to|comes from) $",
        "",
    ),
    (
        Stance.GUARANTOR,
        "",
        r"^'s? (?:financial |credit |lease )?(?:back(?:stop|ing)|guarantee|support|credit)|^ (?:financial )?(?:backstop|guarantee)|^[- ]backed|^ (?:behind (?:them|it)|stands behind)|^, [^.;]{0,60}(?:backstopping|guaranteeing)|^ (?:credit|lease) (?:backstop|guarantee|support|enhancement)",
    ),
    (
        Stance.INVESTOR,
        rf"(?:warrants|stake|shares){_N}{{0,50}}(?:to|by|for|goes to|issued to) $|(?:invested in|investors?|shareholders?|supported|backed) (?:by|include|such as|including) $",
        "",
    ),
    (
        Stance.INVESTOR,
        "",
        r"^ (?:will |would |is to |also |has |can )*(?:receives?|gets?|obtains?|takes?|holds?|earns?|acquires?|collects?) (?:warrants|an? [^.;]{0,25}stake|about [^.;]{0,25}stake)",
    ),
    (
        Stance.INVESTOR,
        "",
        r"^ (?:taking|getting|receiving|acquiring|gaining|to (?:take|get|receive|hold)) (?:an? |about |roughly |up to )*(?:[\d.]+ ?(?:%|percent) )?(?:[\w-]+ ){0,2}(?:stake|interest|warrants)\b|^'s (?:involvement|role|part) (?:also )?includes? (?:warrants|an? [^.;]{0,25}stake)",
    ),
    (
        Stance.UNDERWRITER,
        r"(?:underwrit\w+|book-?runn\w+|arrang\w+|led|placed|syndicated)(?: jointly)? by $|(?:bookrunners?|underwriters?|placement agents?|arrangers?)[^.;]{0,20} $",
        r"",
    ),
    (Stance.UNDERWRITER, "", r"^[^.;]{0,50}(?:book-?running|underwriter|bookrunner|placement agent|joint lead)"),
    (
        Stance.ADVISOR,
        r"(?:advis(?:ed|er|or)s? (?:by|is|are|include[sd]?|was|were)|counsel(?: to [^.;]{0,30})? (?:is|was)|retained|hired|engaged|picks|picked|appointed) (?:the )?(?:investment bank |law firm )?$",
        r"",
    ),
    (
        Stance.ADVISOR,
        "",
        r"^[^.;]{0,60}(?:(?:financial|legal|exclusive) advis[eo]r|as advis[eo]r|legal counsel|acted as counsel|brought in by)",
    ),
    (
        Stance.FINANCIER,
        r"(?:financ(?:ed|ing)|loans?|lend(?:ers?|ing)|debt|(?:loan|debt|credit) facility|credit)(?:(?!secur|obtain|rais|complet|announc|venture|sought|sign|clos)[^.;§]){0,30} (?:by|from|with|provided by) $",
        r"",
    ),
    (
        Stance.FINANCIER,
        "",
        r"^[^.;]{0,30}(?:handles? (?:the )?financing|as lenders?|is the lender|(?:is|are) lenders?|arranges? (?:the )?(?:debt|loan)|loan underwriters)",
    ),
    (
        Stance.SUPPLIER,
        r"\b(?:gpus?|servers?|equipment|chips|systems|hardware|turbines|racks|units|rely on|relies on)[^.;§]{0,35} (?:from|by|made by|supplied by|built by) $|\b(?:rely|relies) on $|(?:supplier|oem|vendor)s?,? (?:is |such as |including )?$|supplied by $|(?:bought|purchased|ordered|procured|buying|purchasing) from $",
        "",
    ),
    (
        Stance.SUPPLIER,
        "",
        r"^ (?:will |is to |would )?(?:suppl(?:y|ies|ying) (?:the )?(?:necessary |required |needed )?(?:gpus?|servers?|chips|equipment|hardware|systems|cooling))|^,? (?:an? |the )?(?:oem|equipment supplier|supplier of|server maker)",
    ),
)
_COMPILED = tuple(
    (stance, re.compile(before) if before else None, re.compile(after) if after else None)
    for stance, before, after in _ROWS
)


#: Banks, papers and the unknown report on others; an operator that "reported" speaks of itself.
_REPORTS = frozenset({PartyKind.OTHER, PartyKind.UNDISCLOSED})


def stance_of(line: Line, actant: Actant) -> Stance:
    """Return how a party stands at one place; `PARTY` where nothing says otherwise."""
    before = line.masked[max(0, actant.start - 90) : actant.start]
    after = line.masked[actant.end : actant.end + 120]
    for stance, left, right in _COMPILED:
        if stance is Stance.SOURCE and actant.actor.kind not in _REPORTS:
            continue
        if (left is None or left.search(before)) and (right is None or right.search(after)):
            return stance
    return Stance.PARTY
