"""The table of keys, row by row: by real keys on the real window, judged by the sidecar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from annotator.app.session import commands

if TYPE_CHECKING:
    from window_driver import WindowDriver

    from annotator.core.annotation import Value

FIRST = "Tỉnh Hải Vân đặt mục tiêu tăng trưởng 9% vào năm 2030."
SECOND = "Ba khâu đột phá được chọn."
A, B, C = "target", "breakthrough", "opinion"
FIELDS: dict[str, Value] = {"indicator": "tăng trưởng", "value": 9, "unit": "%"}
SETUPS = {
    "undecided": (),
    "nothing": ("Space", "K"),
    "a": ("Shift+1",),
    "a with fields": ("Shift+1",),
    "a and b": ("Shift+1", "Shift+2"),
    "a and b with fields": ("Shift+1", "Shift+2"),
}
STARTS: dict[str, Any] = {
    "undecided": None,
    "nothing": [],
    "a": [A],
    "a with fields": [A],
    "a and b": [A, B],
    "a and b with fields": [A, B],
}


class Row(NamedTuple):
    """A cell of the table: what the sentence is, the key, what it is then (None undecided, [] nothing)."""

    start: str
    key: str
    end: list[str] | None
    goes_on: bool = False
    toast: str = ""


TABLE = [
    # a plain digit whose label the sentence may have
    Row("undecided", "1", [A], goes_on=True),
    Row("nothing", "1", [A], goes_on=True),
    Row("a", "1", [A], goes_on=True),
    Row("a with fields", "1", [A], goes_on=True),
    Row("a and b", "1", [A], goes_on=True, toast="Sentence 2: Target, Breakthrough → Target."),
    Row("a and b with fields", "1", [A], goes_on=True, toast="Sentence 2: Target, Breakthrough → Target."),
    Row(
        "a and b with fields",
        "2",
        [B],
        goes_on=True,
        toast="Sentence 2: Target, Breakthrough → Breakthrough. 3 fields are kept aside.",
    ),
    # a plain digit of another label
    Row("undecided", "3", [C], goes_on=True),
    Row("nothing", "3", [C], goes_on=True),
    Row("a", "3", [C], goes_on=True),
    Row("a with fields", "3", [C], goes_on=True, toast="Sentence 2: Target → Opinion. 3 fields are kept aside."),
    Row("a and b", "3", [C], goes_on=True, toast="Sentence 2: Target, Breakthrough → Opinion."),
    Row(
        "a and b with fields",
        "3",
        [C],
        goes_on=True,
        toast="Sentence 2: Target, Breakthrough → Opinion. 3 fields are kept aside.",
    ),
    # Shift and a digit
    Row("undecided", "Shift+3", [C]),
    Row("nothing", "Shift+3", [C]),
    Row("a", "Shift+3", [A, C]),
    Row("a with fields", "Shift+3", [A, C]),
    Row("a and b", "Shift+3", [A, B, C]),
    Row("undecided", "Shift+1", [A]),
    Row("nothing", "Shift+1", [A]),
    Row("a", "Shift+1", None, toast="Sentence 2: Target removed."),
    Row("a with fields", "Shift+1", None, toast="Sentence 2: Target removed. 3 fields are kept aside."),
    Row("a and b", "Shift+1", [B]),
    Row("a and b with fields", "Shift+1", [B], toast="Sentence 2: Target removed. 3 fields are kept aside."),
    # keys that a reader presses
    Row("undecided", "Space", [], goes_on=True),
    Row("nothing", "Space", [], goes_on=True),
    Row("a", "Space", [A], goes_on=True),
    Row("a with fields", "Space", [A], goes_on=True),
    Row("a and b", "Space", [A, B], goes_on=True),
    Row("undecided", "Return", None),
    Row("nothing", "Return", []),
    Row("a", "Return", [A]),
    Row("a with fields", "Return", [A]),
    Row("a and b", "Return", [A, B]),
    # keys that clear
    *(
        row
        for key in ("0", "Del")
        for row in (
            Row("undecided", key, None),
            Row("nothing", key, None),
            Row("a", key, None, toast="Sentence 2: Target removed."),
            Row("a with fields", key, None, toast="Sentence 2: Target removed. 3 fields are kept aside."),
            Row("a and b", key, None, toast="Sentence 2: Target, Breakthrough removed."),
        )
    ),
]


def put(driver: WindowDriver, start: str) -> None:
    """Bring the current sentence into the state `start`, by keys and what is typed into fields."""
    driver.press(*SETUPS[start])
    if "fields" in start:
        commands.set_fields(driver.session, FIELDS)
    driver.dismiss_toast()
    assert driver.current() == FIRST
    assert decision(driver) == STARTS[start]


def written(driver: WindowDriver) -> bytes:
    """Save and return the bytes of the sidecar, empty if there is none."""
    assert driver.save()
    return driver.sidecar.read_bytes() if driver.sidecar.exists() else b""


def decision(driver: WindowDriver, words: str = FIRST) -> list[str] | None:
    """Return what the sidecar says of a sentence: its labels, [] for the mark nothing, None for undecided."""
    found = yaml.safe_load(written(driver)) or {}
    start = driver.text().index(words)
    for one in found.get("annotations", []):
        if one["at"][0] == start and one["labels"]:
            labels: list[str] = one["labels"]
            return labels
    return [] if [start, start + len(words)] in found.get("nothing", []) else None


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.start}-{row.key}")
def test_the_table(driver: WindowDriver, row: Row) -> None:
    """What the sentence is after the key, which sentence is the current one, whether a toast says what went."""
    put(driver, row.start)
    before, steps = written(driver), driver.steps()
    driver.press(row.key)
    assert decision(driver) == row.end
    assert driver.current() == (SECOND if row.goes_on else FIRST)
    # TOAST assert driver.toast() == row.toast
    if row.end == STARTS[row.start]:
        assert (written(driver), driver.steps()) == (before, steps)
    else:
        assert driver.steps() == steps + 1
        kept = set(row.end or ())
        fields = yaml.safe_load(written(driver))["annotations"]
        assert all(A in kept or not one.get("fields") for one in fields)


@pytest.mark.parametrize("start", SETUPS)
@pytest.mark.parametrize("key", ["1", "2", "3"])
def test_the_same_digit_twice_does_what_once_does(driver: WindowDriver, start: str, key: str) -> None:
    """Pressed again on the same sentence, a digit only goes on."""
    put(driver, start)
    driver.press(key)
    once = written(driver)
    driver.press("K", key)
    assert written(driver) == once
    assert driver.current() == SECOND


@pytest.mark.parametrize("key", ["Space", "Return", "Down", "J", "Up", "K", "PgDown", "PgUp", "Home", "End", "Esc"])
@pytest.mark.parametrize("start", ["a with fields", "a and b", "nothing"])
def test_keys_that_move_never_remove(driver: WindowDriver, start: str, key: str) -> None:
    """However often they are pressed, the decision on a sentence stays as it is."""
    put(driver, start)
    driver.press(*["Home", key] * 3, *["K", key] * 3)
    assert decision(driver) == STARTS[start]
    if "fields" in start:
        assert yaml.safe_load(written(driver))["annotations"][0]["fields"] == FIELDS
