"""Files of ours that somebody else wrote: journals, preferences, label sets, and folders full of hostile sidecars."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
from bounded import ROOT, bounded
from hostile_yaml import HOSTILE, WHOLE

from annotator.app.persistence.loading import open_decisions
from annotator.app.preferences.settings import Settings, load_settings
from annotator.storage.documents.reader import read_document
from annotator.storage.errors import DataFileError
from annotator.storage.journal.codec import DamagedLineError, decode_entry
from annotator.storage.journal.journal import journal_path, open_journal
from annotator.storage.limits import MAX_SETTINGS_BYTES
from annotator.storage.paths import ensure_state_folder
from annotator.storage.workspace.label_set import parse_label_set

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Đến năm 2030, kinh tế số đạt trên 30%. Ông An nói vậy.\n"
NOW = "2026-05-13T09:12:44+07:00"


def summed(body: str | bytes) -> bytes:
    """A line of a journal with the checksum that fits."""
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return b'%b,"crc":"%08x"}' % (data, zlib.crc32(data))


def step(changes: str, what: str = '"tag"', at: str = "[0,9]") -> str:
    """The body of a line that says that a step was done."""
    return f'{{"n":2,"kind":"did","step":{{"what":{what},"at":{at},"when":"","who":"","changes":[{changes}]}}'


def tagged(**parts: str) -> str:
    """A change that makes an annotation, of which some parts are as given."""
    usual = {"id": '"a"', "at": "[0,9]", "labels": '["target"]', "text": '"x"', "origin": '"person"'}
    inner = ",".join(f'"{key}":{value}' for key, value in {**usual, **parts}.items())
    return f'["annotation",0,null,{{"annotation":{{{inner}}}}}]'


LINES: dict[str, str | bytes] = {
    "no number": '{"kind":"undid"',
    "number that is a text": '{"n":"2","kind":"undid"',
    "number that is none": '{"n":NaN,"kind":"undid"',
    "number without end": '{"n":1e999,"kind":"undid"',
    "number that is true": '{"n":true,"kind":"undid"',
    "number below zero": '{"n":-2,"kind":"undid"',
    "number of a million digits": '{"n":' + "9" * 1_000_000 + ',"kind":"undid"',
    "kind that is a list": '{"n":2,"kind":[]',
    "list instead": "[1,2",
    "deep": '{"n":2,"kind":"undid","x":' + "[" * 100_000,
    "deep and closed": '{"n":2,"kind":"undid","x":' + "[" * 100_000 + "]" * 100_000,
    "not UTF-8": b'{"n":2,"kind":"\xff"',
    "UTF-16": '{"n":2,"kind":"undid"'.encode("utf-16"),
    "sum that is a list": '{"n":2,"kind":"saved","sha256":[],"after":1',
    "place that is a text": '{"n":2,"kind":"saved","sha256":"a","after":"1"',
    "moment that is a number": '{"n":2,"kind":"opened","document":"","sidecar":"","when":1',
    "no step": '{"n":2,"kind":"did","step":null',
    "step without changes": '{"n":2,"kind":"did","step":{"what":"","at":[0,1],"when":"","who":""}',
    "what that is a list": step(tagged(), what="[]"),
    "stretch of three": step(tagged(), at="[0,1,2]"),
    "stretch of none": step(tagged(), at="[NaN,1]"),
    "stretch of texts": step(tagged(), at='["0","1"]'),
    "place beyond numbers": step('["nothing",0,null,1e400]'),
    "place below zero": step('["split",-5,null,1]'),
    "place that is true": step('["split",0,null,true]'),
    "place for a status": step('["status",0,{"status":"new"},7]'),
    "no status": step('["status",0,{"status":"new"},null]'),
    "status for a place": step('["split",0,null,{"status":"done"}]'),
    "annotation for a place": step('["nothing",0,null,{"annotation":{}}]'),
    "kind of no block": step('["block",0,null,{"block":[5,"poem"]}]'),
    "slot of nothing": step('["soul",0,null,1]'),
    "change of five": step('["split",0,null,1,2]'),
    "change of none": step("null"),
    "id that is a number": step(tagged(id="5")),
    "labels that are a text": step(tagged(labels='"target"')),
    "labels of lists": step(tagged(labels="[[]]")),
    "text that is nothing": step(tagged(text="null")),
    "note that is a list": step(tagged(note="[1]")),
    "fields that are a list": step(tagged(fields="[1]")),
    "deep fields": step(tagged(fields='{"a":' + "[" * 80 + "]" * 80 + "}")),
    "origin that is a list": step(tagged(origin="[]")),
    "likeness of two": step(tagged(was='{"text":"x","likeness":2}')),
    "annotation without a place": step('["annotation",0,null,{"annotation":{"id":"a"}}]'),
}


@pytest.mark.parametrize("body", list(LINES.values()), ids=list(LINES))
def test_a_line_that_nobody_wrote_is_damaged_whatever_its_checksum(body: str | bytes) -> None:
    """What is not of its kind is refused with the one error that the codec knows."""
    with pytest.raises(DamagedLineError):
        decode_entry(summed(body))


@pytest.mark.parametrize("body", list(LINES.values()), ids=list(LINES))
def test_a_document_opens_with_a_hostile_journal(tmp_path: Path, body: str | bytes) -> None:
    """What cannot be read of the journal is put aside, and the work goes on; nothing of it stands in the state."""
    article = tmp_path / "a.txt"
    article.write_text(TEXT, "utf-8")
    path = journal_path(article, annotator="", state_folder=ensure_state_folder())
    path.parent.mkdir(parents=True)
    good = summed('{"n":1,"kind":"opened","document":"","sidecar":"","when":""')
    path.write_bytes(b"\n".join((good, summed(body), b"")))
    for _ in range(2):
        document = read_document(article)
        found = open_decisions(tmp_path / "a.txt.annotations.yaml", document, source=article, annotator="", now=NOW)
        assert found.journal is not None, found.read_only
        found.journal.close()
        assert not found.state.decided_count


def test_damage_of_every_sort_leaves_the_rest_of_a_journal(tmp_path: Path) -> None:
    """Gigantic, empty, cut and foreign lines between good ones cost these lines only."""
    article = tmp_path / "a.txt"
    article.write_text(TEXT, "utf-8")
    path = journal_path(article, annotator="", state_folder=tmp_path)
    path.parent.mkdir(parents=True)
    good = [summed(f'{{"n":{number},"kind":"undid"') for number in range(1, 6)]
    bad = [b"x" * 20_000_000, b"", b"\0" * 4096, b'{"n":' + b"9" * 5000 + b',"kind":"did","step":{}', b"[" * 1_000_000]
    path.write_bytes(b"".join(one + b"\n" + other + b"\n" for one, other in zip(good, bad, strict=True)))
    with open_journal(article, annotator="", state_folder=tmp_path) as journal:
        assert [entry.number for entry in journal.entries] == [1, 2, 3, 4, 5]


SETTINGS: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"{",
    "list": b"[]",
    "null": b"null",
    "deep": b"[" * 1_000_000,
    "not UTF-8": b'{"language": "\xff"}',
    "zero": b"\0",
    "digits": b'{"zoom": ' + b"9" * 1_000_000 + b"}",
    "wrong types": json.dumps({key: {"a": [1]} for key in Settings.__slots__}).encode(),
    "other wrong types": json.dumps({key: [["a"], 5, None] for key in Settings.__slots__}).encode(),
    "texts": json.dumps(dict.fromkeys(Settings.__slots__, "x")).encode(),
    "numbers": json.dumps(dict.fromkeys(Settings.__slots__, 1)).encode(),
    "no numbers": b'{"zoom": NaN, "places": {"/a": [NaN, 1], "/b": [1e999, 0], "/c": [0, -1]}}',
    "without end": b'{"zoom": -Infinity}',
    "half characters": json.dumps(dict.fromkeys(("window", "panels", "annotator", "theme"), "\ud800")).encode(),
    "names of no disk": b'{"recent": ["\\ud800", "a\\u0000b", 5], "places": {"a\\u0000": [1, 2], "\\ud800": [1, 2]}}',
}


@pytest.mark.parametrize("data", list(SETTINGS.values()), ids=list(SETTINGS))
def test_preferences_that_cannot_be_used_are_the_usual_ones(tmp_path: Path, data: bytes) -> None:
    """Value by value, what cannot be used is left at what it usually is."""
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    found = load_settings(path)
    usual = Settings()
    assert 0.5 <= found.zoom <= 4
    assert (found.face, found.theme, found.recent, found.places) == (usual.face, usual.theme, [], {})
    for text in (found.window, found.panels, found.annotator):
        text.encode()
    assert path.read_bytes() == data


def test_preferences_that_are_no_file_are_the_usual_ones(tmp_path: Path) -> None:
    """A pipe does not keep the start waiting, nor a file without end the memory full."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "zero").symlink_to("/dev/zero")
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(MAX_SETTINGS_BYTES + 1)
    for name in ("pipe", "folder", "zero", "huge", "none"):
        assert Settings() == load_settings(tmp_path / name)


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_label_file_is_as_safe_as_a_sidecar(name: str) -> None:
    """The same YAML in a file of labels is told with its cure."""
    with pytest.raises(DataFileError) as caught:
        parse_label_set(HOSTILE[name][0], name="labels.yaml")
    assert str(caught.value).startswith("labels.yaml")
    assert all(fault.remedy for fault in caught.value.faults)


@pytest.fixture(scope="module")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article for each hostile sidecar, and one with a sound one."""
    folder = tmp_path_factory.mktemp("hostile")
    cases = {
        **{name: data for name, (data, *_) in HOSTILE.items()},
        **{name: data for name, (data, _) in WHOLE.items()},
    }
    for number, data in enumerate(cases.values()):
        (folder / f"{number:03}.txt").write_text(TEXT, "utf-8")
        (folder / f"{number:03}.txt.annotations.yaml").write_bytes(data)
    (folder / "sound.txt").write_text(TEXT, "utf-8")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("check", "."),
        ("check", ".", "--fix", "--json"),
        ("status", ".", "--json"),
        ("find", ".", "kinh te"),
        ("export", ".", "--format", "csv"),
        ("sentences", "000.txt"),
    ],
    ids=lambda words: words[0],
)
def test_every_verb_goes_through_a_folder_of_hostile_sidecars(hostile_folder: Path, words: tuple[str, ...]) -> None:
    """Each file is told, none changed, no program run, and there is no traceback."""
    before = {path.name: path.read_bytes() for path in hostile_folder.iterdir()}
    done = subprocess.run(
        [sys.executable, "-m", "annotator", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=hostile_folder,
        capture_output=True,
        check=False,
        timeout=120,
    )
    told = (done.stdout + done.stderr).decode()
    assert "Traceback" not in told
    assert done.returncode == (0 if words[0] == "sentences" else 1)
    if words[0] != "sentences":
        assert [name for name in before if name.endswith(".yaml") and name not in told] == []
    assert before == {path.name: path.read_bytes() for path in hostile_folder.iterdir()}


def test_a_hostile_workspace_file_is_told_by_a_verb(tmp_path: Path) -> None:
    """The usual labels serve, the sentence says so, and memory stays bounded."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "annotator.yaml").write_bytes(b"format: annotator-workspace/1\nx: " + b"[" * 1_000_000)
    code = "from annotator.cli.main import run\nsys.exit(run(['status', '.'], open_window=lambda paths: 9))"
    done = bounded(code, megabytes=600, seconds=30, folder=tmp_path)
    assert done.returncode == 1, done.stderr.decode()
    assert b"annotator.yaml, line 2: a bracket is missing" in done.stderr
    assert b"Traceback" not in done.stderr
