"""An answer in plain words as a Discord message: the statement, its lines, the sentences that prove it with links."""

import re
from datetime import datetime

from bot.ask.answers import Answer
from bot.ask.statements import Citation
from bot.messages.limits import MAX_DESCRIPTION, fit
from bot.messages.markdown import escape, join_lines, link, plain, shorten
from bot.messages.message import Embed, Message
from bot.messages.render import AMBER, BLUE, DISCLAIMER

#: A line of a ranking bears its number already.
_RANK = re.compile(r"\d+\. ")
_QUOTES = 5
_QUOTE_LENGTH = 300


def answer_message(question: str, answer: Answer, *, as_of: datetime | None = None) -> Message:
    """Compose the message of an answer; one that could not be given has another colour and says what can be asked."""
    lines = [
        f"**{escape(answer.text)}**",
        *(f"{'' if _RANK.match(line) else '• '}{escape(line)}" for line in answer.lines),
    ]
    quotes = [_quote(cite) for cite in answer.citations[:_QUOTES]]
    embed = Embed(
        title=escape(shorten(plain(question), 200)),
        colour=BLUE if answer.answered else AMBER,
        description=join_lines([*lines, *quotes], MAX_DESCRIPTION),
        footer=" · ".join(
            filter(
                None,
                [
                    f"as known on {as_of:%Y-%m-%d}" if as_of else "",
                    f"understood as: {answer.understood}" if answer.understood else "",
                    DISCLAIMER,
                ],
            )
        ),
    )
    return Message(embeds=(fit(embed),))


def _quote(cite: Citation) -> str:
    words = plain(cite.sentence)
    return f"> “{escape(shorten(words, _QUOTE_LENGTH))}” — {link(cite.publisher, cite.url)}"
