"""Writer of the web page for reviewers: one file that opens from the disk.

The page can load nothing and send nothing: its content security policy names its own script and style by their hashes
(https://www.w3.org/TR/CSP3/#match-element-to-source-list) and forbids the rest. Articles are data beside the script,
which displays them as text. They are written one by one, so that a large folder needs no more memory.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from annotator.core.verdict import VerdictKind
from annotator.review.html.colours import render_colour_rules
from annotator.review.html.data import article_to_json, dump_safe_json, labels_to_json
from annotator.review.html.reader import FORMAT, PAGE_MARK, VERSION
from annotator.review.html.texts import TEXTS, format_date, get_text_language
from annotator.review.model.verdict_terms import VERDICT_NAMES
from annotator.shipped import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from annotator.review.html.data import Json
    from annotator.review.model.packet import Article, Packet


_SCRIPTS = ("data.js", "answers.js", "article.js", "card.js", "aside.js", "annex.js", "files.js", "keys.js")


def write_page(packet: Packet, articles: Iterable[Article], out: BinaryIO) -> None:
    """Write `articles` as a page in the language of `packet`; `out` gets all of it, or nothing."""
    language = get_text_language(packet.language)
    folder = resource_path("review", "page")
    style = (folder / "page.css").read_text("utf-8") + render_colour_rules(tuple(one.colour for one in packet.labels))
    script = '"use strict";\n' + "\n".join((folder / name).read_text("utf-8") for name in _SCRIPTS)
    pages = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    data = _PageData(packet, language)
    pieces = pages.get_template("page.html").generate(
        language=language,
        folder=packet.folder,
        by=packet.by,
        date=format_date(language, packet.made),
        mark=PAGE_MARK.decode("ascii"),
        texts=TEXTS[language],
        choices={kind.value: word for kind, word in VERDICT_NAMES[language].items()},
        style=Markup(style),  # noqa: S704  # ours, and colours that were checked
        script=Markup(script),  # noqa: S704  # ours
        style_hash=_make_csp_hash(style),
        script_hash=_make_csp_hash(script),
        data=data,
        articles=data.articles(articles),
    )
    # Reading an article may fail on the way; `out` gets nothing then.
    with TemporaryFile() as whole:
        for piece in pieces:
            whole.write(piece.encode("utf-8", errors="replace"))
        whole.seek(0)
        shutil.copyfileobj(whole, out)


class _PageData:
    """The data of one page, in the order in which the template asks for them; `end` depends on all before."""

    def __init__(self, packet: Packet, language: str) -> None:
        self._packet = packet
        self._language = language
        self._fingerprint = hashlib.sha256()
        self._counts = [0, 0]

    def packet(self) -> Markup:
        """Return what all articles share."""
        choices: dict[str, Json] = {kind.value: VERDICT_NAMES[self._language][kind] for kind in VerdictKind}
        texts: dict[str, Json] = dict(TEXTS[self._language])
        return self._hashed_json(
            {
                "format": f"{FORMAT}/{VERSION}",
                "folder": self._packet.folder,
                "made": self._packet.made,
                "by": self._packet.by,
                "language": self._language,
                "labels": labels_to_json(self._packet),
                "choices": choices,
                "texts": texts,
            }
        )

    def articles(self, articles: Iterable[Article]) -> Iterator[Markup]:
        """Yield each article when the one before it has been written."""
        for article in articles:
            self._counts[0] += 1
            self._counts[1] += len(article.items)
            yield self._hashed_json(article_to_json(article))

    def end(self) -> Markup:
        """Return the counts and the fingerprint of all data, which the answers quote."""
        fingerprint = self._fingerprint.hexdigest()[:32]
        return self._hashed_json(
            {"fingerprint": fingerprint, "articles": self._counts[0], "annotations": self._counts[1]}
        )

    def _hashed_json(self, value: Json) -> Markup:
        text = dump_safe_json(value)
        self._fingerprint.update(text.encode("utf-8"))
        return Markup(text)  # noqa: S704  # no character in it begins or ends an element


def _make_csp_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
