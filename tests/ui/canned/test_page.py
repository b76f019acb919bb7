"""The Canned replies window over a real desk on SQLite."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from deskapp.domain.changes import Changes
from deskapp.domain.ids import CannedId
from deskapp.domain.kinds import TicketStatus
from deskapp.domain.problem import Problem
from deskapp.domain.replies import CannedActions, CannedReply, CannedRow
from deskapp.ui.bridge import Bridge
from deskapp.ui.canned.page import CannedPage
from deskapp.ui.canned.usage import usage_words
from deskapp.ui.pieces.form import choose
from deskapp.ui.remembered import Remembered
from deskapp.ui.shell_actions import ShellActions
from tests.ui.compose.counter import Counter


class Window:
    """The page in a window, with the desk behind it."""

    def __init__(self, counter: Counter, folder: Path, qtbot: QtBot) -> None:
        self.counter, self.qtbot = counter, qtbot
        self.canned = counter.desk.canned
        self.shell = ShellActions(Remembered(folder / "places.ini"))
        self.shell.last_ticket = counter.ticket
        self.bridge = Bridge()
        self.page = CannedPage(counter.work, self.bridge, self.shell)
        qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        with qtbot.waitActive(self.page):
            self.page.show()
        qtbot.waitUntil(lambda: self.page.list.rows.rowCount() > 0)

    def id_of(self, name: str) -> CannedId:
        return self.canned.by_name(name)

    def pick(self, name: str) -> None:
        rows = self.page.list.rows
        self.page.list.list.setCurrentIndex(rows.place_of(self.id_of(name)))
        self.qtbot.waitUntil(lambda: self.page.editor.name.text() == name)

    def write(self, text: str) -> None:
        self.page.editor.text.selectAll()
        self.page.editor.text.insertPlainText(text)

    def archive(self, answer: str = "Archive") -> None:
        self.page.opened.archive()
        self.qtbot.waitUntil(lambda: answer in self.page.editor.notice.choices())
        self.page.editor.notice.choose(answer)

    def save(self) -> None:
        self.page.opened.save()
        self.counter.settle()


@pytest.fixture
def window(counter: Counter, tmp_path: Path, qtbot: QtBot) -> Window:
    return Window(counter, tmp_path, qtbot)


def test_replies_stand_below_their_folder(window: Window) -> None:
    rows = window.page.list.rows
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown = [rows.index(at).data() for at in range(rows.rowCount())]
    assert shown == ["Delivery", "Late parcel", "Tracking"]
    said = rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Late parcel, Tiếng Việt, English, used 0 times"
    assert not rows.index(0).flags() & Qt.ItemFlag.ItemIsSelectable


def test_the_search_looks_into_the_texts(window: Window, qtbot: QtBot) -> None:
    window.page.search("xin loi")
    rows = window.page.list.rows
    qtbot.waitUntil(lambda: rows.rowCount() == 1)
    assert rows.index(0).data() == "Late parcel"
    window.page.search("nothing like it")
    words = window.page.list._stated.words
    qtbot.waitUntil(lambda: words.title.text() == "No canned reply has these words.")


def test_the_preview_is_filled_in_for_the_ticket_opened_last(window: Window, qtbot: QtBot) -> None:
    window.pick("Late parcel")
    preview = window.page.preview
    qtbot.waitUntil(lambda: preview.text.toPlainText().startswith("Chào chị Châu,"))
    window.write("Your parcel: {{ order.tracking }}")
    qtbot.waitUntil(lambda: "order.tracking" in preview.told.text())
    [mark] = preview.text.extraSelections()
    assert mark.cursor.selectedText() == "⟦order.tracking⟧"


def test_the_preview_says_which_included_reply_has_no_text_in_this_language(
    window: Window, qtbot: QtBot
) -> None:
    window.pick("Late parcel")
    window.page.editor.show_language("vi")
    window.write('Dạ.\n{% include "Tracking" %}')
    said = window.page.preview.borrowed
    qtbot.waitUntil(said.isVisible)
    assert said.text() == "Included without a text in Tiếng Việt: “Tracking” comes in English."
    window.page.editor.show_language("en")
    window.write('Well.\n{% include "Tracking" %}')
    qtbot.waitUntil(lambda: not said.isVisible())


def test_the_preview_takes_another_ticket_by_number(window: Window, qtbot: QtBot) -> None:
    window.pick("Late parcel")
    window.write("{{ ticket.subject }}")
    preview = window.page.preview
    other = window.counter.desk.tickets.conversation(window.counter.other).ticket
    preview.number.setText(f"#{other.number}")
    qtbot.keyClick(preview.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: preview.text.toPlainText() == other.subject)
    preview.number.setText("99999")
    qtbot.keyClick(preview.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: preview.told.property("tone") == "bad")
    assert preview.text.toPlainText() == other.subject


def test_a_text_that_cannot_be_read_names_its_line_and_is_not_saved(
    window: Window, qtbot: QtBot
) -> None:
    window.pick("Tracking")
    window.write("one\n{{ order.number }\nthree")
    qtbot.waitUntil(lambda: window.page.editor.fault.text().startswith("Line "))
    window.save()
    qtbot.waitUntil(lambda: "cannot be read" in window.page.editor.notice.words.text())
    assert dict(window.canned.get(window.id_of("Tracking")).texts)["en"].startswith("Your parcel")
    assert window.page.editor.text.toPlainText().startswith("one")


def test_a_new_reply_is_saved_and_listed(window: Window, qtbot: QtBot) -> None:
    window.page.opened.new()
    editor = window.page.editor
    editor.name.setText("Trả hàng")
    editor.folder.setText("Returns")
    editor.show_language("vi")
    editor.text.insertPlainText("Chị có thể trả hàng.")
    window.save()
    qtbot.waitUntil(lambda: window.page.list.rows.rowCount() == 5)
    kept = window.canned.get(window.id_of("Trả hàng"))
    assert (kept.folder, kept.texts) == ("Returns", (("vi", "Chị có thể trả hàng."),))
    assert not editor.save.isEnabled()


def test_a_name_that_is_taken_is_said_and_the_text_stays(window: Window, qtbot: QtBot) -> None:
    window.page.opened.new()
    window.page.editor.name.setText("Late parcel")
    window.page.editor.text.insertPlainText("Again")
    window.save()
    qtbot.waitUntil(lambda: "Late parcel" in window.page.editor.notice.words.text())
    assert window.page.editor.text.toPlainText() == "Again"


def test_a_language_other_replies_have_is_marked_as_missing(window: Window) -> None:
    window.pick("Tracking")
    bar = window.page.editor.languages.bar
    assert [bar.tabText(at) for at in range(bar.count())] == ["English", "Tiếng Việt – missing"]
    bar.setCurrentIndex(1)
    window.write("Mã vận đơn")
    assert bar.tabText(1) == "Tiếng Việt"
    window.save()
    assert dict(window.canned.get(window.id_of("Tracking")).texts)["vi"] == "Mã vận đơn"


def test_a_removed_language_can_be_brought_back(window: Window) -> None:
    window.pick("Late parcel")
    editor = window.page.editor
    before = editor.text.toPlainText()
    editor.languages.remove.click()
    assert editor.text.toPlainText() == ""
    editor.notice.choose("Undo")
    assert editor.text.toPlainText() == before
    assert window.page.opened.editing is not None
    assert dict(window.page.opened.editing.texts)["vi"] == before


def test_changes_stay_with_their_reply_while_another_is_looked_at(window: Window) -> None:
    window.pick("Tracking")
    window.write("half a thought")
    window.pick("Late parcel")
    window.pick("Tracking")
    assert window.page.editor.text.toPlainText() == "half a thought"
    assert window.page.editor.save.isEnabled()


def test_two_people_on_one_reply_choose_and_lose_nothing(window: Window, qtbot: QtBot) -> None:
    window.pick("Tracking")
    theirs = window.canned.get(window.id_of("Tracking"))
    window.write("mine")
    window.canned.save(CannedReply(theirs.id, theirs.name, "", (("en", "theirs"),), theirs.version))
    window.page.opened.save()
    notice, editor = window.page.editor.notice, window.page.editor
    qtbot.waitUntil(lambda: notice.choices() == ["Save mine", "Show theirs"])
    notice.choose("Show theirs")
    qtbot.waitUntil(lambda: editor.text.toPlainText() == "theirs")
    window.pick("Late parcel")
    window.pick("Tracking")
    assert editor.text.toPlainText() == "mine"
    window.page.opened.save()
    qtbot.waitUntil(lambda: notice.choices() == ["Save mine", "Show theirs"])
    notice.choose("Show theirs")
    notice.choose("Back to mine")
    assert editor.text.toPlainText() == "mine"
    window.page.opened.save()
    qtbot.waitUntil(lambda: notice.choices() == ["Save mine", "Show theirs"])
    notice.choose("Save mine")
    qtbot.waitUntil(lambda: window.canned.get(window.id_of("Tracking")).texts == (("en", "mine"),))


def test_two_people_who_change_different_things_both_keep_theirs(
    window: Window, qtbot: QtBot
) -> None:
    window.pick("Tracking")
    kept = window.canned.get(window.id_of("Tracking"))
    window.write("mine")
    texts = (*kept.texts, ("vi", "của họ"))
    window.canned.save(replace(kept, name="Where is it", folder="Parcels", texts=texts))
    window.page.opened.save()
    qtbot.waitUntil(lambda: window.page.editor.name.text() == "Where is it")
    now = window.canned.get(window.id_of("Where is it"))
    assert dict(now.texts) == {"en": "mine", "vi": "của họ"}
    assert (now.folder, window.page.editor.folder.text()) == ("Parcels", "Parcels")
    assert not window.page.editor.save.isEnabled()


def test_all_in_which_two_people_disagree_is_named_and_shown(window: Window, qtbot: QtBot) -> None:
    window.pick("Late parcel")
    kept = window.canned.get(window.id_of("Late parcel"))
    window.page.editor.folder.setText("Mine")
    for tag in ("vi", "en"):
        window.page.editor.show_language(tag)
        window.write(f"mine {tag}")
    theirs = (("vi", "của họ"), ("en", "theirs"))
    window.canned.save(replace(kept, folder="Theirs", texts=theirs))
    window.page.opened.save()
    shown = window.page.preview.text
    qtbot.waitUntil(lambda: shown.toPlainText().startswith("English\ntheirs"))
    assert shown.toPlainText().endswith("Tiếng Việt\ncủa họ\n\nfolder\nTheirs")
    said = window.page.editor.notice.findChildren(QLabel)
    assert any("folder, " in one.text() and "Tiếng Việt" in one.text() for one in said)


def test_a_name_with_spaces_around_is_saved_once(window: Window, qtbot: QtBot) -> None:
    window.pick("Tracking")
    window.page.editor.name.setText("  Track   it ")
    window.page.opened.save()
    qtbot.waitUntil(lambda: window.page.editor.name.text() == "Track it")
    assert not window.page.editor.save.isEnabled()


def test_archiving_names_who_would_miss_it(window: Window, qtbot: QtBot) -> None:
    window.canned.save(CannedReply(None, "Outer", "", (("en", '{% include "Tracking" %}'),), 1))
    window.pick("Tracking")
    window.page.opened.archive()
    notice = window.page.editor.notice
    qtbot.waitUntil(lambda: "Archive" in notice.choices())
    assert any("Outer" in one.text() for one in notice.findChildren(QLabel))


def test_archiving_asks_first(window: Window, qtbot: QtBot) -> None:
    window.pick("Tracking")
    window.archive("Keep")
    window.counter.settle()
    assert len(window.canned.list()) == 2
    window.archive()
    qtbot.waitUntil(lambda: window.page.list.rows.rowCount() == 2)
    assert [row.name for row in window.canned.list()] == ["Late parcel"]


def test_a_colleagues_change_is_shown_where_nothing_was_typed(window: Window, qtbot: QtBot) -> None:
    window.pick("Tracking")
    kept = window.canned.get(window.id_of("Tracking"))
    window.canned.save(CannedReply(kept.id, kept.name, "", (("en", "newer"),), kept.version))
    window.bridge.changed.emit(Changes(areas=frozenset({"canned"})))
    qtbot.waitUntil(lambda: window.page.editor.text.toPlainText() == "newer")


def test_placeholders_are_offered_while_they_are_typed(window: Window, qtbot: QtBot) -> None:
    window.pick("Tracking")
    text = window.page.editor.text
    text.setFocus()
    text.selectAll()
    qtbot.keyClicks(text, "{{ tracking_u")
    assert text._popup.isVisible()
    qtbot.keyClick(text._popup, Qt.Key.Key_Return)
    assert text.toPlainText() == "{{ order.tracking_url }}"


def test_what_is_not_saved_is_saved_on_closing(window: Window) -> None:
    window.pick("Tracking")
    window.write("just before closing")
    window.page.save_places()
    window.counter.settle()
    kept = window.canned.get(window.id_of("Tracking"))
    assert dict(kept.texts)["en"] == "just before closing"


def test_a_list_that_cannot_be_read_says_so(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deskapp.domain.problem import ProblemKind

    def away(_words: str = "", _ticket: object = None) -> tuple[()]:
        raise Problem(ProblemKind.DATABASE_UNREACHABLE, host="db")

    monkeypatch.setattr(window.canned, "list", away)
    window.page.list.read_again()
    words = window.page.list._stated.words
    qtbot.waitUntil(lambda: words.button.text() == "Try again")


def test_every_control_has_a_name_and_every_action_a_key(window: Window) -> None:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
    controls = [one for kind in kinds for one in window.page.findChildren(kind)]
    nameless = [
        one
        for one in controls
        if not one.accessibleName()
        and not (isinstance(one, QAbstractButton) and one.text())
        and one.isVisible()
    ]
    assert controls and nameless == []
    assert all(not action.shortcut().isEmpty() for action in window.page._actions)


def test_scope_actions_and_files_are_kept_with_the_reply(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window.pick("Tracking")
    extras = window.page.editor.extras
    qtbot.waitUntil(lambda: extras.scope.count() >= 3)
    choose(extras.scope, "mine")
    extras.scope.activated.emit(1)
    choose(extras.status, TicketStatus.WAITING)
    choose(extras.assign, "me")
    qtbot.keyClicks(extras.add_tags, "return, vip")
    qtbot.keyClicks(extras.remove_tags, "new")
    form = tmp_path / "Form.pdf"
    form.write_bytes(b"%PDF-1.4")
    window.page.opened.files.attach([form])
    qtbot.waitUntil(lambda: "Brings Form.pdf" in window.page.preview.does.text())
    assert "Sets: Waiting for customer · tag return · tag vip" in window.page.preview.does.text()
    window.save()
    kept = window.canned.get(window.id_of("Tracking"))
    assert kept.owner == window.counter.ground.anna
    assert [file.filename for file in kept.files] == ["Form.pdf"]
    assert kept.actions == CannedActions(
        TicketStatus.WAITING, to_me=True, add_tags=("return", "vip"), remove_tags=("new",)
    )


def test_an_archived_reply_comes_back_with_undo(window: Window, qtbot: QtBot) -> None:
    window.pick("Tracking")
    window.archive()
    words = window.page._stated.words
    qtbot.waitUntil(lambda: words.title.text() == "“Tracking” is archived.")
    words.button.click()
    qtbot.waitUntil(lambda: window.page.editor.name.text() == "Tracking" and words.isHidden())
    assert len(window.canned.list()) == 2


def test_a_duplicate_is_a_new_reply_that_is_not_saved_yet(window: Window, qtbot: QtBot) -> None:
    window.pick("Late parcel")
    window.page.opened.duplicate()
    assert window.page.editor.name.text() == "Late parcel (copy)"
    window.save()
    qtbot.waitUntil(lambda: len(window.canned.list()) == 3)
    copy, first = (window.canned.get(window.id_of(f"Late parcel{end}")) for end in (" (copy)", ""))
    assert (copy.texts, copy.folder) == (first.texts, first.folder)


def test_two_peoples_texts_are_both_on_screen(window: Window, qtbot: QtBot) -> None:
    window.pick("Tracking")
    theirs = window.canned.get(window.id_of("Tracking"))
    window.write("mine")
    window.canned.save(CannedReply(theirs.id, theirs.name, "", (("en", "theirs"),), theirs.version))
    window.page.opened.save()
    qtbot.waitUntil(lambda: window.page.preview.text.toPlainText() == "theirs")
    assert window.page.editor.text.toPlainText() == "mine"
    window.page.editor.notice.choose("Save mine")
    qtbot.waitUntil(lambda: dict(window.canned.get(theirs.id).texts)["en"] == "mine")  # type: ignore[arg-type]


def test_values_of_the_ticket_are_listed_and_put_in(window: Window, qtbot: QtBot) -> None:
    window.pick("Tracking")
    values = window.page.preview.values
    qtbot.waitUntil(lambda: values._lines["customer.first_name"].text(1) == "Châu")
    assert values._lines["order.tracking"].text(1) == "no value"
    window.write("Dear ")
    values.itemActivated.emit(values._lines["customer.first_name"], 0)
    assert window.page.editor.text.toPlainText() == "Dear {{ customer.first_name }}"


def test_what_a_text_asks_for_is_said_at_the_preview(window: Window, qtbot: QtBot) -> None:
    window.pick("Tracking")
    window.write("On {{ ask.delivery_day }}.")
    told = window.page.preview.told
    qtbot.waitUntil(lambda: told.text() == "Asks for: delivery day")


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("{% if order.sta", "{% if order.status"),
        ("{{ order.date | trunc", "{{ order.date | truncate"),
        ('{% include "lat', '{% include "Late parcel" %}'),
        ("{% unl", "{% unless"),
    ],
)
def test_tags_filters_and_included_names_are_offered_too(
    window: Window, qtbot: QtBot, typed: str, taken: str
) -> None:
    window.pick("Tracking")
    text = window.page.editor.text
    text.setFocus()
    text.selectAll()
    qtbot.keyClicks(text, typed)
    assert text._popup.isVisible()
    qtbot.keyClick(text._popup, Qt.Key.Key_Return)
    assert text.toPlainText() == taken


def test_a_folder_goes_out_and_comes_back_with_a_report(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[str] = []
    window.page.transfer.told.connect(told.append)
    folder = tmp_path / "out"
    window.page.transfer.write_folder(folder)
    qtbot.waitUntil(lambda: told == [f"2 canned replies are in {folder}."])
    (folder / "broken.md").write_text("no front matter")
    (folder / "new.md").write_text("---\nname: New one\nlanguage: en\n---\nHello\n")
    window.page.transfer.read_folder(folder)
    qtbot.waitUntil(lambda: window.page.transfer.report is not None)
    report = window.page.transfer.report
    assert report is not None
    assert report.said.text().startswith("1 new, 0 brought up to date, 2 as before. 1 file")
    assert report.faults.toPlainText().startswith("broken.md: ")
    report.accept()
    qtbot.waitUntil(lambda: window.page.list.rows.rowCount() == 5)


def test_use_is_said_and_a_text_that_is_always_edited_is_doubted(
    window: Window, qtbot: QtBot
) -> None:
    canned, one = window.canned, window.id_of("Tracking")
    uses = [canned.used(one, window.counter.ticket) for _ in range(9)]
    canned.sent([(use, at < 7) for at, use in enumerate(uses)])
    window.page.list.read_again()
    window.pick("Tracking")
    usage = window.page.editor.usage
    qtbot.waitUntil(lambda: "7 of 9: this text may be wrong" in usage.text())


def test_a_reply_nobody_needed_for_half_a_year_is_called_unused() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    row = CannedRow(CannedId(1), "Old", "", ("en",), "", 3, 1, changed_at=now - timedelta(days=400))
    assert usage_words(replace(row, last_used=now - timedelta(days=179)), now)[1] == "muted"
    assert usage_words(row, now) == ("Nobody has put it in for 180 days.", "warn")


def test_a_pasted_picture_stands_in_the_text_and_is_stored_once(
    window: Window, qtbot: QtBot
) -> None:
    window.pick("Tracking")
    window.write("Look: ")
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    pasted = QMimeData()
    pasted.setImageData(image)
    text = window.page.editor.text
    for _ in range(2):
        before = text.toPlainText()
        text.insertFromMimeData(pasted)
        qtbot.waitUntil(lambda before=before: text.toPlainText() != before)
    assert text.toPlainText() == "Look: ![](picture.png)![](picture.png)"
    preview = window.page.preview.text
    qtbot.waitUntil(lambda: preview.toPlainText() == "Look: [picture.png][picture.png]")
    window.save()
    kept = window.canned.get(window.id_of("Tracking"))
    assert [file.filename for file in kept.files] == ["picture.png"]
    window.page.editor.extras._remove_file(kept.files[0].sha256)
    window.save()
    fault = window.page.editor.fault
    qtbot.waitUntil(lambda: "picture.png" in fault.text())
    assert window.canned.get(window.id_of("Tracking")) == kept
