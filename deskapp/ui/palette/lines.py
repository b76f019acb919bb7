"""What the palette offers of the window it stands in: its actions and its views."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from deskapp.domain.folding import bare_letters
from deskapp.ui.keys.keymap import key_id, keymap, native
from deskapp.ui.keys.table import ENTRIES


@dataclass(frozen=True, slots=True)
class Line:
    """One offer. ``key`` names it in the list of recent ones; ``found_by`` are the bare letters
    of its names, in the person's language and in English."""

    key: str
    title: str
    found_by: tuple[str, ...]
    do: Callable[[], object]
    detail: str = ""
    keys: str = ""
    kind: str = ""

    @property
    def spoken(self) -> str:
        """One sentence for screen readers."""
        return ", ".join(part for part in (self.kind, self.title, self.detail, self.keys) if part)


def actions_of(window: QWidget) -> list[Line]:
    """Every action that can be done in the window as it stands, each once."""
    for menu in window.findChildren(QMenu):
        _fill(menu)
    made: dict[str, Line] = {}
    for action in (*window.findChildren(QAction), *window.actions()):
        if line := _line(action, window):
            made.setdefault(line.key, line)
    return list(made.values())


def views_of(page: QWidget) -> list[Line]:
    """The views of the Inbox, saved ones too."""
    views, show = getattr(page, "views", None), getattr(page, "show_view", None)
    if views is None or not callable(show):
        return []
    kind = QCoreApplication.translate("Palette", "View")
    return [
        Line(
            f"view:{name}",
            title,
            (bare_letters(f"{kind} {title}"), bare_letters(f"view {name}")),
            partial(show, name),
            detail=str(count) if count >= 0 else "",
            kind=kind,
        )
        for name, title, count in views.names()
    ]


def _line(action: QAction, window: QWidget) -> Line | None:
    said, _tab, _key = action.text().replace("&", "").partition("\t")
    text = said.strip()  # a word of the desk stands set in below its status
    owner = action.parent()
    if not text or action.isSeparator() or not (action.isEnabled() and action.isVisible()):
        return None
    if not isinstance(owner, QWidget) or isinstance(action.menu(), QMenu):
        return None
    of_menu = owner.title().replace("&", "") if isinstance(owner, QMenu) else ""
    while isinstance(owner, QMenu) and isinstance(above := owner.parentWidget(), QWidget):
        owner = above
    here = owner.window() is window and (owner is window or owner.isVisibleTo(window))
    if not here and action not in window.actions():  # some are the main window's, lent to others
        return None
    name = key_id(action)
    if isinstance(action.parent(), QMenu) and not (of_menu or name):
        return None  # a choice of a button's own menu: out of sight of it the words say too little
    title = f"{of_menu}: {text}" if of_menu and not name else text
    english = ENTRIES[name].text if name else ""
    keys = (
        [native(one) for one in keymap().keys(name)]
        if name
        else [one.toString(QKeySequence.SequenceFormat.NativeText) for one in action.shortcuts()]
    )
    names = tuple(dict.fromkeys(filter(None, (bare_letters(title), bare_letters(english)))))
    return Line(name or f"text:{title}", title, names, action.trigger, keys="   ".join(keys))


def _fill(menu: QMenu) -> None:
    """Menus that write their entries when they open do so now, and are told that they closed."""
    menu.aboutToShow.emit()
    menu.aboutToHide.emit()
