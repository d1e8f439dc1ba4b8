"""Which sidecar belongs to which document: a table of what programs do to names."""

from __future__ import annotations

import time
import unicodedata

import pytest

from annotator.storage.sidecar.pairing import Facts, Pairing, Stray, guess_origin, pair_files
from annotator.storage.sidecar.peek import SidecarPeek

NFC, NFD = "Hòa Bình.txt", unicodedata.normalize("NFD", "Hòa Bình.txt")
SUFFIX = ".annotations.yaml"


def pair(
    *names: str,
    annotators: tuple[str, ...] = (),
    inside: dict[str, str] | None = None,
    texts: dict[str, str] | None = None,
) -> Pairing:
    """Pair files; `inside` has the annotators in sidecars, `texts` the sha256 of documents and in sidecars."""

    def peek(name: str) -> SidecarPeek | None:
        return SidecarPeek((inside or {}).get(name, ""), "", (texts or {}).get(name, ""))

    return pair_files(names, Facts(peek, lambda name: (texts or {}).get(name, ""), annotators))


# What was put beside `a.txt` and its exact sidecars, of whom it is a copy, and which program does so.
COPIES = [
    ("a.txt.annotations (conflicted copy 2026-05-01).yaml", "", "Dropbox"),
    ("a.txt.annotations (Mai's conflicted copy 2026-05-01).yaml", "", "Dropbox"),
    ("a.txt.annotations (Mai Nguyễn's conflicted copy 2026-05-01 (1)).yaml", "", "Dropbox, twice"),
    ("a.txt.annotations (Bản sao xung đột của Mai 2026-05-01).yaml", "", "Dropbox in Vietnamese"),
    ("a.txt.annotations (Case Conflict).yaml", "", "Dropbox"),
    ("a.txt.annotations (Case Conflict 1).yaml", "", "Dropbox"),
    ("a.txt.annotations (Unicode Encoding Conflict).yaml", "", "Dropbox"),
    ("a.txt.annotations (Selective Sync Conflict).yaml", "", "Dropbox"),
    ("a.txt.annotations-LAPTOP1.yaml", "", "OneDrive"),
    ("a.txt.annotations-DESKTOP-4F1.yaml", "", "OneDrive"),
    ("a.txt.annotations-DESKTOP-4F1-2.yaml", "", "OneDrive"),
    ("a.txt.annotations-Máy của Mai.yaml", "", "OneDrive"),
    ("a.txt.annotations-Mai's PC.yaml", "", "OneDrive"),
    ("a.txt.annotations (1).yaml", "", "Google Drive, browsers, KDE"),
    ("a.txt.annotations(1).yaml", "", "some download managers"),
    ("a.txt.annotations.yaml (1)", "", "a browser that does not know the ending"),
    ("Copy of a.txt.annotations.yaml", "", "Google Drive"),
    ("Copy (2) of a.txt.annotations.yaml", "", "old Windows"),
    ("Bản sao của a.txt.annotations.yaml", "", "Google Drive in Vietnamese"),
    ("a.txt.annotations 2.yaml", "", "iCloud, Finder"),
    ("a.txt.annotations 3.yaml", "", "iCloud, Finder"),
    ("a.txt.annotations.sync-conflict-20260501-101010-ABCDEFG.yaml", "", "Syncthing"),
    ("a.txt.annotations.yaml.sync-conflict-20260501-101010-ABCDEFG", "", "Syncthing"),
    ("a.txt.annotations (conflicted copy 2026-05-01 101010).yaml", "", "Nextcloud"),
    ("a.txt.annotations_conflict-20260501-101010.yaml", "", "ownCloud"),
    ("a.txt.annotations (SFConflict mai@x 2026-05-01-10-10-10).yaml", "", "Seafile"),
    ("a.txt.annotations.Conflict.yaml", "", "Resilio Sync"),
    ("a.txt.annotations.yaml.Conflict", "", "Resilio Sync"),
    ("a.txt.annotations_LAPTOP1_May-01-101010-2026_Conflict.yaml", "", "Synology Drive"),
    ("a.txt.annotations_DiskStation_Conflict.yaml", "", "Synology Drive"),
    ("a.txt.annotations [conflicted].yaml", "", "pCloud"),
    ("a.txt.annotations [Conflict].yaml", "", "Google Backup and Sync"),
    ("a.txt.annotations (conflict copy 2026-05-01).yaml", "", "Box"),
    ("a.txt.annotations - Copy.yaml", "", "Windows"),
    ("a.txt.annotations - Copy (2).yaml", "", "Windows"),
    ("a.txt.annotations - Copy - Copy.yaml", "", "Windows, twice"),
    ("a.txt.annotations.yaml - Copy", "", "Windows"),
    ("a.txt.annotations - Bản sao.yaml", "", "Windows in Vietnamese"),
    ("a.txt.annotations - Bản sao (2).yaml", "", "Windows in Vietnamese"),
    ("a.txt.annotations - Sao chép.yaml", "", "Windows in Vietnamese"),
    (unicodedata.normalize("NFD", "a.txt.annotations - Bản sao.yaml"), "", "the same from a Mac"),
    ("a.txt.annotations copy.yaml", "", "Finder"),
    ("a.txt.annotations copy 2.yaml", "", "Finder"),
    ("a.txt.annotations bản sao.yaml", "", "Finder in Vietnamese"),
    ("a.txt.annotations bản sao 2.yaml", "", "Finder in Vietnamese"),
    ("a.txt.annotations (copy).yaml", "", "GNOME Files"),
    ("a.txt.annotations (Copy).yaml", "", "GNOME Files"),
    ("a.txt.annotations (another copy).yaml", "", "GNOME Files"),
    ("a.txt.annotations (3rd copy).yaml", "", "GNOME Files"),
    ("a.txt.annotations (Copy 2).yaml", "", "GNOME Files"),
    ("a.txt.annotations (bản sao).yaml", "", "GNOME Files in Vietnamese"),
    ("a.txt.annotations (bản sao khác).yaml", "", "GNOME Files in Vietnamese"),
    ("a.txt.annotations (copy 1).yaml", "", "KDE"),
    ("a.txt.annotations_BACKUP_1234.yaml", "", "git mergetool"),
    ("a.txt.annotations_REMOTE_1234.yaml", "", "git mergetool"),
    ("a.txt.annotations.yaml.orig", "", "git mergetool, patch"),
    ("a.txt.annotations.yaml.mine", "", "Subversion"),
    ("a.txt.annotations.yaml.r12", "", "Subversion"),
    ("a.txt.annotations.yaml~HEAD", "", "git"),
    ("a.txt.annotations.yml", "", "by hand"),
    ("a.txt.annotations.yaml.yaml", "", "Windows with hidden endings"),
    ("a.txt.annotations.yaml.txt", "", "Notepad"),
    ("a.txt.annotations.yml.txt", "", "Notepad"),
    ("a.txt.annotations.txt", "", "Notepad"),
    ("a.txt.annotations.yaml.bak", "", "editors"),
    ("a.txt.annotations.yaml.bak2", "", "editors"),
    ("a.txt.annotations.yaml.old", "", "by hand"),
    ("a.txt.annotations.yaml~", "", "Emacs, gedit"),
    ("a.txt.annotations.yaml.~1~", "", "Emacs"),
    ("a.txt.annotations.yaml.tmp", "", "editors"),
    ("a.txt.annotations.yaml.crdownload", "", "Chrome"),
    ("a.txt.annotations.yaml.part", "", "Firefox"),
    ("a.txt.annotations.yaml.sb-1a2b3c4d-xYz", "", "TextEdit"),
    ("a.txt.annotations.bak.yaml", "", "by hand"),
    ("a.txt.annotations.old.yaml", "", "by hand"),
    ("a.txt.annotations_old_final.yaml", "", "by hand"),
    ("a.txt.annotations", "", "by hand"),
    ("a.txt.annotations.YAML", "", "FAT"),
    ("A.TXT.ANNOTATIONS.YAML", "", "FAT"),
    ("a.txt.annotations.mai-LAPTOP1.yaml", "mai", "OneDrive"),
    ("a.txt.annotations.mai-DESKTOP-4F1.yaml", "mai", "OneDrive"),
    ("a.txt.annotations.mai - Copy.yaml", "mai", "Windows"),
    ("a.txt.annotations.mai - Copy (2).yaml", "mai", "Windows"),
    ("a.txt.annotations.mai - Bản sao.yaml", "mai", "Windows in Vietnamese"),
    ("a.txt.annotations.mai copy.yaml", "mai", "Finder"),
    ("a.txt.annotations.mai copy 2.yaml", "mai", "Finder"),
    ("a.txt.annotations.mai bản sao.yaml", "mai", "Finder in Vietnamese"),
    ("a.txt.annotations.mai 2.yaml", "mai", "iCloud"),
    ("a.txt.annotations.mai (1).yaml", "mai", "Google Drive"),
    ("a.txt.annotations.mai (conflicted copy 2026-05-01).yaml", "mai", "Dropbox"),
    ("a.txt.annotations.mai.Conflict.yaml", "mai", "Resilio Sync"),
    ("a.txt.annotations.mai.sync-conflict-20260501-101010-ABCDEFG.yaml", "mai", "Syncthing"),
    ("a.txt.annotations.mai_conflict-20260501-101010.yaml", "mai", "ownCloud"),
    ("a.txt.annotations.mai.yml", "mai", "by hand"),
    ("a.txt.annotations.mai.yaml.txt", "mai", "Notepad"),
    ("a.txt.annotations.mai.yaml.bak", "mai", "editors"),
    ("a.txt.annotations.mai_REMOTE_77.yaml", "mai", "git mergetool"),
    ("Bản sao của a.txt.annotations.mai.yaml", "mai", "Google Drive in Vietnamese"),
    ("a.txt.annotations.Mai.yaml", "mai", "letter case"),
]


@pytest.mark.parametrize(("name", "annotator", "program"), COPIES, ids=[one[0] for one in COPIES])
@pytest.mark.parametrize("annotators", [(), ("mai", "lan")], ids=["unnamed", "named"])
def test_a_copy_is_nobody_and_is_offered(name: str, annotator: str, program: str, annotators: tuple[str, ...]) -> None:
    """The exact sidecar stands alone, the copy is listed with the document and the annotator whom it fits."""
    exact = f"a.txt.annotations{'.' if annotator else ''}{annotator}.yaml"
    inside = dict.fromkeys((exact, name), annotator)
    made = pair("a.txt", exact, name, annotators=annotators, inside=inside)
    assert made.sidecars == {"a.txt": {annotator: exact}}, program
    assert [one[:3] for one in made.strays] == [(name, "a.txt", annotator)], program


@pytest.mark.parametrize(("name", "annotator", "program"), COPIES, ids=[one[0] for one in COPIES])
def test_a_copy_alone_is_offered_to_its_document(name: str, annotator: str, program: str) -> None:
    """Where the exact sidecar is missing, nothing is counted twice, and nothing is out of sight."""
    made = pair("a.txt", name, annotators=("mai", "lan") if annotator else (), inside={name: annotator})
    counted = [one for slots in made.sidecars.values() for one in slots.values()]
    assert sorted([*counted, *(one.name for one in made.strays)]) == [name], program
    assert all(one[1:3] == ("a.txt", annotator) for one in made.strays), program
    assert set(made.sidecars.get("a.txt", {})) <= {annotator}, program


@pytest.mark.parametrize(
    ("document", "sidecar"),
    [
        (NFC, NFD + SUFFIX),
        (NFD, NFC + SUFFIX),
        ("a.txt", "A.txt.annotations.yaml"),
        ("A.TXT", "a.txt.annotations.yaml"),
        ("Đột Phá.txt", "ĐỘT PHÁ.TXT.annotations.yaml"),
        (NFC, NFD.upper() + SUFFIX),
        ("a.txt", "a.txt.annotations.YAML"),
        ("a.txt", "a.txt.Annotations.Yaml"),
        ("A.TXT", "A.TXT.ANNOTATIONS.YAML"),
        ("ﬁ.txt", "fi.txt.annotations.yaml"),
    ],
)
def test_another_form_of_the_name(document: str, sidecar: str) -> None:
    """A sidecar that is the only one for the only document that fits is that document's."""
    assert pair(document, sidecar) == Pairing({document: {"": sidecar}})


@pytest.mark.parametrize("other", [NFD + SUFFIX, NFC.upper() + SUFFIX])
def test_an_exact_name_wins(other: str) -> None:
    """What only looks the same is another version, even if its text is the right one."""
    made = pair(NFC, NFC + SUFFIX, other, texts={NFC: "1", other: "1", NFC + SUFFIX: "2"})
    assert made == Pairing({NFC: {"": NFC + SUFFIX}}, [Stray(other, NFC, "", is_copy=True)])


def test_two_documents_of_one_name_in_two_cases() -> None:
    """Each has its own sidecar; without one, neither takes that of the other."""
    both = pair("A.txt", "a.txt", "A.txt.annotations.yaml", "a.txt.annotations.yaml")
    assert both == Pairing({"A.txt": {"": "A.txt.annotations.yaml"}, "a.txt": {"": "a.txt.annotations.yaml"}})
    assert pair("A.txt", "a.txt", "A.txt.annotations.yaml") == Pairing({"A.txt": {"": "A.txt.annotations.yaml"}})


def test_several_that_fit() -> None:
    """Of two documents the text decides, if it does; else the sidecar is nobody's."""
    name = "ab.TXT.annotations.yaml"
    assert pair("AB.txt", "ab.txt", name) == Pairing({}, [Stray(name, "", "", is_copy=False)])
    made = pair("AB.txt", "ab.txt", name, texts={"ab.txt": "2", "AB.txt": "1", name: "1"})
    assert made.sidecars == {"AB.txt": {"": name}}
    two = ("A.txt.annotations.yaml", "a.TXT.annotations.yaml")
    assert [one.document for one in pair("a.txt", *two).strays] == ["a.txt", "a.txt"]
    assert pair("a.txt", *two, texts={"a.txt": "7", two[1]: "7"}).sidecars == {"a.txt": {"": two[1]}}


@pytest.mark.parametrize(
    ("name", "inside", "annotators", "owner"),
    [
        ("a.txt.annotations.mai.yaml", "", (), "mai"),
        ("a.txt.annotations.mai-hai.yaml", "mai-hai", (), "mai-hai"),
        ("a.txt.annotations.mai-hai.yaml", "", ("mai-hai", "mai"), "mai-hai"),
        ("a.txt.annotations.mai 2.yaml", "mai 2", ("lan",), "mai 2"),
        ("a.txt.annotations.nga-hai.yaml", "", (), "nga-hai"),
        ("a.txt.annotations.Mai.yaml", "", ("mai",), "mai"),
        ("a.txt.annotations.MAI.yaml", "", ("Mai",), "Mai"),
        (unicodedata.normalize("NFD", "a.txt.annotations.Hòa.yaml"), "", ("Hòa",), "Hòa"),
        ("a.txt.annotations.yaml", "mai", ("mai", "lan"), "mai"),
        ("a.txt.annotations.yaml", "Mai", ("mai", "lan"), "mai"),
        ("a.txt.annotations.yaml", "nobody", ("mai", "lan"), ""),
        ("A.txt.annotations.MAI.yaml", "", ("mai",), "mai"),
        ("a.txt.annotations.gold.yaml", "gold", ("mai",), "gold"),
        ("a.txt.annotations.copy.yaml", "copy", (), "copy"),
    ],
)
def test_whose_it_is(name: str, inside: str, annotators: tuple[str, ...], owner: str) -> None:
    """By the folder's annotators, else by the annotator inside, else by the name."""
    assert pair("a.txt", name, annotators=annotators, inside={name: inside}) == Pairing({"a.txt": {owner: name}})


def test_one_for_all_beside_ones_own() -> None:
    """The file of the annotator's name is hers; the one for all stays one for all."""
    made = pair(
        "a.txt",
        "a.txt.annotations.yaml",
        "a.txt.annotations.mai.yaml",
        annotators=("mai",),
        inside={"a.txt.annotations.yaml": "mai"},
    )
    assert made.sidecars == {"a.txt": {"": "a.txt.annotations.yaml", "mai": "a.txt.annotations.mai.yaml"}}


def test_what_is_no_sidecar() -> None:
    """Other files of a folder are left alone, whatever they are called."""
    names = (
        "a.txt",
        "annotator.yaml",
        "config.yaml",
        "notes.txt",
        "annotations.txt",
        "data.yml",
        "a (1).txt",
        "a - Copy.txt",
    )
    assert pair_files(names, Facts(lambda _name: None, lambda _name: "")) == Pairing()


@pytest.mark.parametrize(
    "name",
    [
        "._a.txt.annotations.yaml",
        ".a.txt.annotations.yaml.swp",
        ".~lock.a.txt.annotations.yaml#",
        ".syncthing.a.txt.annotations.yaml.tmp",
        ".a.txt.annotations.yaml.x7Fq2P",
        ".#a.txt.annotations.yaml",
    ],
)
def test_what_programs_hide_is_left_alone(name: str) -> None:
    """Swap files, locks and what macOS puts beside each file on other disks are no copies."""
    made = pair("a.txt", "a.txt.annotations.yaml", name)
    assert made == Pairing({"a.txt": {"": "a.txt.annotations.yaml"}})
    assert pair(".a.txt", ".a.txt.annotations.yaml").sidecars == {".a.txt": {"": ".a.txt.annotations.yaml"}}


def test_a_sidecar_called_anything() -> None:
    """What is in it tells that it is one, and of which document."""
    facts = Facts(lambda _name: SidecarPeek("mai", "a.txt", "1"), lambda _name: "")
    made = pair_files(("a.txt", "nhãn của Mai.yaml"), facts)
    assert made == Pairing({}, [Stray("nhãn của Mai.yaml", "a.txt", "", is_copy=True)])


def test_a_document_that_is_not_there() -> None:
    """The sidecar is listed without a document; that of a copied article fits the article."""
    assert pair("b.txt", "a.txt.annotations.yaml").strays == [Stray("a.txt.annotations.yaml", "", "", is_copy=False)]
    made = pair("a.txt", "a - Copy.txt.annotations.yaml")
    assert made.strays == [Stray("a - Copy.txt.annotations.yaml", "a.txt", "", is_copy=False)]


@pytest.mark.parametrize(
    "filling",
    ["1", "-", " ", "_a", "(", " copy", ".conflict", " - Copy", "~", ".annotations", " (1)", "[conflict", "-1_"],
)
def test_no_name_takes_long(filling: str) -> None:
    """A name as long as disks allow is looked through in a moment, whatever it repeats."""
    began = time.process_time()
    for middle in (filling * 240, f".conflict{filling * 240}"):
        for end in ("", "!", ".yaml", "!.yaml.bak"):
            guess_origin(f"a.txt.annotations{middle[:230]}{end}")
            pair("a.txt", f"a.txt.annotations.m{middle[:230].replace('/', '')}{end}")
    assert time.process_time() - began < 2.0


def test_no_file_is_read_where_names_are_exact() -> None:
    """A folder of thousands costs no more than its names."""

    def refuse(name: str) -> None:
        raise AssertionError(name)

    names = [name for number in range(2_000) for name in (f"{number}.txt", f"{number}.txt.annotations.mai.yaml")]
    facts = Facts(refuse, refuse, ("mai",))  # type: ignore[arg-type]  # nothing is asked
    assert len(pair_files(names, facts).sidecars) == 2_000
