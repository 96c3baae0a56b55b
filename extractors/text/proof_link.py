"""Where a sentence stands in a web page: links with a text directive, on which browsers scroll to it and mark it.

    text_directive(sentence, *, within="") -> str        `text=The%20deal,five%20years`; "" = cannot be pointed at
    with_directive(url, directive) -> str                the address with it, an existing fragment kept
    proof_link(url, sentence) -> str                     both at once

Knows the syntax of https://wicg.github.io/scroll-to-text-fragment/ and how browsers match: whole words, within one
block of text, the first place that fits. Knows no database, no message and no markup.
"""

#: Up to so many words are pointed at as a whole; of a longer sentence only the edges, so that a link or a footnote
#: mark in its middle does no harm.
_WHOLE = 8
_EDGE = 4
#: A longer directive is ballast and means that the text has no words as we know them.
MAX_DIRECTIVE = 480
#: Everything else is percent-encoded: "-", "," and "&" are syntax within a directive, the rest may end an address.
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._")
_MARK = ":~:"


def text_directive(sentence: str, *, within: str = "") -> str:
    """Return the directive that finds a sentence; its beginning grows until it stands only once in `within`."""
    words = _without_ornaments(sentence.split())
    if len(words) <= _WHOLE:
        edges = [words] if words else []
    else:
        start = _unique_start(words, " ".join(within.split()).casefold())
        edges = [words[:start], words[-min(_EDGE, len(words) - start) :]] if start < len(words) else [words]
    directive = f"text={','.join(map(_encoded, edges))}" if edges else ""
    return directive if len(directive) <= MAX_DIRECTIVE else ""


def _without_ornaments(words: list[str]) -> list[str]:
    """Drop bullets, dashes and pictures from both ends: on the page they may be drawn, not written."""
    spoken = [at for at, word in enumerate(words) if any(map(str.isalnum, word))]
    return words[spoken[0] : spoken[-1] + 1] if spoken else []


def _unique_start(words: list[str], text: str) -> int:
    """Return how many words tell the sentence from the rest of the text, at least the usual few."""
    for count in range(_EDGE, len(words) - 1):
        if text.count(" ".join(words[:count]).casefold()) <= 1:
            return count
    # It stands there twice, word by word: the first place is as good as the second.
    return _EDGE


def _encoded(words: list[str]) -> str:
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in " ".join(words).encode())


def with_directive(url: str, directive: str) -> str:
    """Return the address with a directive behind its own fragment; one that it carried already is replaced."""
    page = url.partition(_MARK)[0]
    if not directive:
        return page.removesuffix("#")
    return f"{page}{_MARK}{directive}" if "#" in page else f"{page}#{_MARK}{directive}"


def proof_link(url: str, sentence: str) -> str:
    """Return the address of the place where a page says a sentence."""
    return with_directive(url, text_directive(sentence))
