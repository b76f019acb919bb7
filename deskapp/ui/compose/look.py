"""The composer's own rules of style; a note turns all of it yellow, so that nobody mails one."""

from deskapp.domain.replies import FORWARD, REVIEW
from deskapp.ui.fonts import Fonts
from deskapp.ui.theme import Colours


def composer_sheet(colours: Colours, fonts: Fonts, kind: str) -> str:
    """The rules for the composer as a reply, a note or a forward."""
    grounds = {
        "note": (colours.note, colours.note_edge),
        FORWARD: (colours.side, colours.side_edge),
        REVIEW: (colours.draft, colours.draft_edge),
    }
    ground, edge = grounds.get(kind, (colours.surface, colours.line))
    return _RULES.format(c=colours, f=fonts, ground=ground, edge=edge)


def popup_sheet(colours: Colours, fonts: Fonts) -> str:
    """The rules for what lies above the window: the picker."""
    return _POPUP.format(c=colours, f=fonts)


_RULES = """
#composer {{ background: {ground}; border: none; border-top: 1px solid {edge}; }}
#composer QTextEdit, #composer QFrame[role="field"] {{ background: {ground};
    border: 1px solid {edge}; border-radius: 6px; }}
#composer QTextEdit:focus {{ border: 1px solid {c.draft_edge}; }}
#composer QFrame[role="field"] QLineEdit {{ background: transparent; border: none; padding: 2px; }}
#composer QPlainTextEdit[role="preview"] {{ background: {c.ours}; border: 1px solid {c.line};
    border-radius: 6px; }}
#composer QTextBrowser[role="preview"] {{ background: {c.paper}; color: {c.ink};
    border: 1px solid {c.line}; border-radius: 6px; }}
#composer QToolButton:checked {{ background: {c.accent_soft}; border-radius: 4px; }}
#composer QPushButton[kind="quiet"]::menu-indicator {{ image: none; width: 0; }}
#composer QPushButton[kind="quiet"] {{ background: {ground}; border-color: {edge}; }}
#composer QPushButton[kind="quiet"]:checked {{ background: {c.accent_soft}; color: {c.accent};
    border-color: {c.accent}; }}
#composer QPushButton[kind="quiet"]:focus {{ border: 1px solid {c.draft_edge}; }}
#composer QPushButton[kind="primary"][part="left"] {{ border-top-right-radius: 0;
    border-bottom-right-radius: 0; }}
#composer QPushButton[kind="primary"][part="right"] {{ border-top-left-radius: 0;
    border-bottom-left-radius: 0; padding: 4px 2px; }}
#composer QPushButton[kind="to"] {{ background: transparent; border: 1px solid transparent;
    text-align: right; padding: 2px 4px; color: {c.text}; }}
#composer QPushButton[kind="to"]:disabled {{ color: {c.muted}; }}
#composer QPushButton[kind="to"]:enabled:hover {{ background: {c.sunken}; }}
#composer QPushButton[kind="to"]:focus {{ border: 1px solid {c.draft_edge}; }}
QPushButton[kind="chip"] {{ background: {c.sunken}; border: 1px solid transparent;
    border-radius: 8px; color: {c.text}; padding: 1px 8px; min-height: 16px; }}
QPushButton[kind="chip"]:hover, QPushButton[kind="chip"]:focus {{
    border: 1px solid {c.draft_edge}; }}
QPushButton[kind="chip"]:disabled {{ color: {c.muted}; background: {c.sunken}; }}
QPushButton[kind="chip"][who="customer"] {{ background: {c.accent_soft}; }}
QPushButton[kind="chip"][who="colleague"] {{ background: {c.ours};
    border: 1px solid {c.ours_edge}; }}
QPushButton[kind="chip"][who="new"] {{ border: 1px solid {c.warn}; color: {c.warn}; }}
QPushButton[kind="chip"][who="third_party"] {{ border: 1px solid {c.side_edge}; }}
QPushButton[kind="chip"][who="unknown"] {{ border: 1px dashed {c.muted}; }}
QPushButton[kind="chip"][who="bounced"] {{ border: 1px solid {c.bad}; color: {c.bad}; }}
QPushButton[kind="chip"][wrong="true"] {{ color: {c.bad}; border: 1px solid {c.bad}; }}
"""

_POPUP = """
QFrame[role="popup"] {{ background: {c.surface}; border: 1px solid {c.ours_edge};
    border-radius: 8px; }}
QFrame[role="popup"] QListWidget {{ border: none; background: {c.surface}; }}
QFrame[role="popup"] QListWidget::item {{ padding: 5px 8px; border-radius: 4px; }}
QFrame[role="popup"] QListWidget::item:selected {{ background: {c.accent_soft};
    color: {c.text}; }}
QFrame[role="popup"] QPlainTextEdit {{ background: {c.ours}; border: 1px solid {c.line}; }}
QFrame[role="popup"] QPushButton[kind="quiet"]:checked {{ background: {c.accent_soft};
    color: {c.accent}; border-color: {c.accent}; }}
"""
