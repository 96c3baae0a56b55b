"""The weights of every named feature, in one table: what counts for a deal frame, by how much.

A feature that fires is a reason; its name stands in the evidence rule and its weight in the confidence. Numbers are
judgement, not fitted to articles, except where a comment says how they were trained.
"""

#: Does this line tell of a deal between these two? The sum is one feature of the pair model.
FRAME: dict[str, float] = {
    "bias": -1.6,
    "both-named": 0.5,
    "implied-party": 0.3,
    "instrument": 1.1,
    "deal-noun": 0.8,
    "deal-verb": 0.5,
    "act": 0.2,
    "supply-chain": 0.8,
    "unlike-kinds": 0.3,
    "same-kind": -0.6,
    "connector": 0.5,
    "party-between": -0.7,
    "clause-border": -0.35,
    "bystander": -1.8,
    "money-or-power": 0.3,
    "headline": 0.3,
    "investor-and-operator": 0.8,
    "no-investor": -1.0,
    "seller-and-buyer": 1.0,
    "buy-verb": 0.6,
    "pronoun": -0.2,
    "two-miners": -0.9,
    "solo": -0.5,
    "figure-near": 0.8,
    "done-verb": 0.7,
    "generic": -0.8,
    "coordinated": -1.6,
    "takeover-word": 0.5,
    "joint-venture": 0.4,
    "years-in-line": 0.5,
    "far-instrument": -0.3,
    "vendor": -1.2,
    "unnamed-party": 0.5,
    "analysts": -1.8,
    "relation": -0.9,
    "other-instrument-nearer": -0.9,
    "trigger-with": 0.5,
    "product": -1.2,
    "place-bought": -1.2,
    "unknown-name": -0.35,
    "focus-pair": 0.3,
}
#: Frames below this are dropped at once; what several weak lines say together is weighed in `merge`.
FRAME_FLOOR = 0.0
#: A draft needs this much combined evidence, from 0 to 1, to be weighed as a deal at all.
DRAFT_FLOOR = 0.25

#: Which deal is the article about?
RANK: dict[str, float] = {
    "frame-in-title": 2.0,
    "parties-in-title": 1.5,
    "in-lead": 1.0,
    "early": 1.0,
    "frames": 1.2,
    "strength": 0.3,
    "older": -2.0,
    "recap-only": -0.7,
    "operator": 0.8,
    "one-party": -0.5,
    "equipment": -0.6,
    "title-names-other": -1.6,
    "one-line-untitled": -1.2,
    "instrument-in-title": 1.2,
    "title-of-analysts": -2.5,
    "title-of-many": -1.0,
    "threshold": 2.0,
}

#: Does this number state this field of this deal? Added to the role's own score.
BIND: dict[str, float] = {
    "frame-line": 2.0,
    "same-clause": 0.4,
    "title-of-primary": 1.4,
    "focus": 1.2,
    "party-in-line": 0.5,
    "party-in-clause": 0.4,
    "other-frame-line": -1.2,
    "other-party": -0.4,
    "near-frame": 0.8,
    "far": -0.3,
    "primary": 0.5,
    "older-mismatch": -1.2,
    "repeated": 0.25,
    "both-in-clause": 0.5,
    "maximum-in-focus": 1.4,
    "foreign-instrument": -2.0,
    "up-to-is-no-commitment": -1.5,
    "told-otherwise": 0.8,
}
SLOT_THRESHOLD = 1.9

#: How many lines from where the primary deal is told another party may stand.
OTHER_PARTY_REACH = 6

#: Which place is the deal's site?
SITE: dict[str, float] = {
    "strong": 0.8,
    "named": 0.5,
    "campus": 0.8,
    "told": 1.2,
    "beside": 0.9,
    "focus": 0.8,
    "primary": 0.4,
    "foreign": 1.2,
    "late": 0.5,
    "threshold": 1.4,
}

#: Is this date the deal's?
DATE: dict[str, float] = {"threshold": 1.8, "said": 0.3}
