from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.settings import MOST_RECENT, Settings, load_settings
from annotator.app.settingsfile import save_settings

if TYPE_CHECKING:
    from pathlib import Path

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    """Every preference comes back, also a folder whose name is no text."""
    settings = Settings(language="vi", theme="dark", face="sans", zoom=1.5, annotator="mai", window="d2lu")
    settings.recent = ["/a/\udcff", "/b/😀"]
    path = tmp_path / "deep" / "settings.json"
    assert save_settings(settings, path) == ""
    assert load_settings(path) == settings


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe\x00", b"3", b"[" * 100_000, b'{"zoom": NaN'])
def test_a_file_that_cannot_be_read_gives_the_usual(tmp_path: Path, content: bytes) -> None:
    """Whatever is in the file, the program starts."""
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()
    assert load_settings(tmp_path / "none.json") == Settings()


def test_values_of_a_wrong_type_are_the_usual_ones(tmp_path: Path) -> None:
    """Each wrong value is replaced by itself, the others hold; choices that do not exist count as wrong."""
    path = tmp_path / "settings.json"
    found = {"language": 3, "theme": "pink", "face": "sans", "zoom": "big", "recent": ["/a", 4, None], "new": 1}
    path.write_text(json.dumps(found))
    assert load_settings(path) == Settings(face="sans", recent=["/a"])


@pytest.mark.parametrize(
    ("written", "zoom"),
    [("9", 4.0), ("-1", 0.5), ("2", 2.0), ("1" + "0" * 400, 4.0), ("NaN", 0.5), ("Infinity", 4.0), ("true", 1.0)],
)
def test_the_zoom_stays_within_reason(tmp_path: Path, written: str, zoom: float) -> None:
    """A size that no screen can show is the nearest that can be."""
    path = tmp_path / "settings.json"
    path.write_text(f'{{"zoom": {written}}}')
    assert load_settings(path).zoom == zoom


@given(found=st.dictionaries(st.sampled_from([*Settings.__dataclass_fields__, "other"]), JSON))
def test_any_json_can_be_loaded(tmp_path_factory: pytest.TempPathFactory, found: dict[str, object]) -> None:
    """Whatever stands under the keys, loading gives settings of the right types."""
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(found))
    loaded = load_settings(path)
    assert [type(getattr(loaded, name)) for name in Settings.__dataclass_fields__] == [
        type(getattr(Settings(), name)) for name in Settings.__dataclass_fields__
    ]
    assert 0.5 <= loaded.zoom <= 4.0


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Saving says why it failed."""
    (tmp_path / "file").write_text("x")
    assert save_settings(Settings(), tmp_path / "file" / "settings.json")


def test_recent_folders() -> None:
    """The last one opened is the first, each is there once, and only so many are kept."""
    settings = Settings()
    for number in (*range(12), 5):
        settings.remember(f"/{number}")
    assert settings.recent[:3] == ["/5", "/11", "/10"]
    assert len(settings.recent) == MOST_RECENT
