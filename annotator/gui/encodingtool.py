"""Lets the person choose the encoding of the open document. It must not know how it is asked, nor how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.documents.encoding_choice import choose_encoding, samples_of
from annotator.core.i18n import _
from annotator.gui.encodingdialog import ask_encoding
from annotator.storage.documents.reader import DocumentError
from annotator.storage.encodings.decode import title_of

if TYPE_CHECKING:
    from annotator.gui.mainwindow.context import Context


def choose(context: Context) -> None:
    """Ask in which encoding the open document is to be read, and read it so."""
    session = context.session
    context.commit_edits()
    document, path = session.document, session.path
    if document is None or path is None:
        return
    if document.is_certain:
        told = _("This document is {encoding} beyond doubt: there is nothing to choose.")
        session.tell(told.format(encoding=title_of(document.encoding)))
        return
    try:
        samples = samples_of(path)
    except DocumentError as error:
        session.warn(str(error))
        return
    found = ask_encoding(context.window, document.name, samples=samples, now=document.encoding, theme=context.theme)
    context.article.setFocus()
    if found is not None:
        choose_encoding(session, found, deliver=context.deliverer.deliver, run=context.worker.run)
