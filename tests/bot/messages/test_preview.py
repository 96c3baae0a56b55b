"""The payload on the terminal and as HTML: the same words, nothing foreign executed."""

from dataclasses import replace

from rich.console import Console

from bot.delivery.news import EventKind, NewsEvent
from bot.messages.console import rendering
from bot.messages.message import Attachment, payload
from bot.messages.preview import Preview, page
from bot.messages.render import alert_message


def alert(deal, now):
    return alert_message(deal, NewsEvent(kind=EventKind.NEW, at=now), row="mp-1")


def test_terminal_shows_headline_fields_and_buttons(make_deal, now):
    console = Console(width=100, record=True, file=__import__("io").StringIO())
    console.print(rendering(payload(alert(make_deal(), now))))
    text = console.export_text()
    for part in ("New deal", "Northgate Digital signs", "200 MW critical IT", "Suggest a correction", "mp-1"):
        assert part in text


def test_page_shows_both_grounds_and_carries_pictures(make_deal, now):
    message = alert(make_deal(), now)
    card = replace(message.embeds[0], image="c.png")
    chart = Attachment(filename="c.png", content=b"PNG", alt="what it shows")
    html = page([Preview(caption="alert", message=replace(message, embeds=(card,), attachments=(chart,)))])
    assert html.count('class="theme dark"') == html.count('class="theme light"') == 1
    assert html.count("data:image/png;base64,UE5H") == 2
    assert 'alt="what it shows"' in html


def test_page_executes_nothing_foreign(make_deal, now):
    html = page([Preview(caption="x", message=alert(make_deal(provider="<script>alert(1)</script>"), now))])
    assert "<script" not in html
