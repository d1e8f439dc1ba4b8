"""`Feature`, the base of a part of the program, and `Context`, what it may use: session, settings, window, calls.

Features know this module and nothing above it, so that none of them depends on another or on the workbench that joins
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from annotator.app.preferences.settings import Settings
    from annotator.app.session.session import Session
    from annotator.gui.article.view import ArticleView
    from annotator.gui.mainwindow.status_bar import StatusBar
    from annotator.gui.mainwindow.window import MainWindow
    from annotator.gui.messages.strips import Strips
    from annotator.gui.messages.toasts import Toasts
    from annotator.gui.theme.theme import Theme
    from annotator.gui.widgets.threads import MainThreadInvoker, Worker


class Context(Protocol):
    """The services that a feature may use. `Workbench` implements it; mypy checks that it is complete."""

    session: Session
    settings: Settings
    window: MainWindow
    article: ArticleView
    toasts: Toasts  # tell that something happened, over the foot of the article
    strips: Strips  # ask what needs an answer and tell of faults, over the top of the article
    status: StatusBar  # hints to a key that did nothing; the bell
    theme: Theme  # replaced when the user chooses another one, as is the language: do not keep copies
    language: str
    invoker: MainThreadInvoker  # runs calls from other threads in the window's thread
    worker: Worker  # runs work in another thread

    # The program

    def feature(self, kind: type[FeatureT]) -> FeatureT:
        """Return the feature of class `kind`, made now if it was not asked for before."""

    def run(self, id_: str) -> None:
        """Run the action `id_` as if it had been chosen in a menu."""

    def set_appearance(self, *, face: str | None = None, theme: str | None = None, language: str | None = None) -> None:
        """Use another font, theme or language from now on."""

    def zoom(self, factor: float) -> None:
        """Make the article larger or smaller by `factor`; 0 restores the usual size."""

    # Documents

    def open_path(self, path: Path, *others: Path) -> bool:
        """Open a folder or a document, or several of them together, and return whether that succeeded."""

    def open_row(self, row: int) -> None:
        """Open the document at `row` of the list."""

    def open_neighbour(self, by: int) -> bool:
        """Open the next (1) or previous (-1) document and return whether there is one."""

    # Pending input

    def commit_edits(self) -> None:
        """Pass what is being typed in the sentence panel to the session, and take the focus from its note."""

    def commit_input(self) -> None:
        """Pass what is being typed in fields and note to the session, and leave the focus there."""

    def commit_note(self) -> None:
        """Pass what has been typed into the note to the session and leave the focus there."""

    def update_note(self, note: str) -> None:
        """Show `note`, changed by another program, even in a focused editor, unless that holds edits."""

    # Display

    def is_panel_shown(self, name: str) -> bool:
        """Return whether the panel `name` is shown."""

    def toggle_panel(self, name: str) -> None:
        """Show the list panel `name` and give it the focus; hide it if it has the focus."""

    def add_to_inspector(self, widget: QWidget) -> None:
        """Place `widget` in the sentence panel, above the labels."""

    def refresh(self) -> None:
        """Show the session's state in panels and status bar now; after each event that happens with a delay."""

    def refresh_documents(self) -> None:
        """List the documents of the workspace anew, at the same place of the list."""

    def refresh_progress(self, path: Path) -> None:
        """Count the progress of the document at `path` anew, in the worker; nothing if it is not listed."""

    def refresh_labels(self) -> None:
        """Show the labels in use everywhere, in the current theme and language."""


class Feature(QObject):
    """A part of the program, created on first use; `Context.feature` keeps one instance of each class."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.window)
        self._context = context

    def apply_theme(self) -> None:
        """Apply theme, language and labels; called after creation and whenever one of them changes."""


FeatureT = TypeVar("FeatureT", bound=Feature)
