"""Links in feeds: made absolute, and dropped when they do not lead to the web."""

from urllib.parse import urljoin

_LONGEST = 4000


def absolute_url(link: str, base: str) -> str | None:
    """Resolve a link against a base; None when it is empty, absurd or not of the web."""
    link = "".join(link.split())
    if not link:
        return None
    try:
        url = link if link.startswith(("http://", "https://")) else urljoin(base, link)
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) and len(url) < _LONGEST else None
