"""Presets, own keys, conflicts: what the table of actions promises."""

from collections import defaultdict
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from deskapp import settings
from deskapp.settings import Settings
from deskapp.ui.keys.keymap import is_letter, keymap, make_action
from deskapp.ui.keys.table import ENTRIES, PRESETS, overlap


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_gives_one_key_to_two_actions_that_meet(preset: str, qapp: object) -> None:
    keymap().choose(preset, {})
    users = defaultdict(list)
    for name in ENTRIES:
        for key in keymap().keys(name):
            users[key].append(name)
    clashes = [
        (key, one, other)
        for key, names in users.items()
        for one in names
        for other in names
        if one < other and overlap(ENTRIES[one].room, ENTRIES[other].room)
    ]
    assert clashes == []


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_name_only_actions_there_are_and_keys_that_qt_reads(preset: str) -> None:
    assert set(PRESETS[preset]) <= set(ENTRIES)
    keymap().choose(preset, {})
    keys = [key for name in ENTRIES for key in keymap().keys(name)]
    assert [key for key in keys if QKeySequence(key).toString() != key] == []
    assert [key for key in keys if "Ctrl+Alt" in key] == []  # AltGr types letters with it


def test_an_action_that_is_there_already_gets_the_new_key(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    action = make_action("ticket.close", owner)
    keymap().choose("default", {"ticket.close": ["Ctrl+W", "E"]})
    assert [key.toString() for key in action.shortcuts()] == ["Ctrl+W"]  # letters are not Qt's
    keymap().choose("default", {})
    assert action.shortcut().toString() == "Ctrl+E"


def test_a_key_that_is_taken_names_who_has_it() -> None:
    assert keymap().taken("Ctrl+E", "ticket.reply") == ["ticket.close"]
    assert keymap().taken("Ctrl+S", "ticket.reply") == []  # another page's
    assert keymap().taken("Ctrl+Q", "canned.save") == ["desk.quit"]  # everywhere


@pytest.mark.parametrize(
    ("key", "letter"), [("R", True), ("Shift+U", True), ("/", True), ("Ctrl+R", False),
                        ("F5", False), ("Return", False), ("Alt+Down", False)]
)  # fmt: skip
def test_letters_are_told_from_other_keys(key: str, letter: bool) -> None:
    assert is_letter(key) is letter


def test_own_keys_are_found_again_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKAPP_HOME", str(tmp_path))
    Settings(key_preset="gmail", own_keys={"ticket.close": ["Ctrl+W"]}).save()
    found = settings.load()
    assert (found.key_preset, found.own_keys) == ("gmail", {"ticket.close": ["Ctrl+W"]})


def test_damaged_keys_of_the_settings_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKAPP_HOME", str(tmp_path))
    (tmp_path / "settings.json").write_text(
        '{"own_keys": {"ticket.close": "Ctrl+W", "ticket.reply": [3], "ticket.tags": ["T"]}}'
    )
    assert settings.load().own_keys == {"ticket.tags": ["T"]}
    keymap().choose("nonsense", {"no.such": ["Ctrl+W"]})
    assert keymap().keys("ticket.close") == ("Ctrl+E",)
