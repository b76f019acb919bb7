"""Keys on layouts without Latin letters, single letters, and input methods."""

import pytest
from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from deskapp.ui.compose.editor import Editor
from deskapp.ui.keys.keymap import keymap, make_action
from deskapp.ui.keys.watch import KeyWatch

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Window(QWidget):
    """A list, a field and the rich editor; what was done is in ``done``."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.list, self.field, self.editor = QListView(), QLineEdit(), Editor()
        self.list.setModel(QStringListModel(["a", "b", "кот"]))
        column = QVBoxLayout(self)
        for part in (self.list, self.field, self.editor):
            column.addWidget(part)
        for name in ("ticket.reply", "ticket.close", "inbox.next", "inbox.card"):
            make_action(name, self, lambda _on=False, name=name: self.done.append(name))
        KeyWatch(self)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.list.setFocus()
    made.list.setCurrentIndex(made.list.model().index(0, 0))
    return made


def press(widget: QWidget, key: int, text: str = "", held: Qt.KeyboardModifier = NONE) -> None:
    """As the system sends it on ЙЦУКЕН: Cyrillic key and text, the Latin key as virtual key."""
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, held, 27, ord("R"), 0, text)
        if kind is QEvent.Type.ShortcutOverride:
            event.ignore()  # as the system asks: who wants this key?
        QApplication.sendEvent(widget, event)


def test_ctrl_with_a_cyrillic_letter_does_what_its_place_does(window: Window) -> None:
    press(window.list, ord("К"), "", CTRL)  # К stands where R is
    press(window.field, ord("У"), "", CTRL)
    assert window.done == ["ticket.reply", "ticket.close"]


def test_a_form_of_the_text_is_found_by_its_place_too(window: Window) -> None:
    window.editor.setFocus()
    window.editor.setPlainText("слово")
    window.editor.selectAll()
    press(window.editor, ord("И"), "", CTRL)  # where B is
    assert window.editor.formatting.now() & {"bold"}
    press(window.editor, ord("Л"), "", CTRL | Qt.KeyboardModifier.ShiftModifier)  # K: the link
    assert window.done == []  # and not the customer card, which has the same key


def test_single_letters_act_only_while_a_list_has_the_keyboard(window: Window) -> None:
    keymap().choose("gmail", {})
    press(window.list, Qt.Key.Key_J, "j")
    press(window.list, ord("О"), "о")  # the same key on a Russian layout
    assert window.done == ["inbox.next", "inbox.next"]
    assert window.list.currentIndex().row() == 0  # the list has not looked for the letter
    window.field.setFocus()
    press(window.field, Qt.Key.Key_J, "j")
    window.editor.setFocus()
    press(window.editor, ord("о"), "о")
    assert len(window.done) == 2
    assert (window.field.text(), window.editor.toPlainText()) == ("j", "о")


def test_nothing_fires_while_an_input_method_is_composing(window: Window) -> None:
    window.field.setFocus()
    QApplication.sendEvent(window.field, QInputMethodEvent("ni", []))
    press(window.field, ord("К"), "", CTRL)
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_R, CTRL)
    override.ignore()
    QApplication.sendEvent(window.field, override)
    assert override.isAccepted()  # so that Qt's own shortcuts do not fire either
    assert window.done == []
    QApplication.sendEvent(window.field, QInputMethodEvent())
    press(window.field, ord("К"), "", CTRL)
    assert window.done == ["ticket.reply"]


def test_an_action_that_cannot_be_done_now_leaves_the_key_alone(window: Window) -> None:
    for action in window.actions():
        action.setEnabled(False)
    press(window.list, ord("К"), "", CTRL)
    assert window.done == []


def test_a_latin_layout_is_qts_own_business(window: Window) -> None:
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_R, CTRL)
    override.ignore()
    QApplication.sendEvent(window.list, override)
    assert not override.isAccepted()
