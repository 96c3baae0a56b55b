"""Every body held against Discord's own API description, and our rules for what that description misses.

The description lies outside the project; where it is absent, only our own rules apply and `available` says so.
"""

import json
from functools import cache
from pathlib import Path

DESCRIPTION = Path(__file__).parents[3] / "shared" / "reference" / "discord-openapi.json"


def available() -> bool:
    return DESCRIPTION.exists()


@cache
def _validator(path: str, method: str):
    import jsonschema
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    document = _document()
    operation = document["paths"][path][method]
    content = operation["requestBody"]["content"]
    schema = (content.get("application/json") or next(iter(content.values())))["schema"]
    registry = Registry().with_resource("urn:discord", Resource(contents=document, specification=DRAFT202012))
    return jsonschema.Draft202012Validator(_absolute(schema), registry=registry)


@cache
def _document() -> dict:
    return _absolute(json.loads(DESCRIPTION.read_text(encoding="utf-8")))


def _absolute(node):
    if isinstance(node, dict):
        return {
            key: f"urn:discord{value}" if key == "$ref" and str(value).startswith("#") else _absolute(value)
            for key, value in node.items()
        }
    return [_absolute(value) for value in node] if isinstance(node, list) else node


def faults(path: str, method: str, body: object) -> list[str]:
    """Return what Discord would object to."""
    found = _own_rules(body) if isinstance(body, dict) else []
    if available():
        found += [
            f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
            for error in _validator(path, method).iter_errors(_with_text_ids(body))
        ]
    return found


def _with_text_ids(body: object) -> object:
    """Write the ids of attachments and references as text: the known deviation, discord.py sends numbers."""
    if isinstance(body, list):
        return [_with_text_ids(item) for item in body]
    if not isinstance(body, dict):
        return body
    return {
        key: str(value) if key in {"id", "message_id", "channel_id"} else _with_text_ids(value)
        for key, value in body.items()
    }


def _own_rules(body: dict) -> list[str]:
    from bot.messages.limits import breaches

    data = body.get("data", body) if "type" in body and "data" in body else body
    if "embeds" not in data and "content" not in data:
        return []
    sizes = tuple(file["size"] for file in data.get("files", []))
    return breaches({key: value for key, value in data.items() if value is not None}, file_sizes=sizes)
