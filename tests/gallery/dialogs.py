"""The dialogs of the Inbox, and what lies over the whole window."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtWidgets import QMessageBox, QWidget

from deskapp.domain.kinds import View
from deskapp.domain.linking import LinkedTicket
from deskapp.domain.tickets import MessageRow, TicketRow
from deskapp.ui.inbox.bulk_reply import BulkReplyDialog
from deskapp.ui.inbox.children_dialog import ChildrenDialog
from deskapp.ui.inbox.due_dialog import DueDialog
from deskapp.ui.inbox.entry_dialog import EntryDialog
from deskapp.ui.inbox.filed_words import show_how_filed
from deskapp.ui.inbox.history_window import HistoryWindow
from deskapp.ui.inbox.link_dialog import LinkDialog
from deskapp.ui.inbox.merge_dialog import MergeDialog
from deskapp.ui.inbox.move_dialog import MoveDialog
from deskapp.ui.inbox.new_ticket import NewTicketDialog
from deskapp.ui.inbox.print_dialog import PrintDialog
from deskapp.ui.inbox.snooze_dialog import SnoozeDialog
from deskapp.ui.inbox.tags_dialog import TagsDialog
from deskapp.ui.inbox.view_dialog import ViewDialog
from deskapp.ui.shortcuts_dialog import ShortcutsDialog

from .camera import SMALL, WIDE, Camera
from .stage import Stage


def play(stage: Stage, camera: Camera) -> None:
    """Each over the main window as it would stand there."""
    for name, make in _dialogs(stage).items():
        if not camera.wants(f"dialog-{name}"):
            continue
        dialog = make()
        camera.dialog(f"dialog-{name}", dialog)
        dialog.close()
    for size in (WIDE, SMALL):
        stage.shell.resize(*size)
        stage.shell.show_palette()
        camera.settle()
        camera.window("palette", [size])
        stage.shell.show_palette().hide()
    _menus(stage, camera)


def _dialogs(stage: Stage) -> dict[str, Callable[[], QWidget]]:
    shell, work, desk = stage.shell, stage.work, stage.desk
    asked, now = shell.shell_actions, datetime.now(UTC).astimezone()
    files, talk = stage.tickets["files"], stage.tickets["talk"]
    some = desk.tickets.rows(stage.some_open(3))
    tags = desk.tickets.row(files).tags
    pinned = desk.views.list()
    return {
        "due": lambda: DueDialog(None, shell),
        "snooze": lambda: SnoozeDialog(now, keeps=False, parent=shell),
        "tags": lambda: TagsDialog(tags, desk.tickets.tags(), several=False, parent=shell),
        "tags-of-many": lambda: TagsDialog((), desk.tickets.tags(), several=True, parent=shell),
        "entry": lambda: EntryDialog(files, now.date(), work, shell),
        "merge-one": lambda: MergeDialog(some[:1], work, shell),
        "merge-many": lambda: MergeDialog(some, work, shell),
        "view": lambda: ViewDialog(work, pinned[1], shell),
        "history": lambda: HistoryWindow(desk.tickets.conversation(files), shell),
        "print": lambda: PrintDialog(desk.tickets.conversation(files), asked, shell),
        "bulk-reply": lambda: BulkReplyDialog(
            desk.tickets.view_ids(View.ALL_OPEN)[:40], work, asked, shell
        ),
        "move-messages": lambda: MoveDialog(desk.tickets.conversation(talk), None, work, shell),
        "link": lambda: LinkDialog(desk.tickets.conversation(talk), work, shell),
        "children": lambda: ChildrenDialog({some[0].id: tuple(map(_linked, some[1:]))}, shell),
        "how-filed": lambda: how_filed(desk.tickets.conversation(talk).messages[0], shell),
        "new-ticket": lambda: NewTicketDialog(work, asked, shell),
        "keys": lambda: ShortcutsDialog(shell),
    }


def _linked(row: TicketRow) -> LinkedTicket:
    return LinkedTicket(row.id, row.number, row.subject)


def how_filed(message: MessageRow, shell: QWidget) -> QWidget:
    """The box that tells how a message was filed."""
    show_how_filed(message, shell)
    return shell.findChildren(QMessageBox)[-1]


def _menus(stage: Stage, camera: Camera) -> None:
    actions = stage.inbox.actions_on_tickets
    stage.inbox.open_ticket(stage.tickets["files"])
    camera.settle()
    for name, menu in (
        ("status", actions.status_menu),
        ("assign", actions.assign_menu),
        ("snooze", actions.snooze_menu),
        ("list-looks", stage.inbox.list._compact.parent()),
    ):
        menu.popup(stage.shell.mapToGlobal(stage.shell.rect().center()))
        camera.dialog(f"menu-{name}", menu)
        menu.close()
