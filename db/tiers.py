"""How well a deal is proven, in words: who says so, measured against how large the claim is.

evidence_tier(conclusion, tiers) -> str
"""

from collections.abc import Mapping

from db.records import SourceTier
from extractors.resolve import Conclusion

#: A claim of this size deserves more than one voice.
LARGE_USD = 1_000_000_000
_FIGURES = frozenset({"value_usd", "value_original", "capacity_mw", "term_years"})


def evidence_tier(conclusion: Conclusion, tiers: Mapping[int, SourceTier]) -> str:
    """Say in a few words how well a deal is proven; `tiers` are those of its articles."""
    if set(tiers.values()) == {SourceTier.HISTORY}:
        return "bundled history"
    filings = [said for said in conclusion.said if tiers.get(said.item.article_id) is SourceTier.FILING]
    if any(said.item.mention.primary for said in filings):
        contested = {said.field for said in filings if not said.shown and said.field in _FIGURES}
        return "a filing disagrees with the figures shown" if contested else "filing-confirmed"
    voices = "1 source" if conclusion.sources == 1 else f"{conclusion.sources} independent sources"
    if SourceTier.PRESS_RELEASE in tiers.values():
        return f"company statement, {voices}"
    value = conclusion.facts.value_usd
    if conclusion.sources == 1 and value is not None and value >= LARGE_USD:
        return "a single source for a large claim"
    return voices
