"""Signatures in the settings: one being typed, one for a language, one that cannot be filled in."""

from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.settings.signatures import SignaturesSection
from tests.ui.settings.shown_sections import SUPPORT


def test_a_signature_being_typed_survives_a_colleagues_change(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.mailboxes.add(SUPPORT)
    section = page.show_section("signatures")
    assert isinstance(section, SignaturesSection)
    qtbot.waitUntil(section.mine.isEnabled)
    section.mine.setPlainText("Anna\nLotus Đà Nẵng")
    olga = desk.agents.add("Olga")
    desk.agents.edit(olga, signature="Olga")
    section.save_mine.click()
    me = desk.agent
    assert me is not None
    qtbot.waitUntil(lambda: desk.agents.get(me).signature == "Anna\nLotus Đà Nẵng")
    qtbot.waitUntil(lambda: not section.save_mine.isEnabled())


def test_a_signature_for_a_language_is_kept_and_taken_away(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    section = page.show_section("signatures")
    assert isinstance(section, SignaturesSection)
    others = section.others
    assert not others.text.isEnabled(), "the usual one stands above"
    others.whose.setCurrentIndex(1)
    others.language.setCurrentIndex(others.language.findData("vi"))
    others.text.setPlainText("Cửa hàng Lotus\n{{ mailbox.address }}")
    others.save.click()
    qtbot.waitUntil(
        lambda: any(one.language == "vi" and one.agent is None for one in desk.signatures.list())
    )
    qtbot.waitUntil(lambda: not others.save.isEnabled())
    others.text.clear()
    others.save.click()
    qtbot.waitUntil(lambda: not any(one.language for one in desk.signatures.list()))


def test_a_signature_that_cannot_be_filled_in_stays_in_its_field(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    section = page.show_section("signatures")
    assert isinstance(section, SignaturesSection)
    section.others.whose.setCurrentIndex(1)
    section.others.text.setPlainText("{% if %}")
    with qtbot.waitSignal(section.others.refused):
        section.others.save.click()
    assert section.others.text.toPlainText() == "{% if %}"
