"""The record on a real desk: own fields, tags, consent, the axis by kind, a company, own windows;
and what stands above an answer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.companies import CompanyEdit
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import FieldKind, Purpose
from deskapp.domain.people import ContactEdit, CustomerEdit, CustomerRecord
from deskapp.domain.timeline import Happening
from deskapp.ui import text
from deskapp.ui.bridge import Bridge
from deskapp.ui.compose.must_know import MustKnowLine
from deskapp.ui.customers.company_pane import CompanyPane
from deskapp.ui.customers.consent_dialog import ConsentDialog
from deskapp.ui.customers.contact_dialog import ContactDialog
from deskapp.ui.customers.page import CustomersPage
from deskapp.ui.customers.timeline_line import TimelineLine
from deskapp.ui.pieces.conflict import ConflictCard
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.there_now import day_ends, day_there, there_now
from deskapp.ui.work import Work
from tests.ui.named import nameless, not_plain

NOW = datetime.now(UTC)


@pytest.fixture
def chau(desk: Desk) -> CustomerId:
    return desk.customers.create("Châu", "chau@maydo.vn")


@pytest.fixture
def page(
    work: Work, bridge: Bridge, shell: ShellActions, chau: CustomerId, qtbot: QtBot
) -> CustomersPage:
    made = CustomersPage(work, bridge, shell)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.open_customer(chau)
    qtbot.waitUntil(lambda: made.record.record is not None)
    return made


def shown(page: CustomersPage) -> str:
    return "\n".join(one.text() for one in page.record.findChildren(QLabel) if not one.isHidden())


def read(page: CustomersPage) -> CustomerRecord:
    assert page.record.record is not None
    return page.record.record


def test_an_own_field_is_kept_when_it_is_left_and_a_misfit_is_said(
    page: CustomersPage, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    shoe = desk.fields.add("Shoe size", FieldKind.NUMBER)
    qtbot.waitUntil(lambda: shoe in page.record.own.fields)
    field = page.record.own.fields[shoe]
    assert isinstance(field, QLineEdit)
    field.setText("38,5")
    field.editingFinished.emit()
    qtbot.waitUntil(lambda: desk.customers.record(chau).values[0].value == "38.5")
    qtbot.waitUntil(lambda: field.text() == "38.5")
    field.setText("big")
    assert page.record.dirty
    field.editingFinished.emit()
    qtbot.waitUntil(page.record.own.told.isVisible)
    assert "“Shoe size”" in page.record.own.told.text()
    assert field.text() == "big"
    page.record.forget_typing()


def test_an_own_field_that_a_colleague_changed_shows_both_values(
    page: CustomersPage, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    size = desk.fields.add("Size", FieldKind.TEXT)
    colour = desk.fields.add("Colour", FieldKind.TEXT)
    own = page.record.own
    qtbot.waitUntil(lambda: colour in own.fields)
    for one in (size, colour):
        field = own.fields[one]
        assert isinstance(field, QLineEdit)
        field.setText("mine")
    desk.customers.set_field(chau, size, "theirs")
    desk.customers.set_field(chau, colour, "theirs")
    qtbot.waitUntil(lambda: read(page).values[1].value == "theirs")
    own._left(size)
    own._left(colour)
    qtbot.waitUntil(lambda: len(own._theirs) == 2)
    assert own.conflict.isVisible() and _says_who(own.conflict)
    assert [one.value for one in desk.customers.record(chau).values] == ["theirs", "theirs"]
    own.conflict.keep_mine.emit()
    qtbot.waitUntil(lambda: not own.conflict.isVisible())
    assert [one.value for one in desk.customers.record(chau).values] == ["mine", "mine"]
    assert not page.record.dirty


def test_a_contact_that_a_colleague_changed_shows_both_values(
    work: Work, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    [seen] = desk.customers.record(chau).contacts
    dialog = ContactDialog(work, seen)
    qtbot.addWidget(dialog)
    dialog.show()
    theirs = ContactEdit(value="chau@shop.vn", label="work")
    desk.customers.edit_contact(seen.id, theirs, seen)
    assert isinstance(dialog._text, QLineEdit)
    dialog._text.setText("chau@lua.vn")
    dialog.save()
    card = dialog.meanwhile.card
    qtbot.waitUntil(card.isVisible)
    said = {one.text() for one in card.findChildren(QLabel)}
    assert {"chau@maydo.vn", "chau@shop.vn", "chau@lua.vn", "Anna, just now"} <= said
    assert nameless(dialog) == []
    with qtbot.waitSignal(dialog.accepted):
        card.mine.click()
    [kept] = desk.customers.record(chau).contacts
    assert (kept.value, kept.label) == ("chau@lua.vn", "work")


def test_what_is_typed_stays_when_the_customer_is_merged_meanwhile(
    page: CustomersPage, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    desk.customers.edit(chau, CustomerEdit(honorific="chị"))
    qtbot.waitUntil(lambda: read(page).honorific == "chị")
    other = desk.customers.create("Lê Châu", "le.chau@maydo.vn")
    page.record.note.setPlainText("half a no")
    page.record.edit()
    editor = page.record.editor
    assert editor is not None
    editor.must_know.setPlainText("Allergic to latex")
    desk.customers.merge(other, chau)
    qtbot.waitUntil(lambda: read(page).row.id == other)
    assert page.record.note.toPlainText() == "half a no"
    assert page.record.editor is editor
    editor.save.click()
    qtbot.waitUntil(lambda: desk.customers.record(other).row.must_know == "Allergic to latex")
    record = desk.customers.record(other)
    assert (record.row.name, record.honorific) == ("Lê Châu", "chị")
    page.record.forget_typing()


def test_the_axis_is_chosen_by_kind_and_words(
    page: CustomersPage, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    timeline = page.record.timeline

    def lines() -> int:
        return sum(not one.isHidden() for one in timeline.findChildren(TimelineLine))

    for number in range(45):
        desk.customers.add_note(chau, f"Note {number}")
    qtbot.waitUntil(lambda: lines() == 40)
    timeline.more.click()
    qtbot.waitUntil(lambda: lines() == 45)
    timeline.words.setText("note 44")
    qtbot.waitUntil(lambda: lines() == 1)
    timeline.kinds[Happening.ORDER].click()
    qtbot.waitUntil(lambda: "Nothing here with this choice" in shown(page))
    assert nameless(page) == []
    assert not_plain(page) == []


def test_no_mail_is_noted_with_its_reason_and_seen_at_once(
    page: CustomersPage, work: Work, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    assert page.record.record is not None
    dialog = ConsentDialog(work, page.record.record, page)
    dialog.reason.setPlainText("Asked by phone")
    dialog.until.chosen.setChecked(True)
    dialog._save()
    qtbot.waitUntil(lambda: "Wants no mail until" in shown(page))
    refused = desk.customers.record(chau).no_mail
    assert refused is not None and refused.until is not None
    assert refused.until > NOW and refused.reason == "Asked by phone"


def test_a_company_shows_its_people_and_keeps_what_is_typed(
    page: CustomersPage, work: Work, bridge: Bridge, shell: ShellActions, desk: Desk,
    chau: CustomerId, qtbot: QtBot,
) -> None:  # fmt: skip
    with qtbot.waitSignal(shell.company_wanted) as wanted:
        page.record._open_company()
    pane = CompanyPane(work, bridge, shell, wanted.args[0])
    qtbot.addWidget(pane)
    pane.show()
    qtbot.waitUntil(lambda: pane.title.text() == "maydo.vn")
    pane.note.setPlainText("half a no")
    desk.customers.create("Minh", "minh@maydo.vn")
    qtbot.waitUntil(lambda: pane.people.count() == 2)
    assert pane.note.toPlainText() == "half a no"
    pane.name.setText("May Đỏ")
    pane.domain.setText("gmail.com")
    pane.save.click()
    qtbot.waitUntil(pane.told.isVisible)
    assert "gmail.com" in pane.told.text()
    pane.domain.setText("maydo.com")
    pane.save.click()
    qtbot.waitUntil(lambda: desk.customers.record(chau).company == "May Đỏ")
    assert nameless(pane) == []


def test_a_company_changed_by_two_shows_both(
    work: Work, bridge: Bridge, shell: ShellActions, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    company = desk.customers.record(chau).company_id
    assert company is not None
    pane = CompanyPane(work, bridge, shell, company)
    qtbot.addWidget(pane)
    pane.show()
    qtbot.waitUntil(lambda: pane.name.text() == "maydo.vn")
    pane.must_know.setPlainText("pays late")
    desk.companies.edit(company, CompanyEdit(name="May Đỏ", must_know="pays early"))
    qtbot.waitUntil(lambda: pane.title.text() == "May Đỏ")
    pane.save.click()
    qtbot.waitUntil(pane.conflict.isVisible)
    assert _says_who(pane.conflict)
    assert desk.companies.record(company).must_know == "pays early"
    pane.conflict.keep_mine.emit()
    qtbot.waitUntil(lambda: desk.companies.record(company).must_know == "pays late")
    assert desk.companies.record(company).row.name == "May Đỏ"
    qtbot.waitUntil(pane.save.isVisible)


def test_a_last_day_ends_where_the_customer_lives() -> None:
    for zone, ends in (("Asia/Kolkata", (18, 29, 59)), ("Asia/Vladivostok", (13, 59, 59))):
        moment = day_ends(date(2026, 11, 22), zone)
        assert (moment.hour, moment.minute, moment.second) == ends
        assert day_there(moment, zone) == text.calendar_day(date(2026, 11, 22))


def test_what_to_know_stands_above_the_answer_until_it_was_read(desk: Desk, qtbot: QtBot) -> None:
    lan, minh = desk.customers.create("Lan"), desk.customers.create("Minh")
    line = MustKnowLine()
    qtbot.addWidget(line)
    line.resize(300, 60)

    def show(one: CustomerId) -> bool:
        line.show_customer(desk.customers.record(one))
        return not line.isHidden()

    assert not show(lan)
    desk.customers.edit(lan, CustomerEdit(must_know="Call first. " * 60))
    assert show(lan)
    assert line.words.text().endswith("…")
    line.close_button.click()
    assert not show(lan)  # the same again was read
    desk.customers.consent(lan, Purpose.MAIL, False, until=NOW + timedelta(days=2))
    assert show(lan)
    assert not show(minh)
    assert show(lan)
    line.show_customer(None)
    assert line.isHidden()


def test_a_refusal_comes_before_a_long_note_and_another_record_begins_at_its_top(
    page: CustomersPage, desk: Desk, chau: CustomerId, qtbot: QtBot
) -> None:
    desk.customers.edit(chau, CustomerEdit(must_know="Works nights. " * 140))
    desk.customers.consent(chau, Purpose.MAIL, False, reason="Asked by phone")
    qtbot.waitUntil(lambda: read(page).no_mail is not None)
    line = MustKnowLine()
    qtbot.addWidget(line)
    line.resize(400, 100)
    line.show_customer(read(page))
    assert line.words.text().startswith("Wants no mail")
    bar = page._scrolled.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 50)
    bar.setValue(50)
    page.open_customer(desk.customers.create("Minh", "minh@maydo.vn"))
    assert bar.value() == 0


def test_a_zone_that_nobody_knows_is_refused(page: CustomersPage) -> None:
    page.record.edit()
    editor = page.record.editor
    assert editor is not None
    editor.time_zone.setText("Asia/Nowhere")
    editor.save.click()
    assert "Asia/Nowhere" in editor.told.text()
    page.record.forget_typing()


def test_the_clock_there_knows_its_zone() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert there_now("Asia/Ho_Chi_Minh", noon) in ("19:00", "7:00\u202fPM", "7:00 PM")
    assert there_now("Nowhere/At_All", noon) == there_now("", noon) == ""


def _says_who(card: ConflictCard) -> bool:
    """Beside theirs: who set it, and when."""
    return any(one.text().endswith(", just now") for one in card.findChildren(QLabel))
