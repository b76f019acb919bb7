"""A conversation handed on: as text, as a PDF."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from deskapp.domain.kinds import Direction
from deskapp.domain.problem import Problem
from deskapp.domain.tickets import Conversation
from deskapp.ui.inbox.paper import save_pdf
from deskapp.ui.inbox.print_dialog import PrintDialog
from deskapp.ui.inbox.transcript import Wish, as_document, as_text
from deskapp.ui.shell_actions import ShellActions
from tests.ui.sample_rows import conversation_messages, message, ticket_row

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def conversation(qapp: object) -> Conversation:
    others = (
        message(50, Direction.IN, "訂單還沒到", language="zh-TW"),
        message(51, Direction.IN, "Заказ ещё не пришёл", language="ru"),
        *(message(60 + n, Direction.IN, "Một dòng dài để sang trang. " * 60) for n in range(8)),
    )
    return Conversation(ticket_row(1), conversation_messages() + others, ())


def test_text_leaves_out_notes_and_quotes_unless_they_are_wished_for(
    conversation: Conversation,
) -> None:
    plain = as_text(conversation, Wish(), AT)
    assert "Đơn hàng #10482 chưa giao" in plain
    assert "Nguyễn Thị Minh Châu <minhchau@mail.example>" in plain
    assert "biên lai 10482.pdf" in plain
    assert "訂單還沒到" in plain and "Заказ ещё не пришёл" in plain
    assert "Carrier says" not in plain and "Anna đã viết" not in plain
    whole = as_text(conversation, Wish(internal=True, quoted=True), AT)
    assert "Carrier says" in whole and "Note · Anna" in whole and "Anna đã viết" in whole


def test_the_document_says_what_the_text_says(conversation: Conversation) -> None:
    shown = as_document(conversation, Wish(), AT).toPlainText()
    assert "訂單還沒到" in shown and "Ticket 2041" in shown
    assert "Carrier says" not in shown


def test_a_pdf_has_numbered_pages(
    conversation: Conversation, shell: ShellActions, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = PrintDialog(conversation, shell, parent=None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    boxes = dialog.findChildren(QCheckBox)
    assert not any(box.isChecked() for box in boxes)
    file = tmp_path / "2041.pdf"
    with qtbot.waitSignal(shell.told):
        dialog.save(file)
    written = file.read_bytes()
    assert written.startswith(b"%PDF")
    assert written.count(b"/Type /Page\n") == save_pdf(
        as_document(conversation, Wish(), AT), tmp_path / "again.pdf", "t", "f"
    )
    assert written.count(b"/Type /Page\n") > 1


def test_a_pdf_that_cannot_be_written_is_a_problem_and_no_file(
    conversation: Conversation, tmp_path: Path
) -> None:
    with pytest.raises(Problem):
        save_pdf(as_document(conversation, Wish(), AT), tmp_path / "no" / "a.pdf", "t", "f")
