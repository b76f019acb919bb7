"""Signatures in the settings: one being typed, one for a language, one that cannot be filled in."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.ids import MailboxId
from deskapp.domain.signatures import Signature
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.settings.signatures import SignaturesSection
from tests.ui.settings.shown_sections import SUPPORT


@pytest.fixture
def boxes(desk: Desk) -> tuple[MailboxId, MailboxId]:
    return desk.mailboxes.add(SUPPORT), desk.mailboxes.add(
        replace(SUPPORT, address="returns@shop.example")
    )


@pytest.fixture
def section(
    boxes: tuple[MailboxId, MailboxId], page: SettingsPage, qtbot: QtBot
) -> SignaturesSection:
    found = page.show_section("signatures")
    assert isinstance(found, SignaturesSection)
    qtbot.waitUntil(found.mine.isEnabled)
    return found


def _heard(section: SignaturesSection, qtbot: QtBot) -> None:
    section.read_again()
    qtbot.waitUntil(lambda: not section.work.waiting)


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


def test_what_is_typed_for_a_mailbox_stays_its_own_while_others_come_and_go(
    section: SignaturesSection, boxes: tuple[MailboxId, MailboxId], desk: Desk, qtbot: QtBot
) -> None:
    support, returns = boxes
    others = section.others
    others.box.setCurrentIndex(2)
    others.text.setPlainText("Anna, Rücksendungen")
    section.box.setCurrentIndex(1)
    section.of_box.setPlainText("Trả hàng")
    desk.mailboxes.remove(support)
    _heard(section, qtbot)
    assert others.box.currentText() == section.box.currentText() == "returns@shop.example"
    assert others.text.toPlainText() == "Anna, Rücksendungen"
    assert section.of_box.toPlainText() == "Trả hàng"
    others.save.click()
    section.save_box.click()
    qtbot.waitUntil(lambda: not section.work.waiting)
    kept = {(one.agent, one.mailbox): one.text for one in desk.signatures.list()}
    assert kept[desk.agent, returns] == "Anna, Rücksendungen"
    assert kept[None, returns] == "Trả hàng" and (desk.agent, None) not in kept
    others.text.setPlainText("Anna")
    desk.mailboxes.remove(returns)
    _heard(section, qtbot)
    assert others.box.currentText() == "returns@shop.example", "not for any other one"


def test_a_refused_signature_is_told_where_another_is_looked_at_by_then(
    section: SignaturesSection, boxes: tuple[MailboxId, MailboxId], desk: Desk, qtbot: QtBot
) -> None:
    others = section.others
    others.whose.setCurrentIndex(1)
    others.language.setCurrentIndex(others.language.findData("vi"))
    others.text.setPlainText("Thân ái")
    desk.signatures.put(Signature(None, None, "vi", "Chào bạn"))
    with qtbot.waitSignal(section.shell.troubled):
        others.save.click()
        others.language.setCurrentIndex(others.language.findData("de"))
    section.of_box.setPlainText("Support")
    desk.mailboxes.update(boxes[0], replace(SUPPORT, signature="Ihr Support"))
    told: list[str] = []
    section.shell.told.connect(told.append)
    with qtbot.waitSignal(section.shell.troubled):
        section.save_box.click()
        section.box.setCurrentIndex(1)
        section.of_box.setPlainText("Returns")
    qtbot.waitUntil(lambda: not section.work.waiting)
    assert told == [] and section.of_box.toPlainText() == "Returns"
    assert [one.settings.signature for one in desk.mailboxes.list()] == ["Ihr Support", ""]
