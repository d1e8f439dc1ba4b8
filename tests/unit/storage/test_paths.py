from __future__ import annotations

import stat
from pathlib import Path

import pytest

from annotator.storage import paths


@pytest.mark.parametrize(
    ("variable", "folder"),
    [
        ("ANNOTATOR_STATE_DIR", paths.ensure_state_folder),
        ("ANNOTATOR_CACHE_DIR", paths.ensure_cache_folder),
        ("ANNOTATOR_CONFIG_DIR", paths.ensure_config_folder),
    ],
)
def test_a_variable_chooses_the_folder(
    variable: str, folder: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each folder is the one that its variable names, made for the person alone."""
    monkeypatch.setenv(variable, str(tmp_path / "a" / "b"))
    assert callable(folder)
    assert tmp_path / "a" / "b" == folder()
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_without_a_variable_the_system_chooses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unset or empty variable leaves the choice to the system."""
    monkeypatch.setenv("ANNOTATOR_STATE_DIR", "")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert tmp_path / "annotator" == paths.ensure_state_folder()


def test_a_relative_choice_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative folder is taken from where the program was started, and does not move with it later."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNOTATOR_CACHE_DIR", "cache")
    assert tmp_path / "cache" == paths.ensure_cache_folder()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the folder and the variable by which to choose another."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ANNOTATOR_STATE_DIR", str(tmp_path / "file" / "state"))
    with pytest.raises(paths.PathError, match=r"file/state cannot be made .*ANNOTATOR_STATE_DIR"):
        paths.ensure_state_folder()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("Đường 2030.txt", "Đường 2030.txt"),
        ("a\udcffb", "a\\xffb"),
        ("a\nb\x1b[31m", "a\\x0ab\\x1b[31m"),
        ("a\u202etxt.exe", "a\\u202etxt.exe"),
        (Path("/x/👩‍🌾.txt"), "/x/👩‍🌾.txt"),
    ],
)
def test_what_is_shown_can_be_printed(path: str | Path, shown: str) -> None:
    """Bytes that are no text, controls and turning marks are escaped; everything else is shown as it is."""
    assert shown == paths.format_path(path)
    assert paths.format_path(path).encode("utf-8")


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Đường SẮT", "duong sat"), ("ABC", "abc"), ("caf\u00e9 \u1fb6", "cafe \u03b1"), ("e\u0301", "e"), ("中", "中")],
)
def test_folding_takes_accents_and_case(name: str, folded: str) -> None:
    """Names alike but for accents and case fold to the same, composed or not."""
    assert folded == paths.fold_name(name)
