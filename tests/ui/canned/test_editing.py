"""What is written into a canned reply: offers, values, files, pictures."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.replies import CannedActions
from deskapp.ui.pieces.form import choose

from .canned_window import Window


def test_placeholders_are_offered_while_they_are_typed(window: Window, qtbot: QtBot) -> None:
    window.pick("Tracking")
    text = window.page.editor.text
    text.setFocus()
    text.selectAll()
    qtbot.keyClicks(text, "{{ tracking_u")
    assert text._popup.isVisible()
    qtbot.keyClick(text._popup, Qt.Key.Key_Return)
    assert text.toPlainText() == "{{ order.tracking_url }}"


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
