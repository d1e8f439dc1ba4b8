"""Writer of Word files for reviewers: first page, articles, annex."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx.enum.section import WD_SECTION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from annotator.review.word.annex import AnnexEntry, make_annex
from annotator.review.word.article import ArticleWriter, LabelStyles
from annotator.review.word.cover import ListedArticle, make_cover
from annotator.review.word.id_record import NAMESPACE, SentArticle, serialize_record
from annotator.review.word.markup import xml_safe
from annotator.review.word.sent_comments import SentComment, author_of, comments_part, make_sent_items
from annotator.review.word.styles import make_document, set_page
from annotator.review.word.texts import get_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docx.document import Document as WordDocument

    from annotator.review.model.packet import Article, Packet
    from annotator.review.word.texts import FileTexts

_ARTICLES_PLACEHOLDER, _ANNEX_PLACEHOLDER = "articles stand here", "the annex stands here"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem '
    'ds:itemID="{{8F0B6B6E-5C0B-4E6C-9C3B-2D5A7C1F9E11}}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    '<ds:schemaRef ds:uri="{space}"/></ds:schemaRefs></ds:datastoreItem>'
)


def write_docx(packet: Packet, articles: Iterable[Article], out: BinaryIO) -> None:
    """Write `articles` as a Word file to `out`."""
    texts = get_texts(packet.language)
    document = make_document(texts, folder=packet.folder)
    writing = _FileWriter(packet, texts, document)
    for article in articles:
        writing.add(article)
    places = writing.finish()
    frame = BytesIO()
    document.save(frame)
    with ZipFile(frame) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            with target.open(name, "w") as part:
                for piece in (
                    _fill_placeholders(source.read(name), places)
                    if name == "word/document.xml"
                    else (source.read(name),)
                ):
                    part.write(piece)


def _fill_placeholders(xml: bytes, places: Mapping[bytes, Iterable[bytes]]) -> Iterator[bytes]:
    """Yield the document part `xml`, each paragraph that contains a key of `places` replaced by its pieces.

    The pieces bypass python-docx: moving many of them into its tree takes quadratic time.
    """
    at = 0
    for key, pieces in places.items():
        # python-docx writes a plain paragraph as `<w:p>` without attributes.
        found = xml.index(key)
        yield xml[at : xml.rindex(b"<w:p>", 0, found)]
        yield from pieces
        at = xml.index(b"</w:p>", found) + len(b"</w:p>")
    yield xml[at:]


class _FileWriter:
    """The state of writing one Word file."""

    def __init__(self, packet: Packet, texts: FileTexts, document: WordDocument) -> None:
        self._packet = packet
        self._texts = texts
        self._document = document
        self._colours = LabelStyles(packet.labels)
        self._numbers = count(1)
        self._writer = ArticleWriter(packet, texts, self._colours, self._numbers)
        self._sent: list[SentArticle] = []
        self._listed: list[ListedArticle] = []
        self._annex: list[AnnexEntry] = []
        self._comments: list[SentComment] = []
        self._date = _word_date(packet.made)
        self._bodies: list[bytes] = []

    def add(self, article: Article) -> None:
        """Append an article."""
        number = len(self._sent) + 1
        items = make_sent_items(article, self._packet, self._texts, number=number)
        author = author_of(article, self._packet)
        first = len(self._comments)
        self._comments += [SentComment(first + at, author, self._date, item.lines) for at, item in enumerate(items)]
        body = self._writer.write(article, items, number=number, comments=range(first, first + len(items)))
        self._bodies.append(body.encode())
        spans = [span for one in article.paragraphs for span in one.sentences]
        sentences = tuple(article.text[span.start : span.end] for span in spans)
        self._sent.append(SentArticle(number, article.file, article.annotator, author, sentences, items))
        counts = Counter(key for item in article.items for key in item.labels)
        ordered = tuple((label.key, counts[label.key]) for label in self._packet.labels if counts[label.key])
        has_notes = any(not item.labels for item in article.items)
        listed = ListedArticle(article.title, article.file, article.annotator, ordered, len(items), has_notes)
        self._listed.append(listed)
        self._annex += [
            AnnexEntry(number, article.title, article.file, item, sent.token)
            for item, sent in zip(article.items, items, strict=True)
        ]

    def finish(self) -> dict[bytes, list[bytes]]:
        """Build all other parts; return the content for each placeholder paragraph of the document part."""
        self._document.add_paragraph(_ARTICLES_PLACEHOLDER)
        cover = make_cover(self._packet, self._texts, self._colours, self._listed)
        places = {_ARTICLES_PLACEHOLDER.encode(): [cover.encode(), *self._bodies]}
        annex = make_annex(self._packet, self._texts, self._annex, numbers=self._numbers)
        if annex:
            set_page(self._document.add_section(WD_SECTION.NEW_PAGE), is_wide=True)
            self._document.add_paragraph(_ANNEX_PLACEHOLDER)
            places[_ANNEX_PLACEHOLDER.encode()] = [annex.encode()]
        self._add_parts()
        self._describe()
        return places

    def _add_parts(self) -> None:
        main, package = self._document.part, self._document.part.package
        comments = Part(
            PackURI("/word/comments.xml"), CONTENT_TYPE.WML_COMMENTS, comments_part(self._comments), package
        )
        main.relate_to(comments, RELATIONSHIP_TYPE.COMMENTS)
        record = Part(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, serialize_record(self._sent), package)
        main.relate_to(record, RELATIONSHIP_TYPE.CUSTOM_XML)
        described = _PROPERTIES.format(space=NAMESPACE).encode()
        properties = Part(
            PackURI("/customXml/itemProps1.xml"), CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, described, package
        )
        record.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)

    def _describe(self) -> None:
        properties = self._document.core_properties
        # python-docx refuses core properties of more than 255 characters.
        author = xml_safe(self._packet.by or "annotator")[:255]
        properties.title = xml_safe(f"{self._texts.title} – {self._packet.folder}")[:255]
        properties.author = properties.last_modified_by = author
        properties.language = self._texts.tag
        properties.comments = properties.keywords = properties.subject = ""
        properties.revision = 1
        if self._date:
            properties.created = properties.modified = datetime.fromisoformat(self._date.removesuffix("Z"))


def _word_date(made: str) -> str:
    """Format `made` as Word dates comments, in local time but with a Z; return "" if it is not a date."""
    try:
        return datetime.fromisoformat(made).replace(tzinfo=None, microsecond=0).isoformat() + "Z"
    except ValueError:
        return ""
