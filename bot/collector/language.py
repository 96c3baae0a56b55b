"""Tells English from the rest by script and function words. Small on purpose: non-English is stored and skipped."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_PROFILES = {
    "en": "the of and to in a is that for on with as it by be at are from this have has was will its said not or an which",
    "de": "der die und das von zu den mit ist für auf im dem nicht ein eine sich des auch wird bei einer als hat werden",
    "fr": "le la les de des et à est un une dans pour que qui sur par au avec plus ce pas du en son ont cette sont",
    "es": "el la los de y que en un una por con para del se las es al como más su ha lo sus entre este sobre",
    "it": "il la di che e un una per in del della con sono non le i da al nel più gli ha alla dei come anche",
    "pt": "o a os de e que em um uma para com do da no na por se as dos mais ao como foi não sua das",
    "nl": "de het een en van in is dat op te zijn voor met die aan niet ook door bij wordt naar heeft om als",
    "pl": "i w na z do się nie że to jest o jak za przez od po dla są przy który oraz tym ale może",
    "tr": "ve bir bu için ile da de olarak olan çok daha ne gibi kadar sonra ise ancak en göre olduğu",
    "sv": "och att det i en är som på av för med den till inte har om ett de var från kan vid så men",
    "id": "yang dan di untuk dengan ini dari pada dalam akan tidak itu ke juga oleh adalah sebagai telah dapat",
}
_PROFILE_SETS = {code: frozenset(words.split()) for code, words in _PROFILES.items()}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
_SAMPLE = 4000
_FEWEST_WORDS = 12


def detect_language(text: str, *, declared: str | None = None) -> str | None:
    """Return a language code such as "en"; a text too short to tell is taken at its declared word, else None."""
    sample = text[:_SAMPLE]
    letters = sum(1 for character in sample if character.isalpha())
    for code, script in _SCRIPTS:
        if letters and len(script.findall(sample)) > letters / 4:
            return code
    words = _WORD.findall(sample.lower())
    hint = (declared or "").strip().lower()[:2] or None
    if len(words) < _FEWEST_WORDS:
        return hint
    scores = {code: sum(1 for word in words if word in profile) for code, profile in _PROFILE_SETS.items()}
    best = max(scores, key=lambda code: (scores[code], code == hint))
    return best if scores[best] >= len(words) * 0.06 else hint
