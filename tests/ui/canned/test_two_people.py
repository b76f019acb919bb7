"""Two people at one canned reply, and what is not saved yet."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from deskapp.domain.changes import Changes
from deskapp.domain.replies import CannedReply

from .canned_window import Window


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


def test_a_colleagues_change_is_shown_where_nothing_was_typed(window: Window, qtbot: QtBot) -> None:
    window.pick("Tracking")
    kept = window.canned.get(window.id_of("Tracking"))
    window.canned.save(CannedReply(kept.id, kept.name, "", (("en", "newer"),), kept.version))
    window.bridge.changed.emit(Changes(areas=frozenset({"canned"})))
    qtbot.waitUntil(lambda: window.page.editor.text.toPlainText() == "newer")


def test_what_is_not_saved_is_saved_on_closing(window: Window) -> None:
    window.pick("Tracking")
    window.write("just before closing")
    window.page.save_places()
    window.counter.settle()
    kept = window.canned.get(window.id_of("Tracking"))
    assert dict(kept.texts)["en"] == "just before closing"


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
