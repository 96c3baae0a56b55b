"""A plain Discord webhook as a place that takes messages: an address only, no bot account.

A webhook keeps no nonces and cannot read its channel, so an attempt whose answer is lost is never repeated. Buttons
that come back to a bot are left out: nobody would answer them.
"""

import json
from collections.abc import Callable
from datetime import datetime
from math import inf
from typing import Any

import aiohttp

from bot.delivery.channel import DeliveryError, Found, GoneError, InvalidError, LaterError, RefusedError, UnknownError
from bot.messages.limits import breaches
from bot.messages.message import Message, payload

TIMEOUT_S = 15.0


class WebhookChannel:
    """Posts to webhooks. `address` maps the name in a target to the secret address, None when it is not set."""

    remembers_nonces = False

    def __init__(
        self, session: aiohttp.ClientSession, address: Callable[[str], str | None], *, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._session, self._address = session, address
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)

    async def send(
        self, place: str, message: Message, *, nonce: str, reply_to: str | None, leave_within_s: float = inf
    ) -> str | None:
        """Post a message; a webhook cannot reply, so a reply stands alone."""
        body = await self._call("POST", f"{self._url(place)}?wait=true", message)
        return str(body["id"]) if "id" in body else None

    async def edit(self, place: str, message_id: str, message: Message) -> None:
        """Replace what a message of this webhook shows."""
        try:
            await self._call("PATCH", f"{self._url(place)}/messages/{message_id}", message)
        except RefusedError as error:
            raise GoneError(str(error)) from error

    async def find(self, place: str, marker: str, *, since: datetime) -> str | Found:
        """A webhook cannot read."""
        return Found.UNREADABLE

    def _url(self, place: str) -> str:
        url = self._address(place)
        if not url:
            raise RefusedError(f"the setting that holds the address of webhook {place!r} is empty")
        return url.partition("?")[0].rstrip("/")

    async def _call(self, method: str, url: str, message: Message) -> dict[str, Any]:
        body = payload(message, with_buttons=False)
        if faults := breaches(body, file_sizes=tuple(len(file.content) for file in message.attachments)):
            raise InvalidError("; ".join(faults))
        try:
            async with self._session.request(method, url, data=_form(body, message), timeout=self._timeout) as answer:
                return await _read(answer)
        except aiohttp.ClientConnectorError as error:
            raise LaterError("Discord could not be reached") from error
        except (TimeoutError, aiohttp.ClientError) as error:
            raise UnknownError(f"the connection broke ({type(error).__name__})") from error


def _form(body: dict[str, Any], message: Message) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", json.dumps(body), content_type="application/json")
    for index, file in enumerate(message.attachments):
        form.add_field(f"files[{index}]", file.content, filename=file.filename, content_type="image/png")
    return form


async def _read(answer: aiohttp.ClientResponse) -> dict[str, Any]:
    if answer.status < 300:
        body: dict[str, Any] = await answer.json() if answer.status != 204 else {}
        return body
    raise await _error(answer)


async def _error(answer: aiohttp.ClientResponse) -> DeliveryError:
    status = answer.status
    if status == 429:
        return LaterError("rate limited", after_s=float(answer.headers.get("Retry-After", "5")))
    if status in {401, 403, 404}:
        return RefusedError(f"Discord answered {status}: the webhook is gone or closed")
    if status >= 500:
        return UnknownError(f"Discord answered {status}")
    return InvalidError(f"Discord answered {status}: {(await answer.text())[:200]}")
