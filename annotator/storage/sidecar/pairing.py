"""Which sidecar belongs to which document: the one rule, on the names in a folder and a look into few files.

The exact name always wins. Else a sidecar belongs to a document by its name in another normal form or letter case,
where exactly one document fits and none has an exact sidecar; and to an annotator by the folder's list of annotators or
by the `annotator:` inside. What looks like a sidecar and belongs to none so is a stray: it is offered, never counted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from annotator.storage.sidecar.copy_marks import BARE_MARKS, ENDINGS, MARKS, PREFIXES
from annotator.storage.sidecar.sidecar import decode_annotator, find_sidecar_owner

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from annotator.storage.sidecar.peek import SidecarPeek

_INFIX = ".annotations"
_MOST_MARKS = 8  # that are taken from one name
_SETTINGS = "annotator.yaml"
_PREFIX = re.compile(f"(?:{'|'.join(PREFIXES)})+", re.IGNORECASE)
_NAME = re.compile(r"(?P<document>.+)\.annotations?(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_CASED = re.compile(r"(?P<document>.+)\.annotations(?P<annotator>\.[^.]+)?\.yaml", re.IGNORECASE | re.DOTALL)
_YAML = re.compile(r"\.ya?ml$", re.IGNORECASE)
_MARK = re.compile(f"(?:{'|'.join(MARKS)})$", re.IGNORECASE)
_ENDING = re.compile(f"(?:{'|'.join(ENDINGS)})$", re.IGNORECASE)
_BARE = re.compile(f"(?:{'|'.join(BARE_MARKS)})", re.IGNORECASE)
_BARE_END = re.compile(f"(?P<name>.+?)(?:{'|'.join(BARE_MARKS)})", re.IGNORECASE)


class Origin(NamedTuple):
    """The sidecar that a file once was, by its name; `is_sure` if it can be nothing else."""

    document: str
    annotator: str
    is_sure: bool = True


class Stray(NamedTuple):
    """A file that looks like a sidecar and is not paired.

    Attributes:
        name: Its name.
        document: The name of the document that it fits by its name, or "".
        annotator: Whose sidecar it would be, empty if there is one for all.
        is_copy: True if it is a copy or another version of a sidecar, False if its document is not there.
    """

    name: str
    document: str
    annotator: str
    is_copy: bool


@dataclass
class Pairing:
    """The sidecars of a folder by document and annotator, and what is not paired."""

    sidecars: dict[str, dict[str, str]] = field(default_factory=dict)
    strays: list[Stray] = field(default_factory=list)


class Facts(NamedTuple):
    """What the rule may ask about files of a folder, by their names; asked only where names leave a doubt.

    `annotators` are those of the folder's settings.
    """

    peek: Callable[[str], SidecarPeek | None]
    sha256_of: Callable[[str], str]
    annotators: Collection[str] = ()


def fold_form(name: str) -> str:
    """Return `name` without normal form and letter case."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def looks_like_sidecar(name: str) -> bool:
    """Return whether a file called `name` may be a sidecar or what became of one."""
    lower = name.lower()
    return _INFIX[:-1] in lower or (not lower.startswith(".") and (".yaml" in lower or ".yml" in lower))


def guess_origin(name: str) -> Origin | None:
    """Return which sidecar the file `name` was before another program changed its name, or None if it shows none."""
    text = _PREFIX.sub("", unicodedata.normalize("NFC", name), count=1)
    found = _NAME.fullmatch(text)
    if found is None:
        return None
    document, rest = found["document"], found["rest"]
    is_yaml = False
    for _mark in range(_MOST_MARKS):
        is_yaml = is_yaml or _YAML.search(rest) is not None
        shorter = _cut(rest)
        if shorter == rest:
            break
        rest = shorter
    if rest and _BARE.fullmatch(rest):
        rest = ""
    if re.fullmatch(r"(\.[^.]+)?", rest):
        return Origin(document, decode_annotator(rest[1:]), is_yaml)
    return Origin(document, "", is_sure=False)


def pair_files(names: Iterable[str], facts: Facts) -> Pairing:
    """Return which of the files `names` of one folder belong together."""
    return _Pairer(frozenset(names), facts).pair()


def find_owner_by_name(name: str) -> tuple[str, str] | None:
    """Return document and annotator of the sidecar `name`, whose ending may be in any letter case, or None."""
    found = _CASED.fullmatch(name)
    if found is None:
        return None
    return find_sidecar_owner(f"{found['document']}{_INFIX}{found['annotator'] or ''}.yaml")


def _cut(rest: str) -> str:
    for pattern in (_YAML, _MARK, _ENDING):
        found = pattern.search(rest)
        if found is not None:
            return rest[: found.start()]
    return rest


@lru_cache(maxsize=512)
def _find_base(annotator: str) -> str | None:
    """Return the annotator of whose file one of `annotator` may be a copy, by the name; None if it shows none."""
    text = unicodedata.normalize("NFC", f".{annotator}")
    shorter = _cut(text)
    if shorter != text:
        return shorter[1:]
    bare = _BARE_END.fullmatch(annotator)
    return bare["name"] if bare is not None else None


class _Pairer:
    """Pairs the files of one folder."""

    def __init__(self, names: frozenset[str], facts: Facts) -> None:
        self._names = names
        self._facts = facts
        self._annotators = {fold_form(one): one for one in facts.annotators}
        self._made = Pairing()
        self._peeked: dict[str, SidecarPeek | None] = {}
        self._folded: dict[str, list[str]] | None = None  # names of documents, made when a name is not exact

    def pair(self) -> Pairing:
        """Pair all files."""
        doubtful: list[tuple[str, str, str]] = []
        loose: list[tuple[str, str, str]] = []
        guessed: list[str] = []
        for name in self._names:
            owner = find_sidecar_owner(name) if _INFIX in name else None
            if name.startswith(".") and (owner is None or owner[0] not in self._names):
                continue  # what editors, sync programs and macOS (`._NAME`) keep for themselves
            if owner is None and looks_like_sidecar(name) and name != _SETTINGS:
                owner = find_owner_by_name(name)
                if owner is None:
                    guessed.append(name)
                else:
                    loose.append((owner[0], owner[1], name))
                continue
            if owner is None:
                continue
            place = (owner[0], owner[1], name)
            if owner[0] not in self._names:
                loose.append(place)
            elif self._is_certain(owner[1]):
                self._take(*place)
            else:
                doubtful.append(place)
        for place in sorted(doubtful, key=self._rank):
            self._settle_annotator(*place)
        self._pair_loose(sorted(loose))
        for name in sorted(guessed):
            self._guess(name)
        self._made.strays.sort()
        return self._made

    # Whose sidecar it is

    def _rank(self, place: tuple[str, str, str]) -> tuple[int, bool, tuple[str, str, str]]:
        """Return by what exact sidecars are sorted, so that a copy comes after that of which it is one."""
        document, annotator, name = place
        # A name of the same letters in another case differs from its own file inside.
        is_odd = annotator != annotator.lower() and f"{document}{_INFIX}.{annotator.lower()}.yaml" in self._names
        return len(annotator), is_odd and self._inside(name) != annotator, place

    def _is_certain(self, annotator: str) -> bool:
        if annotator in self._facts.annotators:
            return True
        if not self._facts.annotators:
            return not annotator
        return False

    def _canonical(self, annotator: str) -> str:
        return self._annotators.get(fold_form(annotator), annotator)

    def _settle_annotator(self, document: str, annotator: str, name: str) -> None:
        """Give an exact sidecar to its annotator, or list it as a copy of another's."""
        slots = self._made.sidecars.get(document, {})
        known = self._canonical(annotator)
        if not annotator:  # one for all in a folder of named annotators: that of whoever wrote it
            inside = self._canonical(self._inside(name))
            is_free = inside in self._facts.annotators and inside not in slots
            self._take(document, inside if is_free else "", name)
            return
        if known in self._facts.annotators:
            if known in slots:
                self._stray(name, document, known)
            else:
                self._take(document, known, name)
            return
        base = _find_base(annotator)
        others = {fold_form(one): one for one in slots if one}
        rival = others.get(fold_form(annotator))
        if base is None and rival is None:
            self._take(document, annotator, name)
            return
        inside = self._inside(name)
        is_own = inside == annotator if rival is not None else fold_form(inside) == fold_form(annotator)
        if is_own:
            self._take(document, annotator, name)
        elif rival is not None:
            self._stray(name, document, rival)
        else:
            self._settle_copy(document, annotator, name, base=base or "", inside=inside)

    def _settle_copy(self, document: str, annotator: str, name: str, *, base: str, inside: str) -> None:
        """List a file as a copy if there is somebody of whose it can be one."""
        slots = self._made.sidecars.get(document, {})
        people = {**self._annotators, **{fold_form(one): one for one in slots if one}}
        folded = fold_form(base)
        if not base:
            self._stray(name, document, self._canonical(inside) if self._facts.annotators else "")
        elif folded in people or fold_form(inside) == folded:
            self._stray(name, document, people.get(folded, base))
        else:
            self._take(document, annotator, name)

    # Whose article it is of

    def _pair_loose(self, loose: list[tuple[str, str, str]]) -> None:
        """Pair sidecars whose names are exact for no document, where one document and one sidecar fit."""
        wanting: dict[tuple[str, str], list[str]] = {}
        for document, annotator, name in loose:
            fit = self._find_document(document, name)
            if not fit:
                self._stray(name, self._find_marked(document), self._canonical(annotator), is_copy=False)
                continue
            who = self._owner_of_loose(annotator, name)
            if who is None or who in self._made.sidecars.get(fit, {}):
                self._stray(name, fit, who if who is not None else self._canonical(_find_base(annotator) or ""))
            else:
                wanting.setdefault((fit, who), []).append(name)
        for (document, annotator), names in wanting.items():
            best = self._choose(document, names)
            for name in names:
                if name == best:
                    self._take(document, annotator, name)
                else:
                    self._stray(name, document, annotator)

    def _owner_of_loose(self, annotator: str, name: str) -> str | None:
        """Return whose a sidecar is, or None if it is a copy."""
        known = self._canonical(annotator)
        if known in self._facts.annotators or (not annotator and not self._facts.annotators):
            return known
        inside = self._canonical(self._inside(name))
        if not annotator:
            return inside if inside in self._facts.annotators else ""
        base = _find_base(annotator)
        is_copy = base is not None and fold_form(inside) != fold_form(annotator)
        return None if is_copy and (not base or fold_form(inside) == fold_form(base)) else known

    def _choose(self, document: str, names: list[str]) -> str:
        """Return the one of several sidecars that is the document's, by its text; "" if none or several are."""
        if len(names) == 1:
            return names[0]
        text = self._facts.sha256_of(document)
        same = [name for name in names if text and self._sha256(name) == text]
        return same[0] if len(same) == 1 else ""

    def _find_document(self, document: str, name: str) -> str:
        """Return the document that is called `document` in some form and case, or "" if none or several are."""
        fits = self._documents().get(fold_form(document), [])
        for same in (_compose, _compose_folded, fold_form):
            near = [one for one in fits if same(one) == same(document)]
            if len(near) > 1:
                sha256 = self._sha256(name)
                near = [one for one in near if sha256 and self._facts.sha256_of(one) == sha256]
                return near[0] if len(near) == 1 else ""
            if near:
                return near[0]
        return ""

    def _documents(self) -> dict[str, list[str]]:
        """Return the names of all files that are no sidecars, by their folded form."""
        if self._folded is None:
            self._folded = {}
            for name in sorted(self._names):
                if not (_INFIX in name and find_sidecar_owner(name)):
                    self._folded.setdefault(fold_form(name), []).append(name)
        return self._folded

    def _find_marked(self, document: str) -> str:
        """Return the document of which one called `document` would be a copy, or ""."""
        text = _PREFIX.sub("", unicodedata.normalize("NFC", document), count=1)
        stem, dot, suffix = text.rpartition(".")
        mark = _MARK.search(stem)
        plain = f"{stem[: mark.start()] if mark else stem}{dot}{suffix}"
        fits = self._documents().get(fold_form(plain), []) if plain != document else []
        return fits[0] if len(fits) == 1 else ""

    # What is neither

    def _guess(self, name: str) -> None:
        """List a file as a stray if its name, or else what is in it, shows that it was a sidecar."""
        origin = guess_origin(name)
        is_text = name.lower().endswith((".txt", ".text", ".md"))
        if (origin is None or not origin.is_sure or is_text) and self._peek(name) is None:
            return
        if origin is None:
            peeked = self._peek(name)
            file = peeked.file if peeked is not None else ""
            origin = Origin(file, "")
        document = origin.document if origin.document in self._names else ""
        document = document or (self._find_document(origin.document, name) if origin.document else "")
        annotator = self._whose(origin.annotator, name)
        self._stray(name, document or self._find_marked(origin.document), annotator, is_copy=bool(document))

    def _whose(self, annotator: str, name: str) -> str:
        """Return whose a copy is, which may have a mark in the annotator's name."""
        if self._canonical(annotator) in self._facts.annotators:
            return self._canonical(annotator)
        inside = self._canonical(self._inside(name))
        if inside in self._facts.annotators or (
            annotator and fold_form(inside) == fold_form(_find_base(annotator) or "")
        ):
            return inside
        return annotator

    def _stray(self, name: str, document: str, annotator: str, *, is_copy: bool = True) -> None:
        self._made.strays.append(Stray(name, document, annotator, is_copy))

    def _take(self, document: str, annotator: str, name: str) -> None:
        slots = self._made.sidecars.setdefault(document, {})
        if annotator in slots:  # two spellings of one name, such as with and without a percent sign
            self._stray(max(name, slots[annotator]), document, annotator)
            name = min(name, slots[annotator])
        slots[annotator] = name

    def _peek(self, name: str) -> SidecarPeek | None:
        if name not in self._peeked:
            self._peeked[name] = self._facts.peek(name)
        return self._peeked[name]

    def _inside(self, name: str) -> str:
        peeked = self._peek(name)
        return peeked.annotator if peeked is not None else ""

    def _sha256(self, name: str) -> str:
        peeked = self._peek(name)
        return peeked.sha256 if peeked is not None else ""


def _compose(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _compose_folded(name: str) -> str:
    return unicodedata.normalize("NFC", _compose(name).casefold())
