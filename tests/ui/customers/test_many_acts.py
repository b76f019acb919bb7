"""Customers in and out, proposals of duplicates, and merging field by field, in the windows."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.people import CustomerEdit
from deskapp.domain.people_files import PersonField
from deskapp.shops.people import preview_people, read_people
from deskapp.ui.bridge import Bridge
from deskapp.ui.customers.duplicates_dialog import DuplicatesDialog
from deskapp.ui.customers.import_dialog import PeopleImportDialog
from deskapp.ui.customers.merge_dialog import MergeDialog
from deskapp.ui.customers.page import CustomersPage
from deskapp.ui.outside import Outside
from deskapp.ui.shell_actions import ShellActions
from deskapp.ui.work import Work
from tests.ui.named import nameless, not_plain

TEXT = "Wer,Email,Phone\nMai Lan,mai@b.example,\n=Bad,nope,\n"


@pytest.fixture
def dialog(work: Work, qtbot: QtBot) -> PeopleImportDialog:
    outside = Outside(preview_people=preview_people, read_people=read_people)
    made = PeopleImportDialog(work, outside)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_file_is_tried_out_first_and_then_taken_in(
    dialog: PeopleImportDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(TEXT)
    dialog.read_file(path)
    qtbot.waitUntil(lambda: "1 new" in dialog.told.text())
    assert desk.customers.ids() == []
    assert "Row 3" in dialog.faults.toPlainText()
    assert nameless(dialog) == []
    assert not_plain(dialog) == []
    dialog.write_faults(tmp_path / "left.csv")
    assert '"\'=Bad","nope"' in (tmp_path / "left.csv").read_text("utf-8-sig")
    dialog.table.say_of("Wer", PersonField.NAME)
    dialog.keep_as.setText("Old shop")
    qtbot.waitUntil(dialog.go.isEnabled)
    with qtbot.waitSignal(dialog.imported):
        dialog.go.click()
    [one] = desk.customers.ids()
    assert desk.customers.record(one).row.name == "Mai Lan"
    assert desk.people_files.profiles()["Old shop"][PersonField.NAME] == "Wer"


def test_a_mapping_that_a_colleague_kept_under_the_name_stands_beside_mine(
    dialog: PeopleImportDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(TEXT)
    dialog.read_file(path)
    qtbot.waitUntil(lambda: "1 new" in dialog.told.text())
    desk.people_files.save_profile("Old shop", {PersonField.NAME: "Name"})
    before = [dialog.asked]
    for leave in (True, False):
        dialog.keep_as.setText("Old shop")
        dialog._profiles = {}
        dialog.go.click()
        qtbot.waitUntil(lambda: dialog.asked not in before)
        asked = dialog.asked
        before.append(asked)
        assert asked is not None and desk.customers.ids() == []
        assert "Whole name: Name" in [one.text() for one in asked.findChildren(QLabel)]
        if leave:
            asked.card.theirs.click()
            assert dialog.keep_as.text() == "" and dialog.go.isEnabled()
            continue
        with qtbot.waitSignal(dialog.imported):
            asked.card.mine.click()
    assert PersonField.EMAIL in desk.people_files.profiles()["Old shop"]
    assert len(desk.customers.ids()) == 1


def test_a_mapping_written_with_two_spaces_is_the_one_of_that_name(
    dialog: PeopleImportDialog, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.people_files.save_profile("Old shop", {PersonField.NAME: "Name"})
    path = tmp_path / "people.csv"
    path.write_text(TEXT)
    dialog.read_file(path)
    qtbot.waitUntil(lambda: "1 new" in dialog.told.text() and not dialog._work.waiting)
    dialog._profiles = desk.people_files.profiles()
    dialog.keep_as.setText(" Old  shop")
    with qtbot.waitSignal(dialog.imported):
        dialog.go.click()
    assert PersonField.EMAIL in desk.people_files.profiles()["Old shop"]


def test_proposals_are_listed_with_the_reason_and_can_be_refused(
    work: Work, desk: Desk, qtbot: QtBot
) -> None:
    desk.customers.create("Mai", "mai@b.example")
    desk.customers.create("Mai Lan", "mai+shop@b.example")
    while desk.duplicates.look():
        pass
    dialog = DuplicatesDialog(work)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.findChildren(QPushButton)) == 3)
    refuse = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Not the same")
    refuse.click()
    qtbot.waitUntil(lambda: desk.duplicates.count() == 0)


def test_a_value_is_taken_from_either_record(work: Work, desk: Desk, qtbot: QtBot) -> None:
    kept = desk.customers.create("Mai", "mai@b.example")
    other = desk.customers.create("Lan", "lan@b.example")
    desk.customers.edit(kept, CustomerEdit(honorific="Ms."))
    desk.customers.edit(other, CustomerEdit(honorific="Dr."))
    dialog = MergeDialog(work, desk.customers.record(kept))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.pick(other)
    qtbot.waitUntil(dialog.merge.isEnabled)
    picks = dialog.fields.picks
    assert {name: pick.value() for name, pick in picks.items()} == {
        "name": "Mai",
        "honorific": "Ms.",
    }
    picks["name"].write("Mai Lan")
    picks["honorific"].choice.setCurrentIndex(1)
    with qtbot.waitSignal(dialog.merged):
        dialog.merge.click()
    record = desk.customers.record(kept)
    assert (record.row.name, record.honorific) == ("Mai Lan", "Dr.")


def test_a_merge_is_told_above_the_record_and_undone_there(
    work: Work, bridge: Bridge, shell: ShellActions, desk: Desk, qtbot: QtBot
) -> None:
    kept = desk.customers.create("Mai", "mai@b.example")
    other = desk.customers.create("Lan", "lan@b.example")
    desk.customers.merge(kept, other)
    page = CustomersPage(work, bridge, shell)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    page.open_customer(kept)
    qtbot.waitUntil(page.strip.isVisible)
    [undo] = page.strip.findChildren(QPushButton)
    undo.click()
    qtbot.waitUntil(lambda: len(desk.customers.ids()) == 2)
