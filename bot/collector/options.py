"""What an operator may set of the collector, as plain values with the defaults of a polite one."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorOptions:
    """Limits and manners of the collector."""

    contact: str = ""
    """E-mail or web page of the operator, sent in the User-Agent; SEC EDGAR is not asked without it."""
    total_timeout_s: float = 30.0
    connect_timeout_s: float = 10.0
    max_feed_bytes: int = 10_000_000
    max_page_bytes: int = 5_000_000
    max_redirects: int = 5
    concurrency: int = 16
    per_host_concurrency: int = 2
    per_host_delay_s: float = 1.0
    min_poll_minutes: float = 2.0
    max_poll_minutes: float = 60.0
    """The longest wait that a publisher's Cache-Control, Expires or ttl can ask for."""
    max_backoff_hours: float = 24.0
    alert_window: timedelta = timedelta(hours=72)
    """An entry published longer ago than this never alerts."""
    alert_after: datetime | None = None
    """Nor does one published before this, when set."""
    respect_robots: bool = True
    allow_loopback: bool = False
    """True only for the demo and for tests: addresses of this machine may be fetched."""

    @property
    def user_agent(self) -> str:
        """Name the program and the operator's contact."""
        return f"MarketPulse/0.1 ({self.contact})" if self.contact else "MarketPulse/0.1"
