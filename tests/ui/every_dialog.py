"""Makes every dialog and window of the program, with what it needs from a real desk."""

import importlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from deskapp.app import Windows
from deskapp.domain.ids import TicketId
from deskapp.domain.join_link import JoinLink
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.last_edits import LastEdit
from deskapp.domain.linking import LinkedTicket
from deskapp.domain.order_acts import ActKind
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import ReturnEdit, ReturnKind
from deskapp.domain.saved_views import SavedView
from deskapp.domain.stale import Clash
from deskapp.domain.tickets import TicketEdit
from deskapp.making import Maker
from deskapp.moving import DeskMover
from deskapp.secrets import SessionSecrets
from deskapp.settings import Settings
from deskapp.ui.bridge import Bridge
from deskapp.ui.pieces.asked_both import ask_both
from deskapp.ui.pieces.conflict import Difference
from deskapp.ui.settings.away_dialog import about
from deskapp.ui.settings.invite_dialog import Invitation
from deskapp.ui.settings.leave_dialog import in_hand

Make = Callable[[Windows], QWidget]


def _of(place: str, *arguments: Callable[[Windows], object], **named: object) -> Make:
    """Makes the class at ``place`` ("inbox.tags_dialog.TagsDialog")."""
    module, _dot, name = place.rpartition(".")

    def make(windows: Windows) -> QWidget:
        kind: Any = getattr(importlib.import_module(f"deskapp.ui.{module}"), name)
        made: QWidget = kind(*(one(windows) for one in arguments), **named)
        return made

    return make


def _shell(windows: Windows) -> object:
    return windows.shell


def _work(windows: Windows) -> object:
    return windows.work


def _asked(windows: Windows) -> object:
    return windows.shell.shell_actions


def _outside(windows: Windows) -> object:
    return windows.shell.shell_actions.outside


def _now(_windows: Windows) -> object:
    return datetime.now(UTC).astimezone()


def _a_customer(windows: Windows) -> object:
    desk = windows.work._desk
    return desk.customers.record(desk.customers.ids()[0])


def _a_contact(windows: Windows) -> object:
    desk = windows.work._desk
    return desk.customers.record(desk.customers.ids()[0]).contacts[0]


def _a_conversation(windows: Windows) -> object:
    desk = windows.work._desk
    return desk.tickets.conversation(desk.tickets.view_ids("all_open")[0])


def _some_tickets(windows: Windows) -> object:
    return windows.work._desk.tickets.view_ids("all_open")[:3]


def a_ticket(windows: Windows) -> object:
    return windows.work._desk.tickets.view_ids("all_open")[0]


def _staff(windows: Windows) -> object:
    return windows.work._desk.agents.list()


def _an_absence(windows: Windows) -> object:
    desk = windows.work._desk
    return about(desk, desk.agents.list()[0].id)


def _with_login(windows: Windows) -> object:
    return replace(windows.work._desk.agents.list()[0], login="anna.t")


def _a_leaver(windows: Windows) -> object:
    desk = windows.work._desk
    return in_hand(desk, desk.agents.add("Nguyễn Thị Ánh Tuyết"))


def _tags(windows: Windows) -> object:
    return windows.work._desk.tags.list()


def _a_tag(windows: Windows) -> object:
    return windows.work._desk.tags.list()[0]


def _an_order(windows: Windows) -> object:
    return windows.work._desk.orders.seen_from(windows.work._desk.orders.ids()[0], None)


def _a_detail(windows: Windows) -> OrderDetail:
    orders = windows.work._desk.orders
    return orders.detail(orders.ids()[0])


def _a_case(windows: Windows) -> object:
    returns = windows.work._desk.returns
    order = _a_detail(windows).row.id
    made = returns.add(ReturnKind.COMPLAINT, ReturnEdit(reason="Scratched"), order=order)
    return returns.get(made)


def _made(place: str) -> Any:
    module, _dot, name = place.rpartition(".")
    return getattr(importlib.import_module(f"deskapp.ui.order_work.{module}"), name)


def _a_mover(windows: Windows) -> DeskMover:
    asleep = [lambda: None] * 3
    return DeskMover(windows.work._desk.database.address, Settings(), SessionSecrets(), *asleep)


def _a_view(_windows: Windows) -> object:
    return SavedView(None, "Mine in Vietnamese", "tag:vi")


def _children(_windows: Windows) -> object:
    return {TicketId(1): (LinkedTicket(TicketId(2), 2, "Where is my parcel?"),)}


def _never_there(_waits: object) -> object:
    raise Problem(ProblemKind.DATABASE_UNREACHABLE)


def _loose(what: object) -> Callable[[Windows], object]:
    return lambda _windows: what


_LINK = JoinLink("minh", "db.example", 5432, "shop", "1f0c")
INVITED = Invitation("Minh", _LINK, datetime(2026, 11, 29, tzinfo=UTC), "of-no-account")
CLASH = Clash(TicketId(1), 12, EventKind.STATUS, "open", "closed", "Olga", datetime.now(UTC))

DIALOGS: dict[str, Make] = {
    "ImportDialog": _of("orders.import_dialog.ImportDialog", _work, _outside),
    "LaterDialog": _of("compose.later_dialog.LaterDialog", _now),
    "MergeDialog": _of("customers.merge_dialog.MergeDialog", _work, _a_customer),
    "ConsentDialog": _of("customers.consent_dialog.ConsentDialog", _work, _a_customer),
    "ContactDialog": _of("customers.contact_dialog.ContactDialog", _work, _a_contact),
    "ChangesDialog": _of("customers.changes_dialog.ChangesDialog", _loose(())),
    "FieldDialog": _of("settings.fields.FieldDialog", _work, _loose(None)),
    "EraseDialog": _of(
        "customers.erase_dialog.EraseDialog", _work, _a_customer, _loose(Path("nowhere"))
    ),
    "DuplicatesDialog": _of("customers.duplicates_dialog.DuplicatesDialog", _work),
    "PeopleImportDialog": _of("customers.import_dialog.PeopleImportDialog", _work, _outside),
    "NewCustomer": _of("customers.new_customer.NewCustomer", _work),
    "_ReportDialog": _of("bug_report._ReportDialog", _loose("details"), _shell),
    "OrderWindow": _of(
        "orders.order_window.OrderWindow", _an_order, _work, _asked, _loose("vi")
    ),
    "NewReturn": lambda windows: _made("new_return.NewReturn")(
        windows.work, _a_detail(windows), a_ticket(windows), {}, date(2026, 11, 22)
    ),
    "ReturnSheet": lambda windows: _made("return_dialog.ReturnSheet")(
        windows.work, _a_case(windows), _a_detail(windows).lines, {}, date(2026, 11, 22)
    ),
    "OrderFormDialog": lambda windows: _made("order_form_dialog.OrderFormDialog")(
        windows.work, a_ticket(windows), _a_detail(windows)
    ),
    "ActForm": lambda windows: _made("act_form.ActForm")(
        windows.work, _a_detail(windows), ActKind.REFUND, None
    ),
    "OrderWork": _of("order_work.window.OrderWork", _work, _asked),
    "ShortcutsDialog": _of("shortcuts_dialog.ShortcutsDialog", _shell),
    "AgentDialog": _of("settings.agent_dialog.AgentDialog", _work),
    "InviteDialog": _of("settings.invite_dialog.InviteDialog", lambda _windows: INVITED),
    "SignInDialog": _of("settings.sign_in_dialog.SignInDialog", _work, _with_login),
    "LeaveDialog": _of("settings.leave_dialog.LeaveDialog", _work, _a_leaver),
    "HeldDialog": _of("settings.held_dialog.HeldDialog", _work, _asked),
    "SourceDialog": _of("settings.source_dialog.SourceDialog", _work, _outside),
    "MailboxDialog": _of("settings.mailbox_dialog.MailboxDialog", _work, _outside),
    "DeskMoveDialog": _of(
        "settings.desk_move_dialog.DeskMoveDialog", _a_mover, _loose("desk.db"), _loose(False)
    ),
    "OutboxPanel": lambda windows: windows.shell.show_outbox(),
    "ApprovalPanel": _of("approvals.panel.ApprovalPanel", _work, _loose(Bridge()), _asked),
    "ReturnDialog": _of("approvals.return_dialog.ReturnDialog", _loose("Nguyễn Thị Minh Châu")),
    "Wizard": _of("setup.wizard.Wizard", _outside, _loose(Maker())),
    "DeskAway": _of(
        "setup.desk_away.DeskAway", _loose("postgresql://db.example/desk"), _loose(_never_there)
    ),
    "AskDeskPassword": _of(
        "setup.ask_desk_password.AskDeskPassword",
        _loose("db.example/desk"),
        _loose(Problem(ProblemKind.DATABASE_UNREACHABLE)),
        _loose(True),
    ),
    "AskPassword": _of(
        "setup.ask_password.AskPassword", _loose(["a@b.example"]), _loose(SessionSecrets())
    ),
    "NewTicketDialog": _of("inbox.new_ticket.NewTicketDialog", _work, _asked, _shell),
    "AskedBoth": lambda windows: ask_both(
        windows.shell,
        Difference("Automatic reply", "Cảm ơn bạn", "Off", "Out of office"),
        LastEdit("Olga", datetime.now(UTC)),
        lambda: None,
    ),
    "StaleEdit": _of(
        "inbox.stale_edit.StaleEdit",
        _loose(TicketEdit(status=TicketStatus.ON_HOLD)),
        _loose((CLASH,)),
        _loose(lambda _fact: ""),
    ),
    "TagsDialog": _of(
        "inbox.tags_dialog.TagsDialog", _loose(("a",)), _loose(("a", "b")), several=False
    ),
    "HistoryWindow": _of("inbox.history_window.HistoryWindow", _a_conversation),
    "EntryDialog": _of(
        "inbox.entry_dialog.EntryDialog", a_ticket, _loose(date(2026, 11, 23)), _work, _shell
    ),
    "HandOverDialog": _of("inbox.hand_over_dialog.HandOverDialog", a_ticket, _work, _shell),
    "BulkReplyDialog": _of(
        "inbox.bulk_reply.BulkReplyDialog", _some_tickets, _work, _asked, _shell
    ),
    "TeamDialog": _of("settings.teams.TeamDialog", _work, _loose(None), _loose(()), _staff),
    "AwayDialog": _of("settings.away_dialog.AwayDialog", _work, _an_absence),
    "TagDialog": _of("settings.tag_dialog.TagDialog", _work, _loose(None)),
    "TagMergeDialog": _of("settings.tag_dialog.TagMergeDialog", _work, _a_tag, _tags),
    "LabelDialog": _of("settings.labels.LabelDialog", _work, _loose(None)),
    "ViewDialog": _of("inbox.view_dialog.ViewDialog", _work, _a_view, _shell),
    "DueDialog": _of("inbox.due_dialog.DueDialog", _loose(None)),
    "MoveDialog": _of("inbox.move_dialog.MoveDialog", _a_conversation, _loose(None), _work),
    "LinkDialog": _of("inbox.link_dialog.LinkDialog", _a_conversation, _work),
    "ChildrenDialog": _of("inbox.children_dialog.ChildrenDialog", _children),
    "PrintDialog": _of("inbox.print_dialog.PrintDialog", _a_conversation, _asked, _shell),
    "OriginalDialog": _of("inbox.original.OriginalDialog", _asked, _shell),
    "SnoozeDialog": _of("inbox.snooze_dialog.SnoozeDialog", _now, keeps=False),
}  # fmt: skip
ELSEWHERE = {
    "FormDialog": "what the others are made from",
    "SharedForm": "what the others are made from",
    "MailWindow": "needs a mail inside a mail: tests/ui/inbox/test_reading.py",
    "ActSheet": "needs an act in a shop: tests/ui/order_work",
    "Report": "needs an import of replies: tests/ui/canned",
}
