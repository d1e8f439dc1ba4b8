"""Fixed texts of a Word file for reviewers, by the reviewer's language."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class FileTexts(NamedTuple):
    """All fixed texts in one language; `steps` say how to answer, `examples` pair what to write with its meaning."""

    tag: str
    title: str
    sender: str
    made: str
    content: str
    extent: str
    reviewer: str
    how: str
    steps: tuple[str, ...]
    write: str
    means: str
    examples: tuple[tuple[str, str], ...]
    legend: str
    sign: str
    label: str
    hint: str
    note_only: str
    contents: str
    number: str
    document: str
    annotator: str
    annotations: str
    note: str
    no_label: str
    annex: str
    sentence: str
    page: str
    statuses: dict[str, str]

    def format_extent(self, documents: int, annotations: int) -> str:
        """Return the number of documents and annotations in words."""
        return self.extent.format(documents=documents, annotations=annotations)


TEXTS: dict[str, FileTexts] = {
    "vi": FileTexts(
        tag="vi-VN",
        title="Phiếu góp ý gán nhãn",
        sender="Người gửi",
        made="Ngày gửi",
        content="Nội dung",
        extent="Tài liệu: {documents} – Câu đã gán: {annotations}",
        reviewer="Người góp ý",
        how="Cách góp ý",
        steps=(
            (
                "Mỗi câu được tô nền có một bình luận (Comment) ở bên lề, ghi nhãn của câu đó. Xin chọn Trả lời "
                "(Reply) trong bình luận ấy rồi viết một trong các lựa chọn ở bảng dưới đây."
            ),
            "Với câu chưa được tô nền mà cần gán nhãn: bôi đen câu, chèn bình luận mới rồi viết “thêm: …”.",
            (
                "Lý do, nếu có, xin viết sau dấu chấm hoặc xuống dòng, ví dụ: “sửa: đột phá. Đây là nhiệm vụ ưu tiên.” "
                "Điều khác xin viết tự do; người gán nhãn sẽ đọc từng lời."
            ),
            "Xin giữ nguyên lời văn và dòng trong dấu ⟦ ⟧ ở cuối mỗi bình luận; lưu tệp ở dạng .docx rồi gửi lại.",
        ),
        write="Viết",
        means="Nghĩa là",
        examples=(
            ("đồng ý", "Nhãn đúng, giữ nguyên. Đánh dấu bình luận là đã giải quyết (Resolve) cũng có nghĩa như vậy."),
            ("bỏ", "Câu này không cần nhãn."),
            ("sửa: {first}", "Thay nhãn đang có bằng nhãn “{first}”. Có thể nêu nhiều nhãn, cách nhau bằng dấu phẩy."),
            ("thêm: {second}", "Gán thêm nhãn “{second}”."),
        ),
        legend="Các nhãn",
        sign="Ký hiệu",
        label="Nhãn",
        hint="Định nghĩa",
        note_only="Câu chỉ có ghi chú, chưa có nhãn",
        contents="Danh mục tài liệu",
        number="STT",
        document="Tài liệu",
        annotator="Người gán nhãn",
        annotations="Câu đã gán",
        note="Ghi chú",
        no_label="(chưa có)",
        annex="Phụ lục: {label}",
        sentence="Câu",
        page="Trang",
        statuses={"new": "chưa làm", "in progress": "đang làm", "done": "đã xong"},
    ),
    "en": FileTexts(
        tag="en-GB",
        title="Annotations for review",
        sender="Sent by",
        made="Date",
        content="Extent",
        extent="Documents: {documents} – Annotations: {annotations}",
        reviewer="Reviewer",
        how="How to answer",
        steps=(
            (
                "Each shaded sentence has a comment in the margin that names its label. Choose Reply in that comment "
                "and write one of the answers below."
            ),
            "To label a sentence that is not shaded, select it, insert a new comment and write “add: …”.",
            (
                "A reason, if any, goes after a full stop or on a new line, for instance: “change: breakthrough. It is "
                "a priority task.” Anything else may be written freely; the annotator reads each remark."
            ),
            (
                "Please leave the wording of the articles and the line in ⟦ ⟧ at the end of each comment as they are, "
                "save the file as .docx and send it back."
            ),
        ),
        write="Write",
        means="It means",
        examples=(
            ("agree", "The label is right as it stands. Resolving the comment means the same."),
            ("drop", "This sentence needs no label."),
            ("change: {first}", "Put the label “{first}” in place of what is there. Several labels: with commas."),
            ("add: {second}", "Put the label “{second}” there as well."),
        ),
        legend="The labels",
        sign="Sign",
        label="Label",
        hint="Used for",
        note_only="A sentence with a note but no label yet",
        contents="The documents",
        number="No.",
        document="Document",
        annotator="Annotator",
        annotations="Annotations",
        note="Note",
        no_label="(none yet)",
        annex="Annex: {label}",
        sentence="Sentence",
        page="Page",
        statuses={"new": "not begun", "in progress": "in progress", "done": "done"},
    ),
}
"""The texts by language code."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def get_texts(language: str) -> FileTexts:
    """Return the texts in `language`, or in English if there are none."""
    return TEXTS.get(language, TEXTS["en"])


def format_date(language: str, made: str) -> str:
    """Format the date `made` (ISO 8601) for `language`; return it unchanged if it is not a date."""
    try:
        day = datetime.fromisoformat(made)
    except ValueError:
        return made
    if language == "vi":
        return f"ngày {day.day:02} tháng {day.month:02} năm {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
