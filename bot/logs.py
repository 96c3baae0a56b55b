"""How the service logs: constant event text, values as fields, as text for people or one JSON object a line."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

#: What every LogRecord carries; anything else was given as a field.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return the values that were logged as fields, those without content left out."""
    return {key: value for key, value in vars(record).items() if key not in _STANDARD and value not in (None, "")}


class TextFormatter(logging.Formatter):
    """`12:04:05 INFO feed fetched feed=https://… outcome=new`."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line, and the traceback below it where there is one."""
        at = datetime.fromtimestamp(record.created, UTC)
        fields = " ".join(f"{key}={_shown(value)}" for key, value in fields_of(record).items())
        line = f"{at:%H:%M:%S} {record.levelname} {record.getMessage()}" + (f" {fields}" if fields else "")
        return line + (f"\n{self.formatException(record.exc_info)}" if record.exc_info else "")


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """Write time, level, event and the fields."""
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "at": at.isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line | fields_of(record), ensure_ascii=False, default=str)


def _shown(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if " " in text or not text else text


def start_logging(level: str, *, as_json: bool) -> None:
    """Send the program's log to standard error; libraries speak only from warning on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if as_json else TextFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("discord.client").setLevel(logging.ERROR)  # its warnings are about voice, which is not used
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # that a run lasts and the next one waits is meant so
    for room in ("bot", "db", "extractors"):
        logging.getLogger(room).setLevel(level.upper())
