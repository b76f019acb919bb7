"""The Canned replies window over a real desk on SQLite."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from deskapp.domain.ids import CannedId
from deskapp.domain.problem import Problem
from deskapp.domain.replies import CannedReply, CannedRow
from deskapp.ui.canned.usage import usage_words

from .canned_window import Window


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


def test_a_list_that_cannot_be_read_says_so(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deskapp.domain.problem import ProblemKind

    def away(_words: str = "", _ticket: object = None) -> tuple[()]:
        raise Problem(ProblemKind.DATABASE_BUSY)

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
