"""Writer of a PDF to read, print and sign.

The layout is `resources/review/print.typ`, typeset by Typst (https://typst.app), which needs nothing else on the
system, sets a thousand pages in seconds and writes tagged PDF. Articles are handed over as data, one file each, so that
no word in them is ever a command; Typst may read no other file.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from annotator.core.i18n import _
from annotator.review.html.colours import GREY, get_shades
from annotator.review.html.data import article_to_json, dump_safe_json
from annotator.review.html.texts import TEXTS, format_date, get_text_language
from annotator.review.model.answer import ReviewFileError
from annotator.review.model.verdict_terms import VERDICT_NAMES
from annotator.shipped import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from annotator.review.html.data import Json
    from annotator.review.model.packet import Article, Packet

_LAYOUT = "print.typ"
# Controls other than tab and line feed, bidirectional controls, lone surrogates.
_UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def write_pdf(packet: Packet, articles: Iterable[Article], out: BinaryIO) -> None:
    """Write `articles` as a PDF in the language of `packet`; `out` gets all of it, or nothing.

    Raises:
        ReviewFileError: The pages cannot be typeset.
    """
    try:
        import typst  # noqa: PLC0415  # only this format needs it
    except ImportError as error:
        template = _("PDF needs the package typst ({reason}). Install it with: pip install typst")
        raise ReviewFileError(template.format(reason=error)) from error

    with TemporaryDirectory(prefix="annotator-") as name:
        folder = Path(name).resolve()
        contents: list[Json] = []
        for number, article in enumerate(articles):
            _write(folder / f"{number}.json", article_to_json(article))
            contents.append({"title": article.title or article.file, "items": len(article.items)})
        _write(folder / "packet.json", _packet_to_json(packet, contents))
        shutil.copyfile(resource_path("review", _LAYOUT), folder / _LAYOUT)
        pages = folder / "pages.pdf"
        try:
            typst.compile(folder / _LAYOUT, output=pages, root=folder, font_paths=[resource_path("fonts")])
        except RuntimeError as error:  # the base of what typst raises
            template = _("The pages cannot be set ({reason}). Try another kind of file.")
            raise ReviewFileError(template.format(reason=error)) from error
        with pages.open("rb") as made:
            shutil.copyfileobj(made, out)


def _packet_to_json(packet: Packet, contents: list[Json]) -> Json:
    language = get_text_language(packet.language)
    labels: dict[str, Json] = {}
    for one in packet.labels:
        labels[one.key] = {"name": one.name, "sign": one.letter, "hint": one.hint, **_shades_to_json(one.colour)}
    choices: list[Json] = [VERDICT_NAMES[language][kind] for kind in list(VERDICT_NAMES[language])[:3]]
    texts: dict[str, Json] = dict(TEXTS[language])
    return {
        "language": language,
        "folder": packet.folder,
        "by": packet.by,
        "date": format_date(language, packet.made),
        "labels": labels,
        "other": _shades_to_json(GREY),
        "texts": texts,
        "choices": choices,
        "contents": contents,
    }


def _shades_to_json(colour: str) -> dict[str, Json]:
    return dict(get_shades(colour, paper="#ffffff", ink="#000000")._asdict())


def _write(path: Path, value: Json) -> None:
    path.write_text(dump_safe_json(_strip_unprintable(value)), "utf-8")


def _strip_unprintable(value: Json) -> Json:
    """Return `value` without the characters that have no place on paper."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value.replace("\r\n", "\n"))
    if isinstance(value, list):
        return [_strip_unprintable(one) for one in value]
    if isinstance(value, dict):
        return {key: _strip_unprintable(one) for key, one in value.items()}
    return value
