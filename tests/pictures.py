"""Draw the pictures of the README with the program itself: the founding alert and the demo's timeline.

usage: python -m tests.pictures      (needs chromium; writes docs/alert.png and docs/timeline.png)
"""

import asyncio
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageChops
from rich.console import Console

from bot.delivery.announce import standing
from bot.demo import demo_settings, run_demo
from bot.messages.preview import Preview, page
from bot.messages.render import alert_message
from bot.settings import load_settings
from db.connection import open_database
from db.deals import DealFilter, list_deals

DOCS = Path(__file__).parent.parent / "docs"
CHROMIUM = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"),
    "--force-device-scale-factor=2",
)


def screenshot(html: Path, png: Path, *, width: int, height: int) -> None:
    """Photograph a page and cut off the empty ground around it."""
    with tempfile.TemporaryDirectory() as profile:
        command = [*CHROMIUM, f"--user-data-dir={profile}", f"--window-size={width},{height}", f"--screenshot={png}"]
        subprocess.run([*command, html.as_uri()], check=True, capture_output=True, timeout=60)
    picture = Image.open(png).convert("RGB")
    ground = Image.new("RGB", picture.size, picture.getpixel((picture.width - 1, picture.height - 1)))
    box = ImageChops.difference(picture, ground).getbbox()
    if box:
        margin = 24
        picture = picture.crop((0, max(0, box[1] - margin), picture.width, min(picture.height, box[3] + margin)))
    picture.quantize(colors=128).save(png, optimize=True)


def draw(folder: Path) -> None:
    """Play the demo and draw what it made."""
    settings = load_settings(None, database_path=None)
    with (folder / "log.txt").open("w") as log:
        asyncio.run(run_demo(settings, folder, Console(file=log)))
    db = open_database(demo_settings(settings, folder).database_path, read_only=True)
    deal = next(
        deal
        for deal in list_deals(db, DealFilter(limit=100))
        if deal.facts.customer == "Microsoft" and deal.facts.alerts
    )
    db.close()
    message = alert_message(deal, standing(deal, now=datetime.now(UTC)), row="MP-1")
    html = folder / "alert.html"
    html.write_text(page([Preview(caption="", message=message)], themes=("dark",)), encoding="utf-8")
    screenshot(html, DOCS / "alert.png", width=640, height=1400)
    Image.open(folder / "timeline.png").convert("RGB").quantize(colors=128).save(DOCS / "timeline.png", optimize=True)


def main() -> None:
    """Draw into docs/."""
    if shutil.which("chromium") is None:
        sys.exit("chromium is needed to draw the pictures; on Debian: apt-get install chromium")
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        draw(Path(folder))
    sys.stdout.write(f"{DOCS / 'alert.png'}\n{DOCS / 'timeline.png'}\n")


if __name__ == "__main__":
    main()
