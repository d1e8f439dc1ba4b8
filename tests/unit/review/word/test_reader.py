from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_editing import WordEditor
from word_packets import LABELS, article, docx, packet

from annotator.core.document import BlockKind
from annotator.core.verdict import VerdictKind
from annotator.review.model.answer import Answer, ReturnedFile, ReviewFileError
from annotator.review.model.verdict_terms import VERDICT_NAMES
from annotator.review.word.reader import read_docx

if TYPE_CHECKING:
    from collections.abc import Callable

TITLE = "Lạng Sơn đặt mục tiêu lớn"
GOAL = "Đến năm 2030, tỷ trọng kinh tế số trong GRDP đạt trên 30%."
LEVER = "Tỉnh chọn cửa khẩu thông minh làm khâu đột phá."
FACT = "Năm 2025, thu ngân sách đạt 12.000 tỷ đồng."
VIEW = "Ông Hà cho rằng mục tiêu này khả thi."
LINES = [[TITLE], [GOAL, LEVER], [FACT, VIEW]]
TAGS = {GOAL: ("k3f9x2", ("target",)), LEVER: ("p0qq17", ("breakthrough",)), VIEW: ("zz4k1a", ("opinion",))}
GOAL_MARK, LEVER_MARK, VIEW_MARK = "⟦1.k3f9x2⟧", "⟦1.p0qq17⟧", "⟦1.zz4k1a⟧"
OTHER = "Chỉ tiêu này giữ nguyên đến năm 2035."


@cache
def sent() -> bytes:
    """A file with one article, as it goes out."""
    one = article(LINES, TAGS, kinds=[BlockKind.TITLE], fields={"Thời hạn": "2030"}, note="hỏi lại")
    return docx([one])


def read(data: bytes) -> ReturnedFile:
    """What came back."""
    return read_docx(data, name="lan.docx", labels=LABELS)


def came_back(change: Callable[[WordEditor], object], *, data: bytes | None = None) -> ReturnedFile:
    """What comes back of a file in which a reviewer did ``change``."""
    hands = WordEditor(data or sent())
    change(hands)
    return read(hands.data())


def add_lines(hands: WordEditor, *, mark: str, added: list[str]) -> None:
    """Write lines below those of our comment."""
    hands.write_into(mark, lambda lines: [*lines, *added])


def told(returned: ReturnedFile) -> list[tuple[str, VerdictKind, tuple[str, ...], str, str]]:
    """Of each answer the id, or else the words, what is wanted and by whom."""
    return [(one.id or one.text, one.kind, one.labels, one.comment, one.reviewer) for one in returned.answers]


def test_a_file_that_nobody_touched_says_nothing() -> None:
    """Neither answers nor troubles, and each annotation is unanswered."""
    assert read(sent()) == ReturnedFile((), (), unanswered=3)
    assert came_back(WordEditor.data) == ReturnedFile((), (), unanswered=3)


def test_a_reply_is_an_answer() -> None:
    """With all that is known of it: where, on what, by whom and when."""
    returned = came_back(lambda hands: hands.reply(GOAL_MARK, "sửa: đột phá. Đây là nhiệm vụ."))
    assert returned == ReturnedFile(
        (
            Answer(
                place="comment 2 by Lan on “Đến năm 2030, tỷ trọng kinh tế số trong GRDP đạt trên 30%.”",
                file="lang-son.txt",
                annotator="",
                id="k3f9x2",
                text=GOAL,
                kind=VerdictKind.CHANGE,
                labels=("breakthrough",),
                labels_seen=("target",),
                comment="Đây là nhiệm vụ.",
                reviewer="Lan",
                time="2026-11-26T08:30:00Z",
            ),
        ),
        (),
        unanswered=2,
    )


@pytest.mark.parametrize(
    ("words", "kind", "labels", "comment"),
    [
        ("đồng ý", VerdictKind.AGREE, (), ""),
        ("bỏ", VerdictKind.DROP, (), ""),
        ("bỏ\nsố liệu cũ", VerdictKind.DROP, (), "số liệu cũ"),
        ("thêm: ý kiến", VerdictKind.ADD, ("opinion",), ""),
        ("change: opinion, breakthrough", VerdictKind.CHANGE, ("opinion", "breakthrough"), ""),
        ("Câu này cần kiểm tra lại.", VerdictKind.CHANGE, (), "Câu này cần kiểm tra lại."),
        ("sửa", VerdictKind.CHANGE, (), "sửa"),
    ],
)
def test_what_is_said_is_understood_wherever_it_stands(
    words: str, kind: VerdictKind, labels: tuple[str, ...], comment: str
) -> None:
    """In a reply, as a new comment on the sentence, behind our lines, above them, and in place of them all."""
    expected = ("k3f9x2", kind, labels, comment)
    ways: list[Callable[[WordEditor], object]] = [
        lambda hands: hands.reply(GOAL_MARK, words),
        lambda hands: hands.add_comment("Đến năm 2030", "trên 30%", words),
        lambda hands: hands.add_comment("GRDP", "GRDP", words),
        lambda hands: hands.write_into(GOAL_MARK, lambda lines: [*lines, *words.split("\n")]),
        lambda hands: hands.write_into(GOAL_MARK, lambda lines: [*words.split("\n"), *lines]),
        lambda hands: hands.write_into(GOAL_MARK, lambda lines: [*lines[:-1], f"{lines[-1]} {words}"]),
        lambda hands: hands.write_into(GOAL_MARK, lambda _lines: words.split("\n")),
    ]
    for number, way in enumerate(ways):
        returned = came_back(way)
        assert [one[:4] for one in told(returned)] == [expected], number
        assert (returned.troubles, returned.unanswered) == ((), 2), number


def test_other_labels_in_place_of_ours_are_a_change() -> None:
    """A reviewer who overwrites the line that names the label has said what she wants."""
    returned = came_back(lambda hands: hands.write_into(GOAL_MARK, lambda lines: ["Nhãn: Đột phá, Ý kiến", *lines[1:]]))
    assert [one[:4] for one in told(returned)] == [("k3f9x2", VerdictKind.CHANGE, ("breakthrough", "opinion"), "")]


def test_lines_taken_out_of_a_comment_are_told() -> None:
    """Nobody knows what that means, so it is no verdict."""
    returned = came_back(lambda hands: hands.write_into(GOAL_MARK, lambda lines: [lines[0], lines[-1]]))
    assert returned.answers == ()
    assert "Thời hạn: 2030" in returned.troubles[0].sentence


def test_a_comment_marked_as_done_agrees() -> None:
    """Unless words in its thread say something else."""
    assert [one[:2] for one in told(came_back(lambda hands: hands.resolve(GOAL_MARK)))] == [
        ("k3f9x2", VerdictKind.AGREE)
    ]

    def drop(hands: WordEditor) -> None:
        hands.reply(GOAL_MARK, "bỏ")
        hands.resolve(GOAL_MARK)

    assert [one[:2] for one in told(came_back(drop))] == [("k3f9x2", VerdictKind.DROP)]


def test_words_without_a_label_can_be_given_one() -> None:
    """The addition is on the whole sentence in which the words stand, the title too."""
    returned = came_back(
        lambda hands: hands.add_comment("thu ngân sách", "thu ngân sách", "thêm: mục tiêu; số liệu mới")
    )
    assert told(returned) == [(FACT, VerdictKind.ADD, ("target",), "số liệu mới", "Lan")]
    assert returned.unanswered == 3
    returned = came_back(lambda hands: hands.add_comment("mục tiêu lớn", "mục tiêu lớn", "sửa: mục tiêu"))
    assert told(returned) == [(TITLE, VerdictKind.ADD, ("target",), "", "Lan")]


@pytest.mark.parametrize("words", ["Xem lại.", "đồng ý", "bỏ đi"])
def test_a_remark_on_words_without_a_label_is_kept(words: str) -> None:
    """It asks for something by hand, in its own words."""
    returned = came_back(lambda hands: hands.add_comment("thu ngân sách", "thu ngân sách", words))
    assert told(returned) == [(FACT, VerdictKind.CHANGE, (), words, "Lan")]


def test_a_comment_over_several_sentences_is_an_answer_on_each() -> None:
    """On each that has a label; what is to be added goes to the others as well."""
    returned = came_back(lambda hands: hands.add_comment("tỷ trọng", "Năm 2025", "đồng ý"))
    assert [one[:2] for one in told(returned)] == [("k3f9x2", VerdictKind.AGREE), ("p0qq17", VerdictKind.AGREE)]
    returned = came_back(lambda hands: hands.add_comment("khâu đột phá", "ngân sách", "thêm: ý kiến"))
    assert [one[:2] for one in told(returned)] == [("p0qq17", VerdictKind.ADD), (FACT, VerdictKind.ADD)]


def test_a_comment_in_the_annex_is_on_the_annotation_of_its_row() -> None:
    """Whoever reads the tables answers there."""

    def in_annex(hands: WordEditor) -> None:
        comment = hands.add_comment("Phụ lục: Ý kiến", "Phụ lục: Ý kiến", "bỏ")
        key = comment.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}id")
        body = hands.document[0]
        for one in list(body.iter()):
            if one.tag.endswith(("commentRangeStart", "commentRangeEnd")) and key in one.attrib.values():
                one.getparent().remove(one)
            if one.tag.endswith("}r") and any(
                key in it.attrib.values() for it in one if it.tag.endswith("commentReference")
            ):
                one.getparent().remove(one)
                reference = one
        mark = next(one for one in body.iter() if "r3_1_zz4k1a" in one.attrib.values())
        mark.getnext().addnext(reference)

    assert [one[:2] for one in told(came_back(in_annex))] == [("zz4k1a", VerdictKind.DROP)]


def test_a_label_that_is_none_is_told_with_author_and_words() -> None:
    """It is no answer, for nobody knows which label is meant; but the annotation is not unanswered."""
    returned = came_back(lambda hands: hands.reply(GOAL_MARK, "sửa: nhiệm vụ"))
    (trouble,) = returned.troubles
    assert (returned.answers, returned.unanswered) == ((), 2)
    assert all(words in trouble.sentence for words in ("Lan", "sửa: nhiệm vụ", "“nhiệm vụ”"))
    assert "comment 2 by Lan" in trouble.place


def test_a_comment_on_no_article_is_told() -> None:
    """On the first page, say: its words are in the sentence."""
    returned = came_back(lambda hands: hands.add_comment("Cách góp ý", "Cách góp ý", "Tài liệu tốt"))
    assert returned.answers == ()
    assert "Tài liệu tốt" in returned.troubles[0].sentence


def test_a_deleted_comment_is_no_verdict_but_told() -> None:
    """The annotation is unanswered, and the sentence names it."""
    returned = came_back(lambda hands: hands.delete(GOAL_MARK))
    assert (returned.answers, returned.unanswered) == ((), 3)
    assert "Đến năm 2030" in returned.troubles[0].place
    assert "deleted" in returned.troubles[0].sentence


def test_a_file_without_any_comment_is_told_once() -> None:
    """A program that drops all comments is no reviewer who deletes them."""

    def drop_all(hands: WordEditor) -> None:
        for mark in (GOAL_MARK, LEVER_MARK, VIEW_MARK):
            hands.delete(mark)

    returned = came_back(drop_all)
    assert [one.place for one in returned.troubles] == ["The whole file"]


def test_several_reviewers_are_told_apart() -> None:
    """Each answer has its author."""

    def two(hands: WordEditor) -> None:
        hands.reply(GOAL_MARK, "đồng ý", author="Lan")
        hands.reply(GOAL_MARK, "bỏ", author="Nguyễn Văn Hà")

    assert {(one.reviewer, one.kind) for one in came_back(two).answers} == {
        ("Lan", VerdictKind.AGREE),
        ("Nguyễn Văn Hà", VerdictKind.DROP),
    }


def test_who_wrote_into_our_comment_is_seen_from_the_first_page() -> None:
    """Where changes are tracked, from these."""

    def named(hands: WordEditor) -> None:
        cells = [one for one in hands.document.iter() if one.tag.endswith("}tc")]
        empty = next(cells[at + 1] for at, one in enumerate(cells) if "".join(one.itertext()).strip() == "Người góp ý")
        paragraph = next(one for one in empty.iter() if one.tag.endswith("}p"))
        run = hands.run_of("Cách góp ý")
        paragraph.append(run)
        next(one for one in run.iter() if one.tag.endswith("}t")).text = "Trần Thị Lan"
        hands.write_into(GOAL_MARK, lambda lines: [*lines, "bỏ"])
        hands.write_into(VIEW_MARK, lambda lines: [*lines, "bỏ"], author="Hà")

    assert [one[4] for one in told(came_back(named))] == ["Trần Thị Lan", "Hà"]


def test_changes_of_the_text_are_told_and_no_verdict() -> None:
    """Words put in, words taken out, tracked or not, and whole sentences."""

    def edit(hands: WordEditor) -> None:
        hands.insert_tracked("kinh tế số", "rất lớn của ")
        hands.delete_tracked("Tỉnh chọn cửa khẩu thông minh làm khâu đột phá.", author="Hà")
        next(one for one in hands.run_of("12.000").iter() if one.tag.endswith("}t")).text = "13.000"

    returned = came_back(edit)
    assert (returned.answers, returned.unanswered) == ((), 3)
    sentences = [one.sentence for one in returned.troubles]
    assert len(sentences) == 3
    assert GOAL in sentences[0]
    assert "tỷ trọng rất lớn của kinh tế số" in sentences[0]
    assert "took the sentence" in sentences[1]
    assert "by Hà" in returned.troubles[1].place
    assert FACT in sentences[2]
    assert "13.000 tỷ đồng" in sentences[2]


def test_an_answer_on_a_sentence_whose_words_were_changed_keeps_its_words() -> None:
    """The id and the words are those that went out."""

    def edit(hands: WordEditor) -> None:
        hands.delete_tracked("trên 30%")
        hands.reply(GOAL_MARK, "đồng ý")

    (answer,) = came_back(edit).answers
    assert (answer.id, answer.text) == ("k3f9x2", GOAL)


def test_a_paragraph_of_the_reviewer_is_told() -> None:
    """What she writes between the paragraphs is not lost."""

    def write(hands: WordEditor) -> None:
        paragraph = hands.run_of("thu ngân sách").getparent()
        twin = deepcopy(paragraph)
        for child in list(twin):
            if not child.tag.endswith(("}r", "}pPr")) or "Năm" not in "".join(child.itertext()):
                twin.remove(child)
        next(one for one in twin.iter() if one.tag.endswith("}t")).text = "Tôi đề nghị viết lại đoạn này."
        paragraph.addnext(twin)

    (trouble,) = came_back(write).troubles
    assert "Tôi đề nghị viết lại đoạn này." in trouble.sentence


def test_a_paragraph_that_moved_keeps_its_answers() -> None:
    """The comment and its marks move with the words."""

    def move(hands: WordEditor) -> None:
        hands.reply(GOAL_MARK, "bỏ")
        paragraph = hands.run_of("Đến năm 2030").getparent()
        following = hands.run_of("thu ngân sách").getparent()
        following.addnext(paragraph)

    returned = came_back(move)
    assert [one[:2] for one in told(returned)] == [("k3f9x2", VerdictKind.DROP)]
    assert returned.troubles == ()


def test_a_copied_paragraph_answers_once() -> None:
    """Copies of our comments say nothing more; copies that say something else are answers of their own."""

    def copy(hands: WordEditor, second: str) -> None:
        twin = WordEditor._comment(
            hands,
            "\n".join(["Nhãn: Mục tiêu", "Thời hạn: 2030", "Ghi chú: hỏi lại", GOAL_MARK, second]),
            author="Mai",
            date="",
        )
        hands._thread(twin)
        hands.write_into(GOAL_MARK, lambda lines: [*lines, "bỏ"])

    assert [one[:2] for one in told(came_back(lambda hands: copy(hands, "bỏ")))] == [("k3f9x2", VerdictKind.DROP)]
    assert {one[:2] for one in told(came_back(lambda hands: copy(hands, "đồng ý")))} == {
        ("k3f9x2", VerdictKind.DROP),
        ("k3f9x2", VerdictKind.AGREE),
    }


@pytest.mark.parametrize("quote", ['Reply to Mai (25/11/2026, 09:12): "{0}"', "“{0}”"])
def test_a_reply_that_quotes_the_comment_is_only_what_is_new(quote: str) -> None:
    """LibreOffice puts the comment into the reply to it; a program without threads makes that a comment."""
    ours = "Nhãn: Mục tiêu\nThời hạn: 2030\nGhi chú: hỏi lại\n" + GOAL_MARK
    words = quote.format(ours) + "\nbỏ, số liệu cũ"
    expected = [("k3f9x2", VerdictKind.DROP, (), "số liệu cũ", "Lan")]
    assert told(came_back(lambda hands: hands.reply(GOAL_MARK, words))) == expected
    assert told(came_back(lambda hands: hands.add_comment("Đến năm 2030", "trên 30%", words))) == expected


@pytest.mark.parametrize("without", ["record", "bookmarks", "both", "threads"])
def test_what_is_hidden_may_be_gone(without: str) -> None:
    """Answers find their place though a program drops the record, the bookmarks, or both, or the threads."""

    def answer(hands: WordEditor) -> None:
        hands.reply(GOAL_MARK, "bỏ")
        hands.write_into(LEVER_MARK, lambda lines: [*lines, "sửa: mục tiêu"])
        hands.add_comment("cho rằng", "khả thi", "đồng ý")
        if without in {"record", "both"}:
            hands.drop_record()
        if without in {"bookmarks", "both"}:
            hands.drop_bookmarks()
        if without == "threads":
            for one in list(hands.threads):
                hands.threads.remove(one)

    returned = came_back(answer, data=docx([article(LINES, TAGS, kinds=[BlockKind.TITLE], annotator="mai")]))
    assert [
        (one.id, one.kind, one.labels, one.file, one.annotator, one.text, one.labels_seen) for one in returned.answers
    ] == [
        ("k3f9x2", VerdictKind.DROP, (), "lang-son.txt", "mai", GOAL, ("target",)),
        ("p0qq17", VerdictKind.CHANGE, ("target",), "lang-son.txt", "mai", LEVER, ("breakthrough",)),
        ("zz4k1a", VerdictKind.AGREE, (), "lang-son.txt", "mai", VIEW, ("opinion",)),
    ]
    assert (returned.troubles, returned.unanswered) == ((), 0)


@pytest.mark.parametrize("mark", ["⟦1.k3f9⟧", "⟦7.k3f9x2⟧", "⟦1.k3", ""])
def test_a_damaged_mark_is_made_up_for_by_the_place(mark: str) -> None:
    """The bookmark around the sentence still says which annotation it is."""

    def damage(hands: WordEditor) -> None:
        hands.write_into(GOAL_MARK, lambda lines: [*lines[:-1], *([mark] if mark else []), "bỏ"])

    assert [one[:4] for one in told(came_back(damage))] == [("k3f9x2", VerdictKind.DROP, (), "")]


def test_an_empty_comment_is_told() -> None:
    """A picture, a mere click: somebody wanted to say something."""
    returned = came_back(lambda hands: hands.add_comment("thu ngân sách", "thu ngân sách", "  "))
    assert "says nothing in words" in returned.troubles[0].sentence


@pytest.mark.parametrize("marks", [".", "...", "”", "–", ">>", '"'])
def test_a_remark_of_marks_alone_is_kept(marks: str) -> None:
    """Under a verdict or a label it is what was said, in a reply and in our comment; without words it is none."""
    for words, kind, labels in (("Đồng ý", VerdictKind.AGREE, ()), ("Sửa: Ý kiến", VerdictKind.CHANGE, ("opinion",))):
        expected = [("k3f9x2", kind, labels, marks)]
        replied = came_back(partial(WordEditor.reply, mark=GOAL_MARK, words=f"{words}\n{marks}"))
        written = came_back(partial(add_lines, mark=GOAL_MARK, added=[words, marks]))
        assert [[one[:4] for one in told(found)] for found in (replied, written)] == [expected, expected]
    above = came_back(lambda hands: hands.write_into(GOAL_MARK, lambda lines: [marks, *lines, "bỏ"]))
    assert [one[:4] for one in told(above)] == [("k3f9x2", VerdictKind.DROP, (), "")]
    assert came_back(lambda hands: hands.reply(GOAL_MARK, marks)).answers == ()


def test_two_articles_with_one_id_are_told_apart() -> None:
    """A copied document has the same ids; the mark has the article's number."""
    two = [article(LINES, TAGS, file="a.txt"), article(LINES, TAGS, file="b/a.txt", annotator="hà")]
    (answer,) = came_back(lambda hands: hands.reply("⟦2.k3f9x2⟧", "bỏ"), data=docx(two)).answers
    assert (answer.file, answer.annotator, answer.id) == ("b/a.txt", "hà", "k3f9x2")


def test_an_id_of_any_letters_comes_back() -> None:
    """A sidecar is edited by hand: an id may be anything."""
    identity = 'Một id ⟦lạ⟧ & "dài"\ud800 ' * 4
    one = article(LINES, {GOAL: (identity, ("target",))})
    (answer,) = came_back(lambda hands: hands.reply("⟦1._0⟧", "bỏ"), data=docx([one])).answers
    assert answer.id == identity


def packed(*parts: tuple[str, str]) -> bytes:
    """An archive of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


PLAIN = '<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>Xin chào</w:t></w:r></w:p></w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (packed(("word/document.xml", PLAIN)), "not made by annotator"),
        (packed(("word/document.xml", "<a><b></a>")), "damaged"),
        (packed(("word/document.xml", PLAIN), ("word/comments.xml", "no")), "damaged"),
        (packed(("xl/workbook.xml", "<a/>")), "not a file of the kind"),
        (packed(("word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]>" + PLAIN)), "document type"),
        (b"PK no archive", "damaged"),
    ],
)
def test_a_file_that_is_none_of_ours_gets_a_sentence(data: bytes, words: str) -> None:
    """It names the file and says what is wrong."""
    with pytest.raises(ReviewFileError, match=words) as error:
        read(data)
    assert "lan.docx" in str(error.value)


@pytest.mark.parametrize("record", ["[]", "[1]", "{", "[" * 5000, '["1",2,3,4,5,6]', "[1,2,3,4,5,6]", "9" * 9000])
def test_a_record_that_somebody_damaged_is_as_none(record: str) -> None:
    """What people see is enough."""
    hands = WordEditor(sent())
    hands.reply(GOAL_MARK, "bỏ")
    hands.parts["customXml/item1.xml"] = (
        f'<annotator xmlns="urn:annotator:review:word:1"><article>{record}</article></annotator>'.encode()
    )
    assert [one[:2] for one in told(read(hands.data()))] == [("k3f9x2", VerdictKind.DROP)]


def test_deep_nesting_is_no_crash() -> None:
    """Neither in the document nor in its comments."""
    deep = "<a>" * 100_000 + "</a>" * 100_000
    with pytest.raises(ReviewFileError):
        read(packed(("word/document.xml", f'<d xmlns="urn:w">{deep}</d>'), ("word/comments.xml", f"<c>{deep}</c>")))


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="⟦⟧\u2028\u2029"), max_size=30
)
KEYS = [label.key for label in LABELS]


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, str, tuple[str, ...], str, VerdictKind]:
    """A mark or words, and what is said there."""
    mark = draw(st.sampled_from([GOAL_MARK, LEVER_MARK, VIEW_MARK]))
    kind = draw(st.sampled_from(list(VerdictKind)))
    language = draw(st.sampled_from(["vi", "en"]))
    wants = kind in {VerdictKind.CHANGE, VerdictKind.ADD}
    keys = tuple(draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True))) if wants else ()
    comment = draw(WORDS).strip()
    named = ", ".join(LABELS.get(key).name(language) for key in keys)
    words = VERDICT_NAMES[language][kind] + (f": {named}" if named else "") + (f"\n{comment}" if comment else "")
    return mark, words, keys, comment, kind


@settings(max_examples=40)
@given(st.lists(answers(), max_size=5), st.sampled_from(["reply", "into"]))
def test_whatever_is_answered_comes_back_as_given(
    said: list[tuple[str, str, tuple[str, ...], str, VerdictKind]], way: str
) -> None:
    """Every verdict, labels and remark, in either language, in replies and in our comments."""
    said = list({one[0]: one for one in said}.values())
    hands = WordEditor(sent())
    for number, (mark, words, _keys, _comment, _kind) in enumerate(said):
        if way == "reply":
            hands.reply(mark, words, author=f"Lan {number}")
        else:
            add_lines(hands, mark=mark, added=words.split("\n"))
    returned = read(hands.data())
    expected = {(mark[3:-1], kind, keys, " ".join(comment.split())) for mark, _words, keys, comment, kind in said}
    assert {(one.id, one.kind, one.labels, " ".join(one.comment.split())) for one in returned.answers} == expected
    assert (returned.troubles, returned.unanswered) == ((), 3 - len(said))


def test_replacing_keeps_the_packet_typed() -> None:
    """An English packet answers to English words as well as a Vietnamese one."""
    data = docx([article(LINES, TAGS)], of=replace(packet("en"), by=""))
    assert [one[:3] for one in told(came_back(lambda hands: hands.reply(GOAL_MARK, "Change: Opinion"), data=data))] == [
        ("k3f9x2", VerdictKind.CHANGE, ("opinion",))
    ]


def test_long_lines_that_look_like_ours_take_no_time() -> None:
    """Nothing that is written in a file makes its reading hang."""
    for words in ("Document 1: " + " · Annotator: x" * 40_000, "⟦" * 100_000 + "1." * 50_000, "bỏ: " * 50_000):
        hands = WordEditor(sent())
        next(one for one in hands.run_of(FACT).iter() if one.tag.endswith("}t")).text = words
        hands.reply(GOAL_MARK, words)
        hands.drop_record()
        assert isinstance(read(hands.data()), ReturnedFile)
