"""How the sample outlets look on the wire: four feed formats and an article page. Text in, text out."""

import json
from email.utils import format_datetime
from html import escape

from bot.sample.world import Outlet, SampleArticle

CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}

_STYLE = "body{max-width:44rem;margin:2rem auto;font:1.05rem/1.6 Georgia,serif}nav,aside,footer{font:.85rem sans-serif}"


def feed(outlet: Outlet, base_url: str) -> str:
    """Render the outlet's feed in its own format."""
    return {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json}[outlet.format](outlet, base_url)


def page(outlet: Outlet, article: SampleArticle) -> str:
    """Render an article page with what surrounds articles in the wild: navigation, teasers, a footer."""
    teasers = "".join(f'<li><a href="#">{escape(teaser)}</a></li>' for teaser in outlet.teasers)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(article.title)} | {escape(outlet.name)}</title>
<meta name="author" content="{escape(article.author)}">
<meta property="og:type" content="article"><meta property="og:site_name" content="{escape(outlet.name)}">
<meta property="article:published_time" content="{article.published.isoformat()}"><style>{_STYLE}</style></head>
<body><header><nav><a href="/{outlet.key}/">{escape(outlet.name)}</a> | <a href="#">Newsletter</a></nav></header>
<main><article><h1>{escape(article.title)}</h1>
<p class="byline">By {escape(article.author)}, <time datetime="{article.published.isoformat()}">{article.published:%d %B %Y}</time></p>
{body(article)}
</article></main>
<aside><h2>More from {escape(outlet.name)}</h2><ul>{teasers}</ul></aside>
<footer>{escape(outlet.tagline)}. Sample page of the Market Pulse demo; real events with their dates moved.</footer>
</body></html>
"""


def front_page(outlet: Outlet) -> str:
    """Render the outlet's front page, a list of links."""
    links = "".join(f'<li><a href="/{outlet.key}/{a.slug}">{escape(a.title)}</a></li>' for a in outlet.articles)
    return f"<!DOCTYPE html><html><head><title>{escape(outlet.name)}</title></head><body><ul>{links}</ul></body></html>"


def body(article: SampleArticle) -> str:
    """Render the paragraphs as HTML; a paragraph of "- " lines becomes a list."""
    return "\n".join(_block(paragraph) for paragraph in article.paragraphs)


def _block(paragraph: str) -> str:
    if not paragraph.startswith("- "):
        return f"<p>{escape(paragraph)}</p>"
    items = "".join(f"<li>{escape(line.removeprefix('- '))}</li>" for line in paragraph.splitlines())
    return f"<ul>{items}</ul>"


def _rss(outlet: Outlet, base_url: str) -> str:
    items = "".join(
        f"""<item><title>{escape(article.title)}</title><link>{_link(outlet, article, base_url)}</link>
<guid isPermaLink="false">{outlet.key}-{article.slug}</guid><pubDate>{format_datetime(article.published)}</pubDate>
<description>{escape(article.summary)}</description>{_encoded(outlet, article)}</item>
"""
        for article in outlet.articles
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{escape(outlet.name)}</title>
<link>{base_url}/{outlet.key}/</link><description>{escape(outlet.tagline)}</description><ttl>5</ttl>
{items}</channel></rss>
"""


def _encoded(outlet: Outlet, article: SampleArticle) -> str:
    return f"<content:encoded><![CDATA[{body(article)}]]></content:encoded>" if outlet.full_text else ""


def _atom(outlet: Outlet, base_url: str) -> str:
    entries = "".join(
        f"""<entry><id>tag:{outlet.key}.example,2026:{article.slug}</id><title>{escape(article.title)}</title>
<link rel="alternate" href="{_link(outlet, article, base_url)}"/><author><name>{escape(article.author)}</name></author>
<published>{article.published.isoformat()}</published><updated>{article.published.isoformat()}</updated>
<summary type="html">{escape(f"<p>{escape(article.summary)}</p>")}</summary></entry>
"""
        for article in outlet.articles
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:{outlet.key}.example,2026:feed</id><title>{escape(outlet.name)}</title>
<subtitle>{escape(outlet.tagline)}</subtitle><link rel="self" href="{base_url}/{outlet.key}/feed"/>
<updated>{outlet.articles[0].published.isoformat()}</updated>
{entries}</feed>
"""


def _rdf(outlet: Outlet, base_url: str) -> str:
    links = "".join(f'<rdf:li resource="{_link(outlet, article, base_url)}"/>' for article in outlet.articles)
    items = "".join(
        f"""<item rdf:about="{_link(outlet, article, base_url)}"><title>{escape(article.title)}</title>
<link>{_link(outlet, article, base_url)}</link><description>{escape(article.summary)}</description>
<dc:date>{article.published.isoformat()}</dc:date><dc:creator>{escape(article.author)}</dc:creator></item>
"""
        for article in outlet.articles
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{base_url}/{outlet.key}/feed">
<title>{escape(outlet.name)}</title><link>{base_url}/{outlet.key}/</link>
<description>{escape(outlet.tagline)}</description><items><rdf:Seq>{links}</rdf:Seq></items></channel>
{items}</rdf:RDF>
"""


def _json(outlet: Outlet, base_url: str) -> str:
    items = [
        {
            "id": f"{outlet.key}-{article.slug}",
            "url": _link(outlet, article, base_url),
            "title": article.title,
            "summary": article.summary,
            "content_html": body(article),
            "date_published": article.published.isoformat(),
            "authors": [{"name": article.author}],
        }
        for article in outlet.articles
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{base_url}/{outlet.key}/",
        "feed_url": f"{base_url}/{outlet.key}/feed",
        "items": items,
    }
    return json.dumps(document, indent=1, ensure_ascii=False)


def _link(outlet: Outlet, article: SampleArticle, base_url: str) -> str:
    return f"{base_url}/{outlet.key}/{article.slug}"
