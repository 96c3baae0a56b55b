"""A fault in a TOML file is told with its line, whatever the fault."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.toml_file import load_toml

TEXT = """# comment
top = 1

[server]
port = 80
"odd key" = 2

[server.limits]  # nested
rate = 3
"""


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        pytest.param(("top",), "top (line 2)", id="top-level"),
        pytest.param(("server",), "server (line 4)", id="table"),
        pytest.param(("server", "port"), "server.port (line 5)", id="key"),
        pytest.param(("server", "odd key"), "server.odd key (line 6)", id="quoted-key"),
        pytest.param(("server", "limits", "rate"), "server.limits.rate (line 9)", id="nested"),
        pytest.param(("server", "missing"), "server.missing (line 4)", id="missing-key-gives-its-table"),
        pytest.param(("nowhere",), "nowhere", id="unknown"),
    ],
)
def test_place_names_the_line(tmp_path: Path, keys: tuple[str, ...], place: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(TEXT, encoding="utf-8")
    assert load_toml(path).place(*keys) == place


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        pytest.param(b"a = 1\nb = \n", "line 2, column 5", "invalid value", id="syntax"),
        pytest.param(b"a = [1,\n", "end of document", "", id="unclosed"),
        pytest.param(b"a = 1\na = 2\n", "line 2", "cannot overwrite", id="twice"),
        pytest.param(b"a = '\xff'\n", "", "cannot be read", id="not-utf8"),
    ],
)
def test_malformed_file_is_told(tmp_path: Path, text: bytes, key: str, reason: str) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(text)
    with pytest.raises(ConfigError) as caught:
        load_toml(path)
    assert key in caught.value.key
    assert reason in caught.value.reason.lower()


def test_folder_instead_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_toml(tmp_path)
