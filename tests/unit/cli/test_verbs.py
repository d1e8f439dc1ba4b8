"""What each verb answers, called inside this process."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from cli_builders import GOAL, OPINION, TEXT, annotate, article, program
from repository import ROOT, SHARED

from annotator import __version__
from annotator.app.preferences.translation import set_language
from annotator.cli.main import run
from annotator.cli.names import VERBS

CHOOSE = "Choose another name, or add --force to replace it."


class Call:
    """Calls the command line and notes what it gave."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = ""
        self.err = ""
        self.opened: list[list[Path]] = []

    def __call__(self, *words: str | Path) -> int:
        """The exit status of a call."""
        status = run([str(word) for word in words], open_window=self._open)
        self.out, self.err = self._capsys.readouterr()
        return status

    def json(self, *words: str | Path) -> Any:
        """What a call that goes well answers, as data."""
        assert self(*words) == 0, self.err
        assert self.err == ""
        return json.loads(self.out)

    def _open(self, paths: object) -> int:
        self.opened.append(list(paths))  # type: ignore[call-overload]
        return 0


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """The command line."""
    return Call(capsys)


# Calls


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_explains_itself_with_examples(call: Call, verb: str) -> None:
    """The help of a verb says what it does and shows calls of it."""
    assert call(verb, "--help") == 0
    assert call.err == ""
    assert call.out.startswith(f"usage: annotator {verb}")
    examples = call.out.split("Examples:")[1].strip().splitlines()
    assert all(example.strip().startswith("annotator") for example in examples)


def test_the_help_names_all_verbs(call: Call) -> None:
    """What the program can do is in its help; the version is told on demand."""
    assert call("--help") == 0
    words = [line.split()[0] for line in call.out.splitlines() if line.startswith("    ")]
    assert set(VERBS) <= set(words)
    assert call("--version") == 0
    assert call.out == f"annotator {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ("sentences",),
        ("sentences", "a", "b"),
        ("sentences", "a", "--xml"),
        ("check",),
        ("status",),
        ("export", "a"),
        ("export", "a", "--format", "xyz"),
        ("doctor", "a"),
        ("--verbose",),
        ("statsu",),
        ("sentence", "a.txt"),
    ],
)
def test_a_wrong_call(call: Call, words: tuple[str, ...]) -> None:
    """The status is 2, nothing is on standard output, and the error says where help is."""
    assert call(*words) == 2
    assert call.out == ""
    assert "annotator" in call.err
    assert "Traceback" not in call.err


def test_a_slip_of_the_pen(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word like a verb is asked about, unless there is a file of that name."""
    assert call("statsu") == 2
    assert "Did you mean `annotator status`?" in call.err
    article(tmp_path, "statsu")
    monkeypatch.chdir(tmp_path)
    assert call("statsu") == 0
    assert call.opened == [[Path("statsu")]]


@pytest.mark.parametrize(
    ("words", "paths"), [((), []), (("a",), ["a"]), (("a", "b"), ["a", "b"]), (("open",), []), (("open", "a"), ["a"])]
)
def test_a_bare_call_opens_the_window(call: Call, words: tuple[str, ...], paths: list[str]) -> None:
    """Without a verb the window opens on what is named."""
    assert call(*words) == 0
    assert call.opened == [[Path(path) for path in paths]]


# Sentences


def test_sentences_as_json(call: Call, tmp_path: Path) -> None:
    """A list of start, end, kind and text, in this order, with offsets into the text."""
    found = call.json("sentences", article(tmp_path), "--json")
    assert [list(one) for one in found] == [["start", "end", "kind", "text"]] * 3
    assert [one["text"] for one in found] == ["Lãnh đạo tỉnh đã họp sáng nay.", GOAL, OPINION]
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in found)
    assert all(type(one["start"]) is int for one in found)


def test_sentences_to_be_read(call: Call, tmp_path: Path) -> None:
    """A line for each, parted by tabs."""
    assert call("sentences", article(tmp_path)) == 0
    assert call.out.splitlines()[1] == f"31\t69\tparagraph\t{GOAL}"


def test_offsets_count_line_ends_as_one(call: Call, tmp_path: Path) -> None:
    """Windows line ends give the same sentences as others."""
    path = tmp_path / "a.txt"
    answers = []
    for end in ("\n", "\r\n"):
        path.write_bytes(f"Một câu.{end}{end}Hai câu 😀.{end}".encode())
        answers.append(call.json("sentences", path, "--json"))
    assert answers[0] == answers[1]


def test_the_gold_of_the_seed(call: Call, seed: Path, tmp_path: Path) -> None:
    """The sentences of the seed article are those that were judged right."""
    gold = json.loads((SHARED / "gold" / "sentences-seed.json").read_text("utf-8"))
    path = article(tmp_path, text=seed.read_text("utf-8"))
    found = call.json("sentences", path, "--json")
    assert [(one["start"], one["end"], one["text"]) for one in found] == [
        (one["start"], one["end"], one["text"]) for one in gold
    ]


def test_all_traps(call: Call, tmp_path: Path) -> None:
    """Every trap is cut as it was judged right."""
    traps = SHARED / "gold" / "sentences-vi-traps.json"
    if not traps.exists():
        pytest.skip("the traps are not at hand: ../shared/gold is absent")
    wrong = []
    for number, trap in enumerate(json.loads(traps.read_text("utf-8"))):
        path = article(tmp_path, f"{number}.txt", trap["text"])
        found = [" ".join(one["text"].split()) for one in call.json("sentences", path, "--json")]
        if found != [" ".join(sentence.split()) for sentence in trap["sentences"]]:
            wrong.append((trap["text"], trap["sentences"], found))
    assert wrong == []


def test_our_own_traps(call: Call, tmp_path: Path) -> None:
    """The command line cuts our own traps as the rules do."""
    wrong = []
    for number, trap in enumerate(json.loads((ROOT / "tests/golden/sentences-own.json").read_text("utf-8"))):
        path = article(tmp_path, f"{number}.txt", trap["text"])
        found = [one["text"] for one in call.json("sentences", path, "--json")]
        if found != trap["sentences"]:
            wrong.append((trap["text"], trap["sentences"], found))
    assert wrong == []


def test_abbreviations_of_the_workspace_are_heeded(call: Call, tmp_path: Path) -> None:
    """The folder's own list extends ours."""
    path = article(tmp_path, text="Khu Hoathinh. Long đã họp.\n")
    assert len(call.json("sentences", path, "--json")) == 2
    (tmp_path / "annotator.yaml").write_text("format: annotator-workspace/1\nabbreviations: [Hoathinh.]\n")
    assert len(call.json("sentences", path, "--json")) == 1


# Status


def test_status_as_json(call: Call, tmp_path: Path) -> None:
    """Documents with file, status, sentences, decided and labels, and nothing else."""
    annotate(article(tmp_path, "b/1.txt"), [(GOAL, "target"), (OPINION, "opinion")])
    article(tmp_path, "2.txt")
    assert call.json("status", tmp_path, "--json") == {
        "documents": [
            {"file": "2.txt", "status": "new", "sentences": 3, "decided": 0, "labels": {}},
            {"file": "b/1.txt", "status": "new", "sentences": 3, "decided": 2, "labels": {"target": 1, "opinion": 1}},
        ]
    }


def test_status_of_one_document(call: Call, tmp_path: Path) -> None:
    """A document by itself is told alike."""
    path = article(tmp_path)
    article(tmp_path, "other.txt")
    (found,) = call.json("status", path, "--json")["documents"]
    assert found["file"] == "article.txt"


def test_status_to_be_read(call: Call, tmp_path: Path) -> None:
    """A line for each document: share, counts, state, labels."""
    annotate(article(tmp_path), [(GOAL, "target")])
    assert call("status", tmp_path) == 0
    assert call.out.split() == ["article.txt", "33%", "1/3", "new", "target", "1"]


def test_status_with_named_annotators(call: Call, tmp_path: Path) -> None:
    """Each annotator's progress is told, also of one who has not begun."""
    annotate(article(tmp_path), [(GOAL, "target")], annotator="mai")
    (tmp_path / "annotator.yaml").write_text("format: annotator-workspace/1\nannotators: [lan, mai]\n")
    found = call.json("status", tmp_path, "--json")["documents"]
    assert [(one["annotator"], one["decided"]) for one in found] == [("lan", 0), ("mai", 1)]


# Check


def test_check_as_json(call: Call, tmp_path: Path) -> None:
    """Each file with what is wrong, by line, with a cure."""
    sound = annotate(article(tmp_path, "1.txt"), [(GOAL, "target")])
    broken = annotate(article(tmp_path, "2.txt"), [])
    broken.write_text("format: annotator/1\nstatus: x\n")
    assert call("check", tmp_path, "--json") == 1
    assert call.err == ""
    one, other = json.loads(call.out)["files"]
    assert {key: value for key, value in one.items() if value != []} == {
        "file": str(sound),
        "sound": True,
        "fixed": False,
        "annotations": {"exact": 1, "moved": 0, "changed": 0, "orphans": 0, "conflicts": 0},
    }
    assert (other["sound"], next(set(fault) for fault in other["faults"])) == (False, {"line", "what", "cure"})


def test_check_to_be_read(call: Call, tmp_path: Path) -> None:
    """Sound files are said to be; orphans are listed on one line each."""
    path = article(tmp_path)
    sidecar = annotate(path, [(GOAL, "target")])
    assert call("check", tmp_path) == 0
    assert call.out == f"{sidecar}: sound\n"
    article(tmp_path, text="Một bài khác.\n")
    assert call("check", path) == 1
    assert f"{sidecar}: orphan id0 (target): {GOAL}" in call.out


def test_the_sidecar_of_another_article_is_told_and_not_counted(call: Call, tmp_path: Path) -> None:
    """Status, check and check --fix say whose it is; nothing is written."""
    article(tmp_path, "2.txt", "Một bài khác.\n")
    copied = tmp_path / "2.txt.annotations.yaml"
    copied.write_bytes(annotate(article(tmp_path, "1.txt"), [(GOAL, "target")]).read_bytes())
    before = copied.read_bytes()
    call("status", tmp_path, "--json")
    first, second = json.loads(call.out)["documents"]
    assert (first["decided"], second["decided"], second["labels"]) == (1, 0, {})
    assert "2.txt.annotations.yaml holds the annotations of 1.txt" in call.out + call.err
    for more in ([], ["--fix"]):
        assert call("check", tmp_path, *more) == 1
        assert f"{copied}: these are annotations of another document (1.txt). Remove it" in call.out
        assert copied.read_bytes() == before


def test_check_shows_what_changed(call: Call, tmp_path: Path) -> None:
    """A changed sentence is listed with its old words and how like the two are; so it is for programs."""
    path = article(tmp_path)
    sidecar = annotate(path, [(GOAL, "target")])
    text = path.read_text("utf-8")
    new = GOAL[:-1] + " nữa."
    article(tmp_path, text=text.replace(GOAL, new))
    assert call("check", path) == 1
    assert f"{sidecar}: annotations: 0 exact, 0 moved, 1 changed, 0 orphans" in call.out
    assert f"{sidecar}: changed id0 (target): {new}" in call.out
    assert f"it was: {GOAL}" in call.out
    assert call("check", path, "--json", "--fix") == 1
    (one,) = json.loads(call.out)["files"]
    assert (one["fixed"], one["annotations"]["changed"]) == (True, 1)
    (changed,) = one["changed"]
    assert (changed["text"], changed["was"], 0.8 < changed["likeness"] < 1) == (new, GOAL, True)
    assert call("check", path) == 1


def test_check_fix(call: Call, tmp_path: Path) -> None:
    """What moved is written at its new place, and the next check finds nothing."""
    path = article(tmp_path)
    sidecar = annotate(path, [(GOAL, "target")])
    article(tmp_path, text="Dòng mới.\n" + TEXT)
    assert call("check", tmp_path) == 1
    assert call("check", tmp_path, "--fix") == 0
    assert "written anew; the old file is kept" in call.out
    assert call("check", tmp_path) == 0
    assert call.out == f"{sidecar}: sound\n"


def test_check_where_there_is_nothing(call: Call, tmp_path: Path) -> None:
    """It is said, beside the answer, which is empty."""
    assert call("check", article(tmp_path), "--json") == 0
    assert json.loads(call.out) == {"files": []}
    assert "There is nothing to check" in call.err


def test_check_goes_on_after_a_path_that_is_not_there(call: Call, tmp_path: Path) -> None:
    """The others are checked, and the missing one is told."""
    annotate(article(tmp_path), [(GOAL, "target")])
    assert call("check", tmp_path / "none", tmp_path) == 1
    assert call.out.endswith(": sound\n")
    assert "none is not there" in call.err


# Export


def exported(call: Call, folder: Path, name: str) -> list[dict[str, Any]]:
    """What an export to standard output has."""
    assert call("export", folder, "--format", name) == 0
    if name == "csv":
        return list(csv.DictReader(io.StringIO(call.out, newline="")))
    return [json.loads(line) for line in call.out.splitlines()]


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_export_has_all_annotators(call: Call, tmp_path: Path, name: str) -> None:
    """Each sidecar of each document is in it, with its annotator."""
    path = article(tmp_path)
    annotate(path, [(GOAL, "target")])
    annotate(path, [(GOAL, "opinion"), (OPINION, "opinion")], annotator="mai")
    found = exported(call, tmp_path, name)
    assert [(one["annotator"], one["text"]) for one in found] == [("", GOAL), ("mai", GOAL), ("mai", OPINION)]
    assert [int(one["number"]) for one in found] == [2, 2, 3]


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_export_to_a_file_is_the_same(call: Call, tmp_path: Path, name: str) -> None:
    """The file has what standard output would have, and nothing is on that."""
    annotate(article(tmp_path), [(GOAL, "target")], note="a\nb \x85 \ud800 😀")
    out = tmp_path / "out" / "tags"
    out.parent.mkdir()
    assert call("export", tmp_path, "--format", name) == 0
    expected = call.out
    assert call("export", tmp_path, "--format", name, "-o", out) == 0
    assert (call.out, call.err) == ("", "")
    mark = "\ufeff" if name == "csv" else ""  # with which spreadsheets read Vietnamese rightly
    assert out.read_bytes().decode() == mark + expected


def test_export_over_an_old_file(call: Call, tmp_path: Path) -> None:
    """The old export is kept, and with --force replaced as a whole."""
    annotate(article(tmp_path), [(GOAL, "target")])
    out = tmp_path / "tags.csv"
    out.write_text("x" * 10_000)
    assert call("export", tmp_path, "--format", "csv", "-o", out) == 2
    assert call.err == f"annotator: tags.csv is there already and is kept. {CHOOSE}\n"
    assert out.read_text() == "x" * 10_000
    assert call("export", tmp_path, "--format", "csv", "-o", out, "--force") == 0
    assert len(list(csv.reader(io.StringIO(out.read_text("utf-8-sig"), newline="")))) == 2


# Doctor


def test_doctor(call: Call) -> None:
    """Findings with name, what was found, whether that is good, and a cure where it is not; the status says it all."""
    status = call("doctor", "--json")
    found = json.loads(call.out)
    assert [set(one) for one in found] == [{"name", "found", "good", "cure"}] * len(found)
    assert status == int(not all(one["good"] for one in found))
    assert all(one["good"] or one["cure"] for one in found)
    assert call("doctor") == status
    assert len(call.out.splitlines()) == len(found) + sum(not one["good"] for one in found)


def test_the_help_is_in_the_language_of_the_user(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each line of it, that of --version as well."""
    monkeypatch.setenv("LANGUAGE", "vi")
    try:
        assert run(["--help"], open_window=lambda _paths: 0) == 0
    finally:
        set_language("en")
    text = capsys.readouterr().out
    assert "hiện số phiên bản rồi thoát" in text
    assert "show" not in text


@pytest.mark.parametrize("verb", ["status .", "check .", "find . 2030", "export . --format csv", "review report ."])
def test_names_control_no_terminal(tmp_path: Path, verb: str) -> None:
    """Labels, notes, ids and names of files of a folder from elsewhere neither move the cursor nor turn the line."""
    nasty = "x\x1b[2J\u202e\u200b\U000e0041"
    path = article(tmp_path, f"a{nasty}.txt")
    sidecar = annotate(path, [(GOAL, "target")], note=nasty)
    text = sidecar.read_text("utf-8").replace("labels: [target]", f"labels: [{json.dumps(nasty, ensure_ascii=False)}]")
    sidecar.write_text(text, "utf-8")
    sidecar.with_name("broken.txt.annotations.yaml").write_text(f'format: annotator/1\n"{nasty[4:]}": [\n', "utf-8")
    article(tmp_path, "broken.txt")
    found = program(*verb.split(), folder=tmp_path)
    shown = (found.stderr if verb.startswith("export") else found.stdout + found.stderr).decode("utf-8")
    assert shown
    assert not [one for one in ("\x1b", "\u202e", "\u200b", "\U000e0041") if one in shown]
