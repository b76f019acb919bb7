"""What of a window can be heard by somebody who sees nothing, and reached without a mouse."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QTextEdit,
    QTreeView,
    QWidget,
)

from deskapp.ui.pieces.card import Card
from tests.ui.named import nameless

_TYPED_IN = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QKeySequenceEdit, QComboBox)
_CONTROLS = (*_TYPED_IN, QAbstractButton, QAbstractItemView, QTabBar)
_MOST_TABS, _ROWS_HEARD = 400, 5


def unsaid(window: QWidget) -> list[str]:
    """What takes the keyboard and has no name; beside the controls also texts and tab bars."""
    found = nameless(window)
    for one in window.findChildren(QWidget):
        if isinstance(one, QTextEdit | QTabBar | QAbstractSpinBox | QKeySequenceEdit):
            named = one.accessibleName() or one.parentWidget().accessibleName()
            if one.isVisible() and not named:
                found.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
    return found


def silent(window: QWidget) -> list[str]:
    """What Tab or a click leads to, whatever it is, and a screen reader has no name for."""
    found = []
    for one in [window, *window.findChildren(QWidget)]:
        stands = one.isVisible() and one.window() is window and not one.objectName()
        part = isinstance(one.parentWidget(), _TYPED_IN)
        if stands and not part and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
            spoken = QAccessible.queryAccessibleInterface(one)
            if spoken is None or not spoken.text(QAccessible.Text.Name):
                found.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
    return found


def speechless(window: QWidget) -> list[str]:
    """Rows that are no single sentence: of lists, trees and tables, each of their cells."""
    found = []
    for view in window.findChildren(QAbstractItemView):
        if isinstance(view, QHeaderView) or not view.isVisible():
            continue
        lines, root = view.model(), view.rootIndex()
        for row in range(min(lines.rowCount(root), _ROWS_HEARD)):
            at = lines.index(row, 0, root)
            said = at.data(Qt.ItemDataRole.AccessibleTextRole) or at.data()
            if not said or "\n" in str(said):
                found.append(f"{view.accessibleName()}, row {row}: {said!r}")
            cells = [lines.index(row, n, root).data() for n in range(1, _columns(view))]
            told = at.data(Qt.ItemDataRole.AccessibleTextRole)
            if any(cells) and not told:  # else the reader says the first cell alone
                found.append(f"{view.accessibleName()}, row {row}: of {cells!r} nothing is said")
    return found


def _columns(view: QAbstractItemView) -> int:
    return view.header().count() if isinstance(view, QTreeView) else 1


def unheard(window: QWidget) -> list[str]:
    return [*unsaid(window), *silent(window), *speechless(window)]


def controls(window: QWidget) -> list[QWidget]:
    """What a mouse could use in the window as it stands."""
    return [
        one
        for one in window.findChildren(QWidget)
        if isinstance(one, _CONTROLS)
        and not isinstance(one, QHeaderView)
        and one.isVisible()
        and one.isEnabled()
        and one.window() is window
        and not isinstance(one.parentWidget(), _TYPED_IN)
        and not one.objectName().startswith("qt_")
        and one.property("keysElsewhere") is None
    ]


def out_of_reach(window: QWidget) -> list[str]:
    """Controls to which no number of Tabs leads. A group of radio buttons is one stop."""
    wanted = controls(window)
    if not wanted:
        return []
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    first = next((one for one in wanted if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
    if first is None:
        return [_named(one) for one in wanted]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen: set[int] = set()
    for _ in range(_MOST_TABS):
        focus = QApplication.focusWidget()
        if focus is None:
            break
        seen.add(id(focus))
        if focus.focusProxy() is not None:
            seen.add(id(focus.focusProxy()))
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return [_named(one) for one in wanted if id(one) not in seen and not _stands_for(one, seen)]


def ringless(window: QWidget) -> list[str]:
    """Stops of Tab that look with the keyboard as they do without it."""
    QApplication.setCursorFlashTime(0)  # a caret that blinks is no ring
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    found, seen = [], set[int]()
    while (focus := QApplication.focusWidget()) is not None and id(focus) not in seen:
        seen.add(id(focus))
        around = focus.parentWidget()
        shown = around if isinstance(around, Card) else focus  # a mail's ring is its card's
        place = QRect(shown.mapTo(window, QPoint()), shown.size()).adjusted(-3, -3, 3, 3)
        QApplication.processEvents()
        with_keys = window.grab(place).toImage()
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        QApplication.processEvents()
        if window.grab(place).toImage() == with_keys:
            found.append(_named(focus))
    return found


def _stands_for(one: QWidget, seen: set[int]) -> bool:
    """One of a group is reached by arrow keys from the one that is chosen."""
    if isinstance(one, QAbstractButton):
        group = one.group()
        among = group.buttons() if group is not None and group.exclusive() else []
        if isinstance(one, QRadioButton):
            among = one.parentWidget().findChildren(QRadioButton)
        if any(id(other) in seen for other in among):
            return True
    proxy = one.focusProxy()
    return proxy is not None and id(proxy) in seen


def _named(one: QWidget) -> str:
    text = one.text() if isinstance(one, QAbstractButton) else ""
    return f"{type(one).__name__} “{one.accessibleName() or text}” in {type(one.parent()).__name__}"
