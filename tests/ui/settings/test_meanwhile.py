"""A colleague changes what is open in a form: both values are shown, and a person decides."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.kinds import FieldKind
from deskapp.domain.signatures import Signature
from deskapp.domain.ticket_facts import TagColour
from deskapp.domain.working_days import SpecialDay, WorkingDays
from deskapp.ui.pieces import form
from deskapp.ui.pieces.asked_both import AskedBoth
from deskapp.ui.pieces.conflict import ConflictCard
from deskapp.ui.settings.agent_dialog import AgentDialog
from deskapp.ui.settings.fields import FieldsSection
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.settings.signatures import SignaturesSection
from deskapp.ui.settings.tag_dialog import TagDialog
from deskapp.ui.settings.teams import TeamDialog
from deskapp.ui.settings.working_days import WorkingDaysSection
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.named import nameless


def _said(part: QWidget) -> list[str]:
    return [one.text() for one in part.findChildren(QLabel)]


@pytest.fixture
def tag(work: Work, desk: Desk, qtbot: QtBot) -> TagDialog:
    made = desk.tags.add("refund", TagColour.RED)
    [row] = [one for one in desk.tags.list() if one.id == made]
    dialog = TagDialog(work, row)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_both_names_are_shown_and_mine_is_saved_over_theirs_on_purpose(
    tag: TagDialog, desk: Desk, qtbot: QtBot
) -> None:
    desk.tags.rename(desk.tags.named("refund"), "money back")
    tag.name.setText("Trả hàng")
    tag.save()
    qtbot.waitUntil(tag.meanwhile.card.isVisible)
    assert {"refund", "money back", "Trả hàng"} <= set(_said(tag.meanwhile.card))
    qtbot.keyClick(tag.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert tag.meanwhile.card.isVisible() and not tag._work.waiting
    assert nameless(tag) == [] and desk.tags.list()[0].name == "money back"
    with qtbot.waitSignal(tag.accepted):
        tag.meanwhile.card.mine.click()
    assert desk.tags.list()[0].name == "Trả hàng"


def test_theirs_is_taken_and_saving_is_possible_again(
    tag: TagDialog, desk: Desk, qtbot: QtBot
) -> None:
    one = desk.tags.named("refund")
    desk.tags.colour(one, TagColour.BLUE)
    form.choose(tag.colour, TagColour.GREEN.value)
    tag.save()
    qtbot.waitUntil(tag.meanwhile.card.isVisible)
    tag.meanwhile.card.theirs.click()
    assert tag.colour.currentData() == "blue" and tag.meanwhile.card.isHidden()
    tag.name.setText("money back")
    with qtbot.waitSignal(tag.accepted):
        tag.save()
    assert [(row.name, row.colour) for row in desk.tags.list()] == [("money back", TagColour.BLUE)]


def test_what_each_changed_elsewhere_in_an_agent_is_joined(
    work: Work, desk: Desk, qtbot: QtBot
) -> None:
    olga = desk.agents.add("Olga", "olga@shop.example")
    dialog = AgentDialog(work, desk.agents.get(olga))
    qtbot.addWidget(dialog)
    desk.agents.edit(olga, role="lead")
    dialog.name.setText("Olga Petrova")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    kept = desk.agents.get(olga)
    assert (kept.name, kept.role) == ("Olga Petrova", "lead")


def test_a_team_keeps_who_was_put_elsewhere_meanwhile(work: Work, desk: Desk, qtbot: QtBot) -> None:
    olga = desk.agents.add("Olga")
    mine, theirs = desk.teams.add("Shipping"), desk.teams.add("Returns")
    desk.teams.join(olga, mine)
    [row] = [one for one in desk.teams.list() if one.id == mine]
    dialog = TeamDialog(work, row, desk.teams.list(), desk.agents.list())
    qtbot.addWidget(dialog)
    desk.teams.join(olga, theirs)
    dialog.members[olga].setChecked(False)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    assert [one.members for one in desk.teams.list() if one.id == theirs] == [("Olga",)]


def test_working_days_typed_are_not_saved_over_a_colleagues_unseen(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    section = page.show_section("days")
    assert isinstance(section, WorkingDaysSection)
    qtbot.waitUntil(section.isEnabled)
    section.special.setPlainText("2026-02-17 Tết")
    desk.calendar.save(WorkingDays(frozenset(range(6)), (SpecialDay(date(2026, 2, 18), "Tết"),)))
    section.read_again()
    qtbot.waitUntil(lambda: not section.work.waiting)
    assert section.special.toPlainText() == "2026-02-17 Tết"
    section.save.click()
    qtbot.waitUntil(section.conflict.isVisible)
    assert {"2026-02-18 Tết", "2026-02-17 Tết"} <= set(_said(section.conflict))
    section.conflict.mine.click()
    kept = WorkingDays(frozenset(range(6)), (SpecialDay(date(2026, 2, 17), "Tết"),))
    qtbot.waitUntil(lambda: desk.calendar.get() == kept)


def test_a_signature_typed_is_not_saved_over_another_unseen(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    section = page.show_section("signatures")
    assert isinstance(section, SignaturesSection)
    qtbot.waitUntil(section.mine.isEnabled)
    section.mine.setPlainText("Cheers")
    assert desk.agent is not None
    desk.agents.edit(desk.agent, signature="Kind regards")
    section.read_again()
    qtbot.waitUntil(lambda: not section.work.waiting)
    section.save_mine.click()
    qtbot.waitUntil(lambda: "Kind regards" in _said(section))
    assert section.mine.toPlainText() == "Cheers"
    assert desk.agents.get(desk.agent).signature == "Kind regards"
    [card] = [one for one in section.findChildren(ConflictCard) if one.isVisible()]
    assert section.save_mine.isHidden(), "of two buttons it is not clear which saves what"
    card.mine.click()
    assert section.save_mine.isVisible()
    me = desk.agent
    qtbot.waitUntil(lambda: desk.agents.get(me).signature == "Cheers")


def test_a_signature_of_everybody_that_a_colleague_wrote_stands_beside_mine(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    section = page.show_section("signatures")
    assert isinstance(section, SignaturesSection)
    qtbot.waitUntil(section.mine.isEnabled)
    others = section.others
    others.whose.setCurrentIndex(1)
    others.language.setCurrentIndex(others.language.findData("vi"))
    for ours, theirs in (("Thân ái", "Chào bạn"), ("Kính thư", "Xin chào")):
        others.text.setPlainText(ours)
        desk.signatures.put(Signature(None, None, "vi", theirs))
        section.read_again()  # the change is heard while the text is typed
        qtbot.waitUntil(lambda: not section.work.waiting)
        others.save.click()
        qtbot.waitUntil(others.clash.card.isVisible)
        assert others.save.isHidden() and nameless(section) == []
        assert {theirs, ours, "Anna, just now"} <= set(_said(others.clash.card))
        card = others.clash.card
        left = theirs if theirs == "Chào bạn" else ours
        (card.theirs if left == theirs else card.mine).click()
        qtbot.waitUntil(lambda: not section.work.waiting)
        [kept] = [one.text for one in desk.signatures.list() if one.language == "vi"]
        assert (kept, others.text.toPlainText()) == (left, left)


def test_ticking_an_agent_into_a_team_asks_where_a_colleague_has_put_them_elsewhere(
    work: Work, desk: Desk, qtbot: QtBot
) -> None:
    olga, minh = desk.agents.add("Olga"), desk.agents.add("Minh")
    mine, theirs = desk.teams.add("Shipping"), desk.teams.add("Returns")
    [row] = [one for one in desk.teams.list() if one.id == mine]
    dialog = TeamDialog(work, row, desk.teams.list(), desk.agents.list())
    qtbot.addWidget(dialog)
    dialog.show()
    desk.agent = minh
    desk.teams.join(olga, theirs)
    dialog.members[olga].setChecked(True)
    dialog.name.setText("Kho")
    dialog.save()
    qtbot.waitUntil(dialog.meanwhile.card.isVisible)
    said = _said(dialog.meanwhile.card)
    assert {"Olga", "in no team", "Returns"} <= set(said) and "Minh, just now" in said
    assert [one.members for one in desk.teams.list() if one.id == theirs] == [("Olga",)]
    with qtbot.waitSignal(dialog.accepted):
        dialog.meanwhile.card.mine.click()
    assert [one.members for one in desk.teams.list() if one.id == mine] == [("Olga",)]


def test_of_several_fields_each_is_chosen(work: Work, desk: Desk, qtbot: QtBot) -> None:
    olga = desk.agents.add("Olga", "olga@shop.example")
    dialog = AgentDialog(work, desk.agents.get(olga))
    qtbot.addWidget(dialog)
    dialog.show()
    desk.agents.edit(olga, name="Olga P.", email="op@shop.example", role="lead")
    dialog.name.setText("Olga Petrova")
    dialog.email.setText("petrova@shop.example")
    dialog.save()
    card = dialog.meanwhile.card
    qtbot.waitUntil(card.isVisible)
    buttons = {one.accessibleName(): one for one in card.findChildren(QRadioButton)}
    assert nameless(dialog) == []
    assert [name for name, one in buttons.items() if one.isChecked()] == [
        "Name: yours",
        "Mail address: yours",
    ]
    buttons["Mail address: theirs"].setChecked(True)
    with qtbot.waitSignal(dialog.accepted):
        card.mine.click()
    kept = desk.agents.get(olga)
    assert (kept.name, kept.email, kept.role) == ("Olga Petrova", "op@shop.example", "lead")


def test_an_order_of_fields_that_a_colleague_made_stands_beside_mine(
    work: Work, shell: ShellActions, desk: Desk, qtbot: QtBot
) -> None:
    a, b, c = (desk.fields.add(name, FieldKind.TEXT) for name in ("Size", "Shoe", "Hat"))
    section = FieldsSection(work, shell)
    qtbot.addWidget(section)
    section.show()
    section.read_again()
    qtbot.waitUntil(lambda: len(section._rows) == 3)
    _first, shoe, hat = section._rows
    section.move_up(hat)
    section.move_up(hat)  # before the screen shows the first: from where that one put it
    qtbot.waitUntil(lambda: [row.id for row in section._rows] == [c, a, b])
    qtbot.waitUntil(lambda: not work.waiting)
    desk.fields.order([b, a, c])
    section.move_up(shoe)
    section.move_up(shoe)  # both made on what a colleague changed: one question
    qtbot.waitUntil(lambda: section.order.asked is not None)
    asked = section.order.asked
    assert asked is not None and nameless(asked) == []
    assert section.findChildren(AskedBoth) == [asked]
    assert {"Hat, Size, Shoe", "Shoe, Size, Hat", "Shoe, Hat, Size"} <= set(_said(asked))
    assert [row.name for row in desk.fields.list()] == ["Shoe", "Size", "Hat"]
    asked.card.mine.click()
    qtbot.waitUntil(lambda: [row.id for row in desk.fields.list()] == [b, c, a])
