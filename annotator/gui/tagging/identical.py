"""Tag sentences with the same text as the current one, in the document or in the whole workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from annotator.app.documents import identical
from annotator.app.preferences.identity import local_time, new_id
from annotator.app.session.segmented_text import normalize_words
from annotator.core.bulk_edit import Decision, find_decision
from annotator.core.formatting import format_count
from annotator.core.i18n import _, ngettext
from annotator.gui.dialogs.preview_dialog import ask_rows
from annotator.gui.dialogs.progress import run_each

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.app.documents.identical import (
        ClosedDocumentMatches,
        IdenticalSentence,
        TaggingRequest,
        TaggingResult,
    )
    from annotator.gui.mainwindow.context import Context

_MAX_LENGTH = 400  # characters of a sentence that are shown


class _Candidate(NamedTuple):
    """An identical sentence and its document, None for the open one."""

    document: ClosedDocumentMatches | None
    sentence: IdenticalSentence


def tag_in_document(context: Context) -> None:
    """Ask which identical sentences of the document to tag like the current one, and tag them."""
    request = _make_request(context)
    if request is not None:
        _ask_and_decide(context, request, _find_in_document(context, request), trouble=())


def tag_in_folder(context: Context) -> None:
    """Ask which identical sentences of all documents to tag like the current one, and tag them."""
    request = _make_request(context)
    if request is None:
        return
    paths = [path for path in request.workspace.documents if path != context.session.path]
    found = run_each(
        context.window,
        paths,
        each=partial(identical.find_identical_in, request=request),
        worker=context.worker,
        title=_("Looking for identical sentences in all documents…"),
    )
    if found.is_complete:
        rest = [_Candidate(one, match) for one in found.results for match in one.sentences]
        trouble = [_format_trouble(request, one.path, one.trouble) for one in found.results if one.trouble]
        _ask_and_decide(context, request, [*_find_in_document(context, request), *rest], trouble=trouble)


def _make_request(context: Context) -> TaggingRequest | None:
    """Return what to look for and how to tag it, or None if the current sentence is undecided."""
    session = context.session
    context.commit_edits()
    if session.document is None or session.current is None or session.workspace is None:
        return None
    decision = find_decision(session.state, session.current.span)
    if decision is None:
        session.notify(_("Tag this sentence first: the sentences that say the same are then tagged like it."))
        return None
    words = normalize_words(session.document.text[slice(*session.current.span)])
    return identical.TaggingRequest(words, decision, session.workspace, session.author)


def _find_in_document(context: Context, request: TaggingRequest) -> list[_Candidate]:
    session = context.session
    if session.reading is None:
        return []
    matches = identical.find_identical(session.reading, session.state, words=request.words, decision=request.decision)
    return [_Candidate(None, match) for match in matches]


def _ask_and_decide(
    context: Context, request: TaggingRequest, candidates: Sequence[_Candidate], *, trouble: Sequence[str]
) -> None:
    session = context.session
    if trouble:
        context.strips.warn("\n".join((_("These documents could not be looked through:"), *trouble)))
    if not candidates:
        session.notify(_("No other sentence that says the same is left to be tagged."))
        return
    is_elsewhere = any(one.document for one in candidates)
    hint = _("Documents that are not open are changed at once. To take that back, open the document and undo it there.")
    chosen = ask_rows(
        context.window,
        _("Tag identical sentences: {labels}").format(labels=_format_labels(context, request.decision)),
        rows=[_format_row(context, request, one) for one in candidates],
        consent=_("Tag"),
        hint=hint if is_elsewhere else "",
    )
    context.article.setFocus()
    if chosen:
        _decide(context, request, [candidates[number] for number in chosen])


def _decide(context: Context, request: TaggingRequest, chosen: Sequence[_Candidate]) -> None:
    session = context.session
    here = [one.sentence.span for one in chosen if one.document is None]
    count = len(here) if here and identical.decide_in_session(session, here, decision=request.decision) else 0
    documents = list({one.document.path: one.document for one in chosen if one.document}.values())
    spans = {
        found.path: [
            one.sentence.span for one in chosen if one.document is not None and one.document.path == found.path
        ]
        for found in documents
    }

    def decide(found: ClosedDocumentMatches) -> TaggingResult:
        return identical.decide_closed_document(
            found, spans[found.path], request=request, now=local_time, new_id=new_id
        )

    title = _("Tagging identical sentences in the other documents…")
    message = run_each(context.window, documents, each=decide, worker=context.worker, title=title).results
    count += sum(done.sentences for done in message)
    lines = [_format_trouble(request, done.path, done.trouble) for done in message if done.trouble]
    if lines:
        context.strips.warn("\n".join((_("Not everything could be written:"), *lines)))
    for done in message:
        if done.sentences:
            session.trail.add_elsewhere(done.path)
        context.refresh_progress(done.path)
    if count or session.guard.held is None:  # else a question is asked first
        context.toasts.show(_describe_result(count, len([done for done in message if done.sentences])))


def _describe_result(count: int, others: int) -> str:
    sentence = ngettext("{count} sentence was tagged.", "{count} sentences were tagged.", count).format(
        count=format_count(count)
    )
    if not others:
        return sentence
    also = ngettext("{count} other document was changed.", "{count} other documents were changed.", others)
    return f"{sentence} {also.format(count=others)}"


def _format_row(context: Context, request: TaggingRequest, candidate: _Candidate) -> str:
    path = candidate.document.path if candidate.document else context.session.path
    match = candidate.sentence
    text = normalize_words(match.text)
    if len(text) > _MAX_LENGTH:
        text = text[:_MAX_LENGTH] + "…"
    name = request.workspace.display_path(path) if path is not None else ""
    if match.decision is None:
        return _("{document}, sentence {number}: {text}").format(document=name, number=match.number, text=text)
    now_has = _format_labels(context, match.decision)
    sentence = _("{document}, sentence {number}, so far {labels}: {text}")
    return sentence.format(document=name, number=match.number, labels=now_has, text=text)


def _format_labels(context: Context, decision: Decision) -> str:
    labels = context.session.labels
    return ", ".join(labels.get(key).name(context.language) for key in decision.labels) or _("None of the labels")


def _format_trouble(request: TaggingRequest, path: Path, trouble: str) -> str:
    return f"{request.workspace.display_path(path)}: {trouble}"
