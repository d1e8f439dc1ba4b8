"""Edit a file as Word does when a reviewer replies, comments, edits and tracks changes."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """Return a name in the namespace of WordprocessingML."""
    return f"{{{W}}}{name}"


class WordEditor:
    """A Word file as edited by a reviewer."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.document = etree.fromstring(self.parts["word/document.xml"])
        self.comments = etree.fromstring(self.parts["word/comments.xml"])
        self.threads = etree.Element(f"{{{W15}}}commentsEx", nsmap={"w15": W15})
        for number, paragraph in enumerate(self.comments.iter(w("p")), 1):
            paragraph.set(f"{{{W14}}}paraId", f"{number:08X}")
        for comment in self.comments:
            self._thread(comment)

    def data(self) -> bytes:
        """Return the file as Word saves it."""
        parts = dict(self.parts)
        parts["word/document.xml"] = etree.tostring(self.document, xml_declaration=True, encoding="UTF-8")
        parts["word/comments.xml"] = etree.tostring(self.comments, xml_declaration=True, encoding="UTF-8")
        if len(self.threads):
            parts["word/commentsExtended.xml"] = etree.tostring(self.threads, xml_declaration=True, encoding="UTF-8")
            self._relate(parts, "commentsExtended")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    def find(self, mark: str) -> Any:
        """Return the comment whose text contains `mark`."""
        return next(one for one in self.comments if mark in "".join(one.itertext()))

    def reply(self, mark: str, words: str, *, author: str = "Lan", date: str = "2026-11-26T08:30:00Z") -> Any:
        """Reply to the comment with `mark`: add a comment on the same words, linked to it in commentsExtended."""
        parent = self.find(mark)
        comment = self._comment(words, author=author, date=date)
        self._thread(comment, parent=parent)
        key = parent.get(w("id"))
        for name in ("commentRangeStart", "commentRangeEnd"):
            there = next(one for one in self.document.iter(w(name)) if one.get(w("id")) == key)
            twin = deepcopy(there)
            twin.set(w("id"), comment.get(w("id")))
            there.addnext(twin)
        reference = next(
            one for one in self.document.iter(w("commentReference")) if one.get(w("id")) == key
        ).getparent()
        twin = deepcopy(reference)
        twin.find(w("commentReference")).set(w("id"), comment.get(w("id")))
        reference.addnext(twin)
        return comment

    def add_comment(self, first: str, last: str, words: str, *, author: str = "Lan") -> Any:
        """Add a comment on the words from `first` to `last`."""
        comment = self._comment(words, author=author, date="2026-11-26T08:30:00Z")
        self._thread(comment)
        key = comment.get(w("id"))
        start, end = self.run_of(first), self.run_of(last)
        start.addprevious(etree.Element(w("commentRangeStart"), {w("id"): key}))
        reference = etree.Element(w("r"))
        etree.SubElement(reference, w("commentReference"), {w("id"): key})
        end.addnext(reference)
        end.addnext(etree.Element(w("commentRangeEnd"), {w("id"): key}))
        return comment

    def write_into(self, mark: str, change: Callable[[list[str]], list[str]], *, author: str = "") -> None:
        """Change the lines of the comment with `mark`; with an `author` the change is tracked."""
        comment = self.find(mark)
        paragraphs = comment.findall(w("p"))
        lines = ["".join(one.text or "" for one in paragraph.iter(w("t"))) for paragraph in paragraphs]
        for paragraph in paragraphs:
            comment.remove(paragraph)
        for number, line in enumerate(change(lines)):
            paragraph = etree.SubElement(
                comment, w("p"), {f"{{{W14}}}paraId": f"{len(self.threads) * 100 + number:08X}"}
            )
            inside = paragraph
            if author and line not in lines:
                inside = etree.SubElement(paragraph, w("ins"), {w("id"): "9", w("author"): author})
            self._text(etree.SubElement(inside, w("r")), line)

    def resolve(self, mark: str) -> None:
        """Resolve the thread of the comment with `mark`."""
        last = self.find(mark).findall(w("p"))[-1].get(f"{{{W14}}}paraId")
        thread = next(one for one in self.threads if one.get(f"{{{W15}}}paraId") == last)
        thread.set(f"{{{W15}}}done", "1")

    def delete(self, mark: str) -> None:
        """Delete the comment with `mark`."""
        comment = self.find(mark)
        self.comments.remove(comment)
        for one in list(self.document.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))):
            if one.get(w("id")) == comment.get(w("id")):
                one.getparent().remove(one)

    def delete_tracked(self, words: str, *, author: str = "Lan") -> Any:
        """Delete `words` with changes tracked."""
        run = self.run_of(words)
        taken = etree.Element(w("del"), {w("id"): "901", w("author"): author, w("date"): "2026-11-26T08:30:00Z"})
        run.addprevious(taken)
        taken.append(run)
        for text in run.iter(w("t")):
            text.tag = w("delText")
        return taken

    def insert_tracked(self, before: str, words: str, *, author: str = "Lan") -> None:
        """Insert `words` before the words `before` with changes tracked."""
        put = etree.Element(w("ins"), {w("id"): "902", w("author"): author, w("date"): "2026-11-26T08:30:00Z"})
        self._text(etree.SubElement(put, w("r")), words)
        self.run_of(before).addprevious(put)

    def drop_bookmarks(self) -> None:
        """Remove the bookmarks, as a program does that does not support them."""
        for one in list(self.document.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            one.getparent().remove(one)

    def drop_record(self) -> None:
        """Remove hidden data, as the document inspector does."""
        for name in [name for name in self.parts if name.startswith("customXml/")]:
            del self.parts[name]
        relations = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
        for one in list(relations):
            if one.get("Type").endswith("/customXml"):
                relations.remove(one)
        self.parts["word/_rels/document.xml.rels"] = etree.tostring(relations)
        types = etree.fromstring(self.parts["[Content_Types].xml"])
        for one in list(types):
            if (one.get("PartName") or "").startswith("/customXml/"):
                types.remove(one)
        self.parts["[Content_Types].xml"] = etree.tostring(types)

    def run_of(self, words: str) -> Any:
        """Return a run of exactly `words`, cut out of the first one that contains them after the list of documents."""
        for text in self.document.iter(w("t")):
            at = (text.text or "").find(words)
            run = text.getparent()
            if at < 0 or run.getparent().tag == w("hyperlink"):
                continue
            before, after = text.text[:at], text.text[at + len(words) :]
            for piece, add in ((before, run.addprevious), (after, run.addnext)):
                if piece:
                    twin = deepcopy(run)
                    twin.find(w("t")).text = piece
                    add(twin)
            text.text = words
            return run
        raise AssertionError(words)

    def _comment(self, words: str, *, author: str, date: str) -> Any:
        key = str(max((int(one.get(w("id"))) for one in self.comments), default=-1) + 1)
        values = {w("id"): key, w("author"): author, w("date"): date, w("initials"): author[:1]}
        comment = etree.SubElement(self.comments, w("comment"), values)
        for number, line in enumerate(words.split("\n")):
            place = f"{0x10000000 + int(key) * 64 + number:08X}"
            paragraph = etree.SubElement(comment, w("p"), {f"{{{W14}}}paraId": place})
            self._text(etree.SubElement(paragraph, w("r")), line)
        return comment

    def _thread(self, comment: Any, *, parent: Any = None) -> None:
        values = {f"{{{W15}}}paraId": comment.findall(w("p"))[-1].get(f"{{{W14}}}paraId"), f"{{{W15}}}done": "0"}
        if parent is not None:
            values[f"{{{W15}}}paraIdParent"] = parent.findall(w("p"))[-1].get(f"{{{W14}}}paraId")
        etree.SubElement(self.threads, f"{{{W15}}}commentEx", values)

    @staticmethod
    def _text(run: Any, words: str) -> None:
        etree.SubElement(run, w("t"), {SPACE: "preserve"}).text = words

    @staticmethod
    def _relate(parts: dict[str, bytes], name: str) -> None:
        relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
        kind = f"http://schemas.microsoft.com/office/2011/relationships/{name}"
        values = {"Id": f"rId{name}", "Type": kind, "Target": f"{name}.xml"}
        etree.SubElement(relations, f"{{{RELATIONS}}}Relationship", values)
        parts["word/_rels/document.xml.rels"] = etree.tostring(relations)
        types = etree.fromstring(parts["[Content_Types].xml"])
        content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
        etree.SubElement(types, f"{{{TYPES}}}Override", {"PartName": f"/word/{name}.xml", "ContentType": content})
        parts["[Content_Types].xml"] = etree.tostring(types)
