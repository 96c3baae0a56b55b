"""The errors a person may meet, and the exit code each one means.

MarketPulseError            1   something the program could not do
├── InputError              2   what the user gave cannot be used
├── ConfigError             3   a settings or data file is wrong (file, key, reason, remedy)
├── FetchError              4   an address could not be read
├── DatabaseError           5   the database file is missing, foreign, newer or damaged
└── LeaseHeldError          6   another service already collects and delivers on this database
"""

from pathlib import Path


class MarketPulseError(Exception):
    """Base of all expected errors; its text is one sentence that says what to do."""

    exit_code = 1


class InputError(MarketPulseError):
    """What the user gave cannot be used."""

    exit_code = 2


class ConfigError(MarketPulseError):
    """A settings or data file is wrong."""

    exit_code = 3

    def __init__(self, file: Path | str, key: str, reason: str, remedy: str) -> None:
        self.file, self.key, self.reason, self.remedy = str(file), key, reason, remedy
        place = f"{file}: {key}" if key else str(file)
        super().__init__(f"{place}: {reason}. {remedy}")


class FetchError(MarketPulseError):
    """An address could not be read."""

    exit_code = 4

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"{url} could not be read: {reason}")


class DatabaseError(MarketPulseError):
    """The database file cannot be used."""

    exit_code = 5


class LeaseHeldError(MarketPulseError):
    """Another service holds the lease on this database."""

    exit_code = 6

    def __init__(self, holder: str, until: str) -> None:
        super().__init__(
            f"another Market Pulse service ({holder}) is collecting into this database until {until}; "
            "stop it first, or give this one another database with --db"
        )
