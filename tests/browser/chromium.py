"""A headless Chromium driven over its DevTools protocol: open a page, ask it, click in it, photograph it.

Knows no page of ours. aiohttp speaks the WebSocket, so that nothing needs to be installed but the browser itself.
"""

import asyncio
import base64
import io
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio"),
    *("--remote-debugging-port=0", "--window-size=1280,900"),
    # Nothing but this machine is reached: every other name resolves to nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_STARTS_WITHIN_S = 60.0


class Tab:
    """One tab. Every method waits until the browser has answered."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0

    async def open(self, url: str) -> None:
        """Go to an address as if it had been typed, and wait until the page is still."""
        await self.send("Page.navigate", url=url)
        await self.settle()

    async def ask(self, script: str) -> Any:
        """Return the value of a JavaScript expression on the page."""
        answer = await self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def click(self, selector: str) -> None:
        """Click with the mouse on the first element that fits: a gesture, as a person makes it."""
        place = await self.ask(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); if (!e) return null;"
            " e.scrollIntoView({block: 'center'}); e.removeAttribute('target');"
            " const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        assert place is not None, f"nothing on the page fits {selector}"
        for kind in ("mousePressed", "mouseReleased"):
            await self.send("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)
        await self.settle()

    async def settle(self, *, still_s: float = 0.3, within_s: float = 45.0) -> None:
        """Wait until the page is loaded and its address and scroll position no longer change."""
        last, since, began = None, 0.0, asyncio.get_running_loop().time()
        while (now := asyncio.get_running_loop().time()) - began < within_s:
            state = await self.ask("[document.readyState, location.href, scrollY].join(' ')")
            if state != last:
                last, since = state, now
            elif str(state).startswith("complete") and now - since >= still_s:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"the page does not settle: {last}")

    async def picture(self) -> Image.Image:
        """Photograph what the window shows."""
        answer = await self.send("Page.captureScreenshot", format="png")
        return Image.open(io.BytesIO(base64.b64decode(answer["data"]))).convert("RGB")

    async def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and return its result; events in between are passed over."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": params})
        while True:
            said = await self._socket.receive_json(timeout=60)
            if said.get("id") == self._number:
                assert "error" not in said, said
                result: dict[str, Any] = said["result"]
                return result


@asynccontextmanager
async def chromium() -> AsyncIterator[Tab]:
    """Start the browser with a fresh profile and yield its only tab; skips the test where there is no Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("needs Chromium; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            *(program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            port = await _port(Path(profile), process)
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                    (target, *_) = [tab for tab in await answer.json() if tab["type"] == "page"]
                async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    yield Tab(socket)
        finally:
            process.terminate()
            await process.wait()


async def _port(profile: Path, process: asyncio.subprocess.Process) -> int:
    """Wait for the port that the browser chose; it writes it into its profile."""
    file = profile / "DevToolsActivePort"
    for _ in range(int(_STARTS_WITHIN_S / 0.05)):
        assert process.returncode is None, "chromium ended at once"
        if file.exists() and (text := file.read_text()).count("\n"):
            return int(text.splitlines()[0])
        await asyncio.sleep(0.05)
    raise AssertionError("chromium does not start")
