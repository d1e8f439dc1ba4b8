"""A reviewer at the web page, in a real Chromium that is without a network: what she says comes back."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from page_articles import LABELS, TAGS, TEXT, article, hostile, many, packet, write_to
from patience import PATIENCE
from playwright import sync_api
from programs import require_program
from pypdf import PdfReader

from annotator.core.verdict import VerdictKind
from annotator.review.html.reader import read_page_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from annotator.review.model.answer import Answer

GOAL, LEVER, VOICE = TAGS
FREE = "Mọi đại biểu đều phát biểu."
NAMELESS = """
Array.from(document.querySelectorAll("button, input, textarea, [role=button]"))
    .filter((one) => one.offsetParent)
    .filter((one) => !(one.textContent.trim() || one.ariaLabel || (one.labels && one.labels.length)))
    .length
"""
NO_STORE = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    """One Chromium for all tests here."""
    chromium = require_program("chromium", "chromium-browser", "google-chrome", package="chromium")
    with sync_api.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, headless=True, args=["--no-sandbox"])
        yield opened
        opened.close()


Opened: TypeAlias = "Callable[..., AbstractContextManager[Reviewer]]"


class Reviewer:
    """Somebody who has the page open: hands on keys and mouse, eyes on what it shows."""

    def __init__(self, page: sync_api.Page, folder: Path) -> None:
        self.page = page
        self._folder = folder

    def keys(self, *names: str) -> None:
        """Press keys one after the other."""
        for name in names:
            self.page.keyboard.press(name)

    def click(self, name: str) -> None:
        """Click the button that is called so."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def sentence(self, words: str) -> sync_api.Locator:
        """The sentence in the article that says ``words``."""
        return self.page.locator("#article .s", has_text=words)

    @property
    def progress(self) -> str:
        """What is said about how far she is."""
        return self.page.locator("#progress").inner_text()

    @property
    def chosen(self) -> str:
        """The sentence that is chosen."""
        return self.page.locator("#card .quote").text_content() or ""

    def wait_for_notice(self, words: str) -> None:
        """Wait until the page tells that; its policy lets no script be made of a text, so nothing is evaluated."""
        sync_api.expect(self.page.locator("#notice")).to_contain_text(words)

    def save(self) -> tuple[Path, tuple[Answer, ...]]:
        """The file that "save" makes, and the answers that the program reads in it."""
        with self.page.expect_download() as download:
            self.keys("Control+s")
        path = self._folder / download.value.suggested_filename
        download.value.save_as(path)
        found = read_page_answers(path.read_bytes(), name=path.name, labels=LABELS)
        assert found.troubles == ()
        return path, found.answers


@pytest.fixture
def reviewing(browser: sync_api.Browser, tmp_path: Path) -> Opened:
    """Opens a page from the disk; it may ask for nothing, and Chromium may have nothing to complain of."""

    @contextmanager
    def opened(path: Path, *, script: str = "", **more: Any) -> Iterator[Reviewer]:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **more})
        asked: list[str] = []
        said: list[str] = []
        context.route(
            "**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort()
        )
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        page.set_default_timeout(1000 * PATIENCE)
        if script:
            page.add_init_script(script)
        page.goto(path.as_uri())
        yield Reviewer(page, tmp_path)
        assert said == []
        assert {one for one in asked if not one.startswith("blob:")} == {path.as_uri()}
        assert page.evaluate("window.harmed") is None
        context.close()

    return opened


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A page of two articles, the second of which has an annotator's name."""
    return write_to(
        tmp_path / "phiếu góp ý.html", packet(), [article(note="của tỉnh"), article(file="hai.txt", annotator="hoa")]
    )


def told(answers: tuple[Answer, ...]) -> list[tuple[str, str, VerdictKind, tuple[str, ...], str]]:
    """What the answers say."""
    return [(one.file, one.text, one.kind, one.labels, one.comment) for one in answers]


def test_by_keys_alone(reviewing: Opened, plain: Path) -> None:
    """Every verdict, a comment, an addition; a reload keeps them; the file says just that, by whom and when."""
    with reviewing(plain) as she:
        she.page.get_by_label("Người góp ý").focus()
        she.page.keyboard.type("Lê Thị Lan")
        she.keys("Escape", "j", "1", "ArrowDown", "2", "3", "Enter", "n")
        she.page.keyboard.type("vì đó là lời ông An")
        she.keys("Escape", "j", "d", "Shift+ArrowDown", "+", "2", "Enter", "j")
        assert she.chosen == GOAL
        she.keys("n")
        she.page.keyboard.type("xem lại")
        she.keys("Escape", "]")
        assert she.progress == "Đã góp ý 3 / 6 · Bổ sung: 1"
        she.page.reload()
        assert she.progress == "Đã góp ý 3 / 6 · Bổ sung: 1"
        path, answers = she.save()
    assert path.name == "Hồ-sơ-2026-Lê-Thị-Lan-answers.json"
    assert told(answers) == [
        ("bài/một.txt", GOAL, VerdictKind.AGREE, (), ""),
        ("bài/một.txt", LEVER, VerdictKind.CHANGE, ("opinion",), "vì đó là lời ông An"),
        ("bài/một.txt", VOICE, VerdictKind.DROP, (), ""),
        ("bài/một.txt", FREE, VerdictKind.ADD, ("breakthrough",), ""),
        ("hai.txt", GOAL, VerdictKind.CHANGE, (), "xem lại"),
    ]
    first = answers[0]
    assert (first.id, first.labels_seen, first.reviewer, first.annotator) == ("a4", ("target",), "Lê Thị Lan", "")
    assert first.time.endswith("Z")
    assert (answers[3].id, answers[4].annotator) == ("", "hoa")
    assert json.loads(path.read_text("utf-8"))["annotations"] == 6


def test_by_mouse_alone(reviewing: Opened, plain: Path) -> None:
    """The same by clicks; a verdict clicked twice is taken back; leaving with unsaved answers asks first."""
    with reviewing(plain) as she:
        warned: list[str] = []
        she.page.on("dialog", lambda dialog: warned.append(dialog.type))
        she.click("Lưu góp ý")
        assert she.page.locator("#notice").inner_text() == "Xin ghi họ tên người góp ý trước khi lưu."
        she.page.get_by_label("Người góp ý").fill("Lan")
        she.sentence(GOAL).click()
        she.click("Đồng ý")
        she.click("Câu sau")
        she.click("Sửa")
        she.page.locator("#card .pick", has_text="Đột phá").click()
        she.page.get_by_label("Lời góp ý").fill("một nhãn là đủ")
        she.sentence(VOICE).click()
        she.click("Bỏ")
        she.click("Bỏ")
        she.sentence(FREE).click()
        she.page.locator("#card .pick", has_text="Ý kiến").click()
        she.page.locator("#list button").nth(1).click()
        she.sentence(VOICE).click()
        she.click("Bỏ")
        she.page.reload()
        assert warned == ["beforeunload"]
        _path, answers = she.save()
        she.page.reload()
        assert warned == ["beforeunload"]
    assert told(answers) == [
        ("bài/một.txt", GOAL, VerdictKind.AGREE, (), ""),
        ("bài/một.txt", LEVER, VerdictKind.CHANGE, ("breakthrough",), "một nhãn là đủ"),
        ("bài/một.txt", FREE, VerdictKind.ADD, ("opinion",), ""),
        ("hai.txt", VOICE, VerdictKind.DROP, (), ""),
    ]


def test_what_is_shown_about_a_sentence(reviewing: Opened, plain: Path) -> None:
    """Ground and letters by label, the verdict's mark, its name for a screen reader; the card has note and fields."""
    with reviewing(plain, color_scheme="dark") as she:
        she.keys("j")
        assert she.sentence(GOAL).inner_text().split() == [
            "M",
            "Mục",
            "tiêu:",
            *GOAL.split()[:-1],
            "30%.",
            ",",
            "chưa",
            "góp",
            "ý",
        ]
        assert she.page.locator("#card .facts").inner_text().split("\n") == ["Thời hạn", "2030", "Ghi chú", "của tỉnh"]
        plain_ground, ground = (
            she.sentence(words).evaluate("one => getComputedStyle(one).backgroundColor") for words in (FREE, GOAL)
        )
        assert plain_ground == "rgba(0, 0, 0, 0)"
        assert ground != plain_ground
        she.keys("1", "j")
        assert "✓" in she.sentence(GOAL).inner_text()
        assert she.sentence(LEVER).locator(".sign i").all_inner_texts() == ["Đ", "M"]
        assert she.page.evaluate("document.activeElement.textContent").endswith(f"{LEVER}, chưa góp ý")
        assert she.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 18, 22)"
        assert she.page.evaluate(NAMELESS) == 0


def test_filters_and_numbers(reviewing: Opened, plain: Path) -> None:
    """By label, by what is not judged, by document: keys go only where the filter lets through; bars count along."""
    with reviewing(plain) as she:
        she.page.locator("#labels .pick", has_text="Ý kiến").click()
        she.keys("j")
        assert she.chosen == VOICE
        assert she.page.locator("#article .s.on").count() == 1
        she.keys("1", "j", "j")
        assert she.page.locator("#list [aria-current]").count() == 1
        assert she.page.locator("#list .doc").nth(1).get_attribute("aria-current") == "true"
        she.page.locator("#labels .pick", has_text="Ý kiến").click()
        she.page.get_by_label("Chỉ các câu chưa góp ý").check()
        she.page.get_by_label("Chỉ trong tài liệu này").check()
        she.page.locator("#list .doc").first.click()
        she.keys("j", "j", "j")
        assert she.chosen == LEVER
        assert she.page.locator("#notice").inner_text() == "Không còn câu nào theo bộ lọc đang chọn."
        assert she.page.locator("#list .count").all_inner_texts() == ["1 / 3", "0 / 3"]
        assert she.page.locator("#chart .count").all_inner_texts() == ["0 / 4", "0 / 2", "1 / 2"]
        assert she.page.locator("#chart svg").last.get_attribute("aria-label") == "Ý kiến: 2 câu, đã góp ý 1"


def test_going_on_after_each_verdict_and_help(reviewing: Opened, tmp_path: Path) -> None:
    """One key a sentence, where she wants that; at the end she hears what to do; "?" shows the keys, Escape closes."""
    path = write_to(tmp_path / "page.html", packet("en"), [article()])
    with reviewing(path) as she:
        she.page.get_by_label("Go to the next after each verdict").check()
        she.keys("j", "1", "a", "3")
        assert she.progress == "3 of 3 judged"
        assert she.page.locator("#notice").inner_text().startswith("Everything is judged.")
        she.keys("?")
        assert she.page.get_by_role("dialog").is_visible()
        she.keys("1", "Escape")
        assert she.page.get_by_role("dialog").count() == 0
        assert she.progress == "3 of 3 judged"


def test_answers_go_on_at_another_machine(reviewing: Opened, plain: Path, tmp_path: Path) -> None:
    """Loaded from the file; a file of another page or kind is refused with a sentence, and nothing changes."""
    with reviewing(plain) as she:
        she.page.get_by_label("Người góp ý").fill("Lan")
        she.keys("Escape", "j", "1", "j", "3")
        she.sentence(FREE).click()
        she.keys("1", "n")
        she.page.keyboard.type("thêm")
        path, answers = she.save()
    other = write_to(tmp_path / "other.html", packet(), [article()])
    saved = json.loads(path.read_text("utf-8"))
    hostile_file = tmp_path / "bad.json"
    bad = [{**saved["answers"][0], "verdict": "<b>"}, {**saved["answers"][0], "id": "zz"}, 7, None, saved["answers"][1]]
    hostile_file.write_text(json.dumps({**saved, "answers": bad}), "utf-8")
    with reviewing(plain) as she:
        she.page.locator("#file").set_input_files(hostile_file)
        she.wait_for_notice("4 góp ý không khớp")
        assert she.progress == "Đã góp ý 1 / 6"
        she.page.locator("#file").set_input_files(path)
        she.wait_for_notice("Đã mở 3")
        assert she.save()[1] == answers
    with reviewing(other) as she:
        she.page.locator("#file").set_input_files(path)
        she.wait_for_notice("thuộc về một phiếu khác")
        she.page.locator("#file").set_input_files(other)
        she.wait_for_notice("không phải là tệp góp ý")
        assert she.progress == "Đã góp ý 0 / 3"


def test_a_browser_that_keeps_nothing(reviewing: Opened, plain: Path) -> None:
    """The page says so, works all the same, and asks before it is left."""
    with reviewing(plain, script=NO_STORE) as she:
        assert she.page.locator("#kept").inner_text().startswith("Trình duyệt không cho phép lưu")
        she.page.get_by_label("Người góp ý").fill("Lan")
        she.keys("Escape", "j", "1")
        assert told(she.save()[1]) == [("bài/một.txt", GOAL, VerdictKind.AGREE, (), "")]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_hostile_words_do_nothing(reviewing: Opened, tmp_path: Path, language: str) -> None:
    """In texts, notes, labels, names of folder, file and annotator: shown as they are, and come back as they are."""
    folder = "</title><script>window.harmed=1</script>"
    path = write_to(
        tmp_path / "page.html", packet(language, folder, '"><img src=x onerror=window.harmed=1>'), [hostile()]
    )
    with reviewing(path) as she:
        she.page.locator("#reviewer").fill("<script>window.harmed=1</script>")
        she.keys("Escape")
        for _sentence in hostile().items:
            she.keys("j", "1")
        shown = [one.text_content() or "" for one in she.page.locator("#article .s.on").all()]
        for words, item in zip(shown, hostile().items, strict=True):
            assert item.text in words
        assert folder in she.page.locator("h1").inner_text()
        assert she.page.locator("#article script, #article img, #card script, #card img").count() == 0
        she.page.emulate_media(media="print")
        she.page.pdf()
        _path, answers = she.save()
    assert [one.text for one in answers] == [one.text for one in hostile().items]
    assert {one.file for one in answers} == {hostile().file}


def test_two_hundred_documents(reviewing: Opened, tmp_path: Path) -> None:
    """Only one is on the screen; keys go on into the next; the list is searched without accents."""
    path = write_to(tmp_path / "page.html", packet(), many(200))
    with reviewing(path) as she:
        assert she.progress == "Đã góp ý 0 / 5000"
        assert she.page.locator("#article .s").count() == 42
        she.keys(*["j"] * 26, "1")
        assert she.page.locator("#article .title").inner_text() == "Bài số 1"
        assert she.progress == "Đã góp ý 1 / 5000"
        she.page.get_by_label("Tìm tài liệu").fill("bai so 123")
        assert she.page.locator("#list li:visible").count() == 1


def test_printed_by_the_browser(reviewing: Opened, plain: Path, tmp_path: Path) -> None:
    """The article, then a table with a box for each verdict and what was said, and lines to sign on; no buttons."""
    with reviewing(plain) as she:
        she.keys("j", "2", "2", "3", "Enter", "n")
        she.page.keyboard.type("cả hai")
        she.page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    pages = PdfReader(tmp_path / "page.pdf")
    words = " ".join(" ".join(page.extract_text() for page in pages.pages).split())
    for said in (TEXT.partition("\n")[0], FREE, "Phụ lục", "Sửa: Đột phá, Ý kiến", "cả hai", "Người góp ý", "Ký tên"):
        assert said in words
    assert "Lưu góp ý" not in words
    assert "[M]" in words.replace(" ", "")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (640, 400), (1000, 700)])
def test_nothing_runs_out_of_a_narrow_window(reviewing: Opened, plain: Path, width: int, height: int) -> None:
    """A telephone, and a zoom of 200 %: no sideways scrolling; the chosen sentence is above the card."""
    with reviewing(plain, viewport={"width": width, "height": height}) as she:
        she.keys("j", "j", "j")
        assert she.page.evaluate("document.documentElement.scrollWidth") <= width
        where = she.sentence(VOICE).bounding_box()
        card = she.page.locator("#card").bounding_box()
        assert where is not None
        assert card is not None
        assert where["y"] >= 0
        assert card["x"] >= where["x"] + where["width"] - 1 or where["y"] + where["height"] <= card["y"] + 1
        she.page.get_by_role("button", name="Tài liệu", exact=True).click()
        assert she.page.get_by_label("Chỉ các câu chưa góp ý").is_visible()
        assert she.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_cut_short_says_so(browser: sync_api.Browser, plain: Path, tmp_path: Path) -> None:
    """One whose end is missing tells to ask for it again."""
    data = plain.read_bytes()
    cut = tmp_path / "cut.html"
    cut.write_bytes(data[: data.index(b'id="end"') - 40])
    page = browser.new_page()
    page.goto(cut.as_uri())
    assert "Trang này không đầy đủ" in page.locator("#lack").inner_text()
    page.close()
