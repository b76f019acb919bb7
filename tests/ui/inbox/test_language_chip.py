"""The customer's language stands on their card and is put right with one click."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.kinds import Direction
from deskapp.domain.people import CustomerEdit
from deskapp.ui.inbox.customer_card import CustomerCard
from deskapp.ui.inbox.language_chip import LanguageChip
from deskapp.ui.inbox.message_card import MessageCard
from deskapp.ui.languages import offered_languages
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.real_desk import bridge, desk, shell, work
from tests.ui.sample_rows import message

__all__ = ["bridge", "desk", "shell", "work"]
NAMES = ("Tiếng Việt", "繁體中文", "English")


def test_another_language_is_chosen_and_kept(
    desk: Desk, work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    mai = desk.customers.create("Mai", "mai@customer.example")
    desk.customers.edit(mai, CustomerEdit(language="en"))
    card = CustomerCard(work, shell)
    qtbot.addWidget(card)
    card.show_customer(mai, None)

    def shown() -> list[str]:
        return [chip.text() for chip in card.findChildren(LanguageChip)]

    qtbot.waitUntil(lambda: shown() == ["English"])
    menu = card.findChildren(LanguageChip)[0].menu()
    assert menu is not None
    next(one for one in menu.actions() if one.data() == "vi").trigger()
    qtbot.waitUntil(lambda: "Tiếng Việt" in shown())
    assert desk.customers.record(mai).row.language == "vi"


def test_one_name_is_offered_once_whatever_tag_it_is_kept_by() -> None:
    names = [name for name, _ in offered_languages("zh-TW")]
    assert names.count("繁體中文") == 1
    assert ("繁體中文", "zh-TW") in offered_languages("zh-TW")


def test_a_message_in_another_language_than_its_ticket_says_so(
    work: Work, shell: ShellActions, qtbot: QtBot
) -> None:
    def told(direction: Direction, language: str, ticket: str) -> list[str]:
        row = replace(message(1, direction, "Xin chào"), language=language)
        card = MessageCard(row, row.at, 600, work, shell, told_language=ticket)
        qtbot.addWidget(card)
        return [one.text() for one in card.findChildren(QLabel) if one.text() in NAMES]

    assert told(Direction.IN, "vi", "en") == ["Tiếng Việt"]
    assert told(Direction.IN, "zh-Hant", "zh-Hans") == ["繁體中文"]
    assert told(Direction.IN, "zh-TW", "zh-Hant") == []
    assert told(Direction.IN, "", "en") == told(Direction.OUT, "vi", "en") == []
