"""Style rules for dialogs and panels: what the palette of a theme cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.shipped import resource_path

if TYPE_CHECKING:
    from annotator.gui.theme.theme import Theme


def form_stylesheet(theme: Theme) -> str:
    """Return the rules for lines, boxes and lists in the colours of `theme`."""
    check = resource_path("icons", f"check-{'dark' if theme.is_dark else 'light'}.svg")
    return f"""
        QLineEdit {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 5px 8px;
            background: {theme.field}; }}
        QLineEdit:focus {{ border-color: {theme.accent}; }}
        QCheckBox {{ spacing: 8px; }}
        QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {theme.faint}; border-radius: 3px;
            background: {theme.field}; }}
        QCheckBox::indicator:checked {{ border-color: {theme.accent}; background: {theme.accent};
            image: url("{check.as_posix()}"); }}
        QCheckBox:focus {{ color: {theme.accent}; }}
        QTreeWidget {{ border: 1px solid {theme.line}; border-radius: 6px; background: {theme.field}; outline: none; }}
        QTreeWidget::item {{ padding: 3px 0; }}
        QTreeWidget::item:selected {{ background: {theme.selection}; color: {theme.ink}; }}
        QHeaderView::section {{ background: {theme.panel}; color: {theme.muted}; border: none;
            border-bottom: 1px solid {theme.line}; padding: 5px 6px; }}
    """


def scroll_bar_style(theme: Theme) -> str:
    """Return the rules for the scroll bar of a card: flat, without arrows."""
    return f"""
        QScrollBar:vertical {{ width: 14px; background: transparent; border: none; }}
        QScrollBar::handle:vertical {{ background: {theme.neutral}; border-radius: 4px; margin: 3px;
            min-height: 24px; }}
        QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ height: 0;
            background: transparent; border: none; }}
    """


def panel_style(theme: Theme) -> str:
    """Return the rules for the panels that are mostly a list, in the colours of `theme`."""
    return f"""
        {form_stylesheet(theme)}
        QLineEdit {{ padding: 4px 8px; }}
        QPushButton {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 12px;
            background: {theme.field}; color: {theme.ink}; }}
        QPushButton:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}
        QPushButton:disabled {{ color: {theme.faint}; }}
        QPushButton::menu-indicator {{ width: 0; }}
        QListView {{ background: {theme.panel}; }}
        QTableView {{ background: {theme.field}; border-top: 1px solid {theme.line}; }}
        QHeaderView {{ background: {theme.panel}; }}
        QHeaderView::section {{ padding: 5px 9px; font-weight: 600; }}
        QTextEdit {{ background: {theme.field}; border: 1px solid {theme.line}; border-radius: 6px;
            padding: 2px; color: {theme.ink}; }}
        QTextEdit:focus {{ border: {theme.focus_border}px solid {theme.accent}; }}
    """
