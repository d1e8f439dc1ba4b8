from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.app.preferences.settings import MOST_PLACES, MOST_RECENT, Settings, load_settings
from annotator.app.preferences.settings_file import save_settings, save_user_settings, settings_path

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
        settings.remember_folder(f"/{number}")
    assert settings.recent[:3] == ["/5", "/11", "/10"]
    assert len(settings.recent) == MOST_RECENT


def test_places_and_keys_come_back(tmp_path: Path) -> None:
    """Where the person was and which keys she changed are the same after a restart."""
    settings = Settings(keys={"undo": ["Ctrl+U"], "next": []}, used=["undo"], skips=False, fade=True, toured=True)
    settings.remember_place("/a/\udcff.txt", offset=12, top=3.5)
    path = tmp_path / "settings.json"
    assert save_settings(settings, path) == ""
    assert load_settings(path) == settings


def test_bad_keys_and_places_are_left_out_one_by_one(tmp_path: Path) -> None:
    """What was broken by hand is ignored, the rest holds."""
    path = tmp_path / "settings.json"
    places = {"/a": [1, 2.5], "/b": [1], "/c": "x", "/d": [-1, 0], "/e": [1, 1e300], "/f": [2, 3]}
    found = {"keys": {"undo": ["F2", 3], "redo": "F3", "next": None}, "places": places, "skips": "no", "used": [1, "a"]}
    path.write_text(json.dumps(found))
    assert load_settings(path) == Settings(keys={"undo": ["F2"]}, places={"/a": (1, 2.5), "/f": (2, 3.0)}, used=["a"])


def test_only_so_many_places_are_kept() -> None:
    """The documents seen longest ago are forgotten."""
    settings = Settings()
    for number in (*range(MOST_PLACES), 0, MOST_PLACES):
        settings.remember_place(f"/{number}", offset=number, top=0.0)
    assert len(settings.places) == MOST_PLACES
    assert "/0" in settings.places
    assert "/1" not in settings.places


def test_the_last_document_of_a_folder() -> None:
    """It is the one below the folder in which the person was last, not one of a folder with a longer name."""
    settings = Settings()
    for path in ("/news/a.txt", "/news/deep/b.txt", "/newspapers/c.txt"):
        settings.remember_place(path, offset=0, top=0.0)
    assert settings.find_last_document("/news") == "/news/deep/b.txt"
    assert settings.find_last_document("/news/") == "/news/deep/b.txt"
    assert settings.find_last_document("/old") == ""


def test_settings_are_kept_in_their_folder() -> None:
    """Without a path they are written where the program looks for them."""
    assert save_user_settings(Settings(face="sans")) == ""
    assert load_settings(settings_path()).face == "sans"
