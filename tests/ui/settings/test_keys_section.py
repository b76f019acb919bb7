"""The page of keys: what is taken is said, taken away and given back."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from deskapp.ui.keys.keymap import keymap
from deskapp.ui.settings.keys import KeysSection
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work


@pytest.fixture
def section(work: Work, shell: ShellActions, qtbot: QtBot) -> Iterator[KeysSection]:
    made = KeysSection(work, shell)
    qtbot.addWidget(made)
    yield made
    keymap().choose("default", {})


def choose(section: KeysSection, words: str, key: str) -> None:
    for at in range(section.list.topLevelItemCount()):
        line = section.list.topLevelItem(at)
        if line is not None and line.text(0) == words:
            section.list.setCurrentItem(line)
    section.keys.setKeySequence(QKeySequence(key))


def test_a_key_that_is_taken_is_told_and_goes_over(
    section: KeysSection, shell: ShellActions
) -> None:
    choose(section, "Reply", "Ctrl+E")
    assert "Ctrl+E is taken by: Close ticket" in section.told.text()
    section.set_key.click()
    assert keymap().keys("ticket.reply") == ("Ctrl+E",)
    assert keymap().keys("ticket.close") == ()
    assert shell.outside.settings.own_keys == {"ticket.reply": ["Ctrl+E"], "ticket.close": []}


def test_a_free_key_is_added_and_reset_brings_the_presets_own_back(section: KeysSection) -> None:
    choose(section, "Reply", "Ctrl+Shift+9")
    assert section.told.text() == ""
    section.add_key.click()
    assert keymap().keys("ticket.reply") == ("Ctrl+R", "Ctrl+Shift+9")
    section.reset.click()
    assert keymap().keys("ticket.reply") == ("Ctrl+R",)


def test_a_preset_holds_at_once_and_what_was_changed_stays(section: KeysSection) -> None:
    choose(section, "Reply", "Ctrl+Shift+9")
    section.set_key.click()
    section.preset.setCurrentIndex(1)
    section.preset.activated.emit(1)
    assert keymap().keys("ticket.close") == ("Ctrl+E", "E")
    assert keymap().keys("ticket.reply") == ("Ctrl+Shift+9",)


def test_altgr_and_letters_are_warned_of(section: KeysSection) -> None:
    choose(section, "Reply", "Ctrl+Alt+Q")
    assert "AltGr" in section.told.text()
    choose(section, "Reply", "Y")
    assert "writing" in section.told.text()


def test_actions_are_found_by_word_key_and_english_name(section: KeysSection) -> None:
    section.search.setText("ctrl+shift+h")
    shown = [
        line.text(0)
        for at in range(section.list.topLevelItemCount())
        if (line := section.list.topLevelItem(at)) is not None and not line.isHidden()
    ]
    assert shown == ["Snooze…"]
