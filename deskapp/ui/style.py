"""The style sheet, written with the theme's tokens. Widgets choose by dynamic property:
``tone`` (muted, accent, warn, bad, good), ``textSize`` (small, strong, card, title,
group), ``role`` for parts of
the frame, ``kind`` for buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .fonts import Fonts
    from .theme import Colours


def style_sheet(colours: Colours, fonts: Fonts) -> str:
    """All rules of the program for one set of tokens."""
    return "".join(
        part.format(c=colours, f=fonts) for part in (_LABELS, _FRAME, _BUTTONS, _INPUTS, _LISTS)
    )


_LABELS = """
QLabel[tone="muted"] {{ color: {c.muted}; }}
QLabel[tone="accent"] {{ color: {c.accent}; }}
QLabel[tone="warn"] {{ color: {c.warn}; }}
QLabel[tone="bad"] {{ color: {c.bad}; }}
QLabel[tone="good"] {{ color: {c.good}; }}
QLabel[tone="side"] {{ color: {c.side_edge}; }}
QLabel[textSize="small"] {{ font-size: {f.small_px}px; }}
QLabel[textSize="title"] {{ font-size: {f.title_px}px; font-weight: 600; }}
QLabel[textSize="card"] {{ font-size: {f.card_title_px}px; font-weight: 600; }}
QLabel[textSize="strong"] {{ font-weight: 600; }}
QLabel[textSize="group"] {{ font-size: {f.small_px}px; font-weight: 600; color: {c.muted}; }}
QLabel:focus {{ background: {c.accent_soft}; border-radius: 3px; }}
QToolTip {{ color: {c.text}; background: {c.surface}; border: 1px solid {c.line}; padding: 4px; }}
"""

_FRAME = """
QMainWindow, QDialog, QWidget[role="window"] {{ background: {c.window}; }}
QWidget[role="surface"] {{ background: {c.surface}; }}
QWidget[role="top"] {{ background: {c.window}; border-bottom: 1px solid {c.line}; }}
QWidget[role="rail"] {{ background: {c.window}; border-right: 1px solid {c.line}; }}
QWidget[role="foot"] {{ background: {c.window}; border-top: 1px solid {c.line}; }}
QWidget[role="head"] {{ background: {c.surface}; border-bottom: 1px solid {c.line}; }}
QWidget[role="banner"] {{ background: {c.note}; border-bottom: 1px solid {c.note_edge}; }}
QWidget[role="upright"] {{ background: {c.line}; max-width: 1px; min-width: 1px; }}
QFrame[role="rule"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
QSplitter::handle {{ background: {c.line}; }}
QSplitter[role="bare"]::handle {{ background: transparent; }}
QScrollArea {{ background: transparent; border: 1px solid transparent; }}
QScrollArea:focus {{ border: 1px solid {c.draft_edge}; }}
QScrollArea > QWidget > QWidget[role="scrolled"] {{ background: transparent; border: none; }}
QMenuBar {{ background: {c.window}; border: none; }}
QMenuBar::item {{ padding: 4px 10px; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QMenu {{ background: {c.surface}; border: 1px solid {c.line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; color: {c.text}; }}
QMenu::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QTabBar::tab {{ padding: 4px 2px; margin-right: 14px; color: {c.muted}; border: none;
    border-bottom: 2px solid transparent; background: transparent; }}
QTabBar::tab:selected {{ color: {c.accent}; font-weight: 600;
    border-bottom: 2px solid {c.accent}; }}
QTabBar::tab:focus {{ color: {c.text}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; border: none; }}
QScrollBar::handle {{ background: {c.line}; border-radius: 3px; margin: 2px; min-height: 28px;
    min-width: 28px; }}
QScrollBar::handle:hover {{ background: {c.ours_edge}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""

_BUTTONS = """
QPushButton, QToolButton[kind="plain"] {{ background: {c.surface}; color: {c.text};
    border: 1px solid {c.line}; border-radius: 6px; padding: 4px 10px; min-height: 18px; }}
QToolButton[kind="plain"] {{ padding: 3px 0 3px 6px; }}
QToolButton[kind="plain"][textSize="small"] {{ font-size: {f.small_px}px; padding: 2px 0 2px 5px; }}
QPushButton:hover, QToolButton[kind="plain"]:hover {{ border-color: {c.ours_edge}; }}
QPushButton:pressed, QToolButton[kind="plain"]:pressed {{ background: {c.sunken}; }}
QPushButton:focus, QToolButton:focus {{ border: 1px solid {c.draft_edge}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.muted}; background: {c.window}; }}
QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent}; font-weight: 600;
    border: 1px solid {c.accent}; padding: 4px 12px; }}
QPushButton[kind="primary"]:hover {{ background: {c.accent_strong}; }}
QPushButton[kind="primary"]:focus {{ border: 1px solid {c.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.sunken}; color: {c.muted};
    border-color: {c.line}; }}
QPushButton[kind="danger"] {{ color: {c.bad}; }}
QPushButton[kind="quiet"] {{ font-size: {f.small_px}px; color: {c.muted}; padding: 1px 8px;
    min-height: 16px; background: {c.surface}; }}
QPushButton[kind="quiet"]:hover {{ color: {c.text}; }}
QPushButton[kind="quiet"]:checked {{ background: {c.accent_soft}; color: {c.accent};
    border-color: {c.accent}; }}
QPushButton[kind="link"], QToolButton[kind="link"] {{ color: {c.accent}; background: transparent;
    border: 1px solid transparent; padding: 1px 0; text-align: left; }}
QPushButton[kind="number"], QPushButton[kind="title"] {{ background: transparent;
    border: 1px solid transparent; padding: 1px 0; font-weight: 600; text-align: left; }}
QPushButton[kind="title"] {{ padding: 2px 6px; }}
QPushButton[kind="number"]:hover, QPushButton[kind="title"]:hover {{ color: {c.accent}; }}
QPushButton[kind="number"]:focus, QPushButton[kind="title"]:focus {{
    border: 1px solid {c.draft_edge}; border-radius: 4px; }}
QPushButton[kind="link"]:hover, QToolButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus, QToolButton[kind="link"]:focus {{
    border: 1px solid {c.draft_edge}; border-radius: 4px; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 4px; color: {c.text}; }}
QToolButton:hover {{ background: {c.sunken}; }}
QToolButton::menu-indicator {{ image: none; }}
QListView::indicator:unchecked {{ width: 12px; height: 12px; border: 1px solid {c.muted};
    border-radius: 3px; background: {c.surface}; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QToolButton[role="railButton"] {{ color: {c.muted}; font-size: {f.small_px}px; padding: 6px 0 4px 0;
    margin: 0; border-radius: 8px; }}
QToolButton[role="railButton"]:hover {{ background: {c.sunken}; color: {c.text}; }}
QToolButton[role="railButton"]:checked {{ background: {c.accent_soft}; color: {c.accent};
    font-weight: 600; }}
"""

_INPUTS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {{
    background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; border-radius: 6px;
    padding: 4px 8px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {c.muted}; }}
QLineEdit, QComboBox, QSpinBox {{ min-height: 18px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
    border: 1px solid {c.draft_edge}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {c.muted}; background: {c.window}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border: 1px solid {c.bad}; }}
QComboBox[role="choice"] {{ padding: 4px 24px 4px 11px; }}
QComboBox[role="choice"]::drop-down {{ border: none; width: 0; }}
QTimeEdit::up-button, QTimeEdit::down-button {{ width: 0; }}
QDateTimeEdit[calendarPopup="true"]::drop-down {{ border: none; width: 24px; }}
QDateTimeEdit[calendarPopup="true"]::down-arrow {{ image: none; }}
QComboBox:disabled, QAbstractSpinBox:disabled {{ color: {c.muted}; background: {c.window}; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.line};
    selection-background-color: {c.accent_soft}; selection-color: {c.text}; }}
QTextBrowser[role="mail"] {{ background: transparent; border: none; padding: 0; border-radius: 0; }}
QTextBrowser[role="mail"][paper="true"] {{ color: {c.ink}; }}
QTextBrowser[role="mail"]:focus {{ border: none; }}
QProgressBar {{ background: {c.sunken}; border: none; border-radius: 3px; max-height: 6px;
    min-height: 6px; text-align: center; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
"""

_LISTS = """
QAbstractItemView {{ background: {c.surface}; color: {c.text}; outline: none;
    border: 1px solid transparent;
    alternate-background-color: {c.window}; selection-background-color: {c.accent_soft};
    selection-color: {c.text}; gridline-color: {c.line}; }}
QAbstractItemView:focus {{ border: 1px solid {c.draft_edge}; }}
QListView[role="names"] {{ border: 1px solid {c.ours_edge}; border-radius: 6px; padding: 3px; }}
QListView[role="names"]::item {{ padding: 4px 8px; border-radius: 4px; color: {c.text}; }}
QListView[role="names"]::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QListView[role="views"], QListView[role="sections"] {{ background: {c.window}; }}
QListView[role="sections"]::item {{ padding: 5px 10px; border-radius: 6px; }}
QListView[role="sections"]::item:hover {{ background: {c.sunken}; }}
QListView[role="sections"]::item:selected {{ background: {c.accent_soft}; color: {c.accent}; }}
QTableView::item, QTreeView::item {{ padding: 4px 8px; border: none; }}
QTableView::item:selected, QTreeView::item:selected {{ background: {c.accent_soft};
    color: {c.text}; }}
QHeaderView::section {{ background: {c.window}; color: {c.muted}; border: none;
    border-bottom: 1px solid {c.line}; padding: 5px 11px; font-size: {f.small_px}px;
    font-weight: 600; }}
"""
