"""The wide list of words that can tell a move of a share, upwards or downwards: verbs, nouns and adjectives alike.

Far too wide to decide alone ("lifted capacity", "hit 40%"): they are reasons that a trained model weighs together.
"""

import re

from extractors.closed_sets import Direction

_UP = r"""
    up | upped | higher | high | above | ahead | plus | green | best | better | richer | dearer | firmer | stronger | firmed
    | rose | ris(?:e[sn]?|ing) | gain(?:s|ed|ing|ers?)? | jump\w* | surg\w+ | soar\w* | climb\w* | leap\w* | rall(?:y|ied|ies|ying)
    | sho(?:t|ots?|oting) | spik\w+ | pop(?:s|ped|ping)? | advanc(?:e[sd]?|ing|ers?) | add(?:s|ed|ing) | skyrocket\w* | rocket\w*
    | increas\w+ | doubl\w+ | tripl\w+ | quadrupl\w+ | boost\w* | lift(?:s|ed|ing)? | boun(?:ce[sd]?|cing) | rebound\w* | recover\w*
    | tack(?:s|ed|ing) | ascen\w+ | put | swell\w* | swol\w+ | explod\w+ | vault\w+ | outperform\w* | beat(?:s|ing)? | fl(?:y|ies|ew|own|ying)
    | rac(?:ed|es|ing) | rip(?:s|ped|ping) | ran | run-?up | took | moon\w* | popp\w+ | hop(?:s|ped) | bump(?:s|ed)? | uptick | upswing
    | uplift | spurt\w* | spr(?:ang|ings?|ung) | zoom\w* | blast\w* | catapult\w* | buoy\w* | bid | won | returned? | made | earned | squeez\w+
    | hik(?:e[sd]?|ing) | pick(?:ed|s) | tick(?:ed|s) | edg(?:ed|es|ing) | nudg(?:ed|es) | appreciat\w+ | expand\w* | grow(?:n|s|th|ing)? | grew
    | improv\w+ | melt-up | peak\w* | topp(?:ed|ing) | winner | winners | skyward | upward\w* | northward\w* | heft\w* | burst\w* | roar\w* | takeoff"""
_DOWN = r"""
    down | lower | low | below | under | minus | red | worst | worse | poorer | cheaper | softer | weaker | weak\w* | off | fell | fall(?:s|en|ing)?
    | drop\w* | slid(?:e[sd]?|ing)? | tumbl\w+ | sank | sink\w* | sunk | plung\w+ | plummet\w* | declin\w+ | los(?:t|es?|ing|ers?|s|ses) | shed(?:s|ding)?
    | slip\w* | dip(?:s|ped|ping)? | crash\w* | retreat\w* | slump\w* | ga?ve | giv(?:es|ing|en) | hand(?:s|ed|ing)? | decreas\w+ | pull-?back | pulled
    | eas(?:ed|es|ing) | wip(?:ed|es|ing) | eras(?:ed|es|ing) | tank(?:s|ed|ing) | div(?:e[sd]?|ing) | dove | nosediv\w* | haircut | bled | bleed\w*
    | skid\w* | stumbl\w+ | wobbl\w+ | buckl\w+ | crater\w* | collaps\w+ | descend\w* | descent | erod\w+ | evaporat\w+ | surrender\w* | sag(?:s|ged|ging)?
    | slash\w* | cut(?:s|ting)? | hit | struck | beaten | hammer\w* | slam\w* | punish\w* | batter\w* | dump\w* | knock\w* | wallop\w* | clobber\w*
    | clip(?:s|ped)? | trim(?:s|med)? | soften\w* | dent\w* | deflat\w+ | lag(?:s|ged|ging)? | trail(?:s|ed|ing)? | sell-?off | sold | correct(?:ion|ed)
    | underperform\w* | shav(?:es|ed|ing) | melt(?:s|ed|down)? | halv\w+ | swoon\w* | swan-dive | tail(?:ed|s) | fad(?:ed|es|ing) | reced\w+ | smack\w*
    | spank\w* | nurs(?:es|ed|ing) | suffer\w* | conced\w+ | forfeit\w* | vanish\w* | southward\w* | downward\w* | drawdown | hemorrhag\w* | rout | routed"""
WAY = re.compile(rf"(?<![\w-])(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?![\w-])", re.VERBOSE)


def way_of(match: re.Match[str]) -> Direction:
    """Return the direction a word of the list speaks for."""
    return Direction.UP if match["up"] else Direction.DOWN
