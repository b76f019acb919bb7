"""Walks every page, section and dialog as somebody does who sees nothing and has no mouse."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QTextEdit,
    QTreeView,
    QWidget,
)

import deskapp.ui
from deskapp.app import Windows, sample
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.linking import LinkedTicket
from deskapp.domain.order_acts import ActKind
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.return_cases import ReturnEdit, ReturnKind
from deskapp.domain.saved_views import SavedView
from deskapp.domain.stale import Clash
from deskapp.domain.tickets import TicketEdit
from deskapp.making import Maker
from deskapp.secrets import SessionSecrets
from deskapp.ui.bridge import Bridge
from deskapp.ui.inbox.page import InboxPage
from deskapp.ui.pages import PAGES
from deskapp.ui.pictures import settle
from deskapp.ui.pieces.card import Card
from deskapp.ui.settings.away_dialog import about
from deskapp.ui.settings.page import SettingsPage
from tests.ui.named import nameless

_TYPED_IN = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QKeySequenceEdit, QComboBox)
_CONTROLS = (*_TYPED_IN, QAbstractButton, QAbstractItemView, QTabBar)
_MOST_TABS, _ROWS_HEARD = 400, 5


@pytest.fixture(scope="module")
def windows(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    """The sample desk in its real shell, a ticket open."""
    with ExitStack() as house:
        made = sample(tmp_path_factory.mktemp("desk"), house)
        made.shell.resize(1440, 900)
        made.shell.show()
        QTest.qWaitForWindowActive(made.shell)
        inbox = made.shell.page("inbox")
        assert isinstance(inbox, InboxPage)
        inbox.show_view("all_open")
        settle(made.shell)
        inbox.list.list.choose_first()
        settle(made.shell)
        yield made
        made.shell.close()


def unsaid(window: QWidget) -> list[str]:
    """What takes the keyboard and has no name; beside the controls also texts and tab bars."""
    found = nameless(window)
    for one in window.findChildren(QWidget):
        if isinstance(one, QTextEdit | QTabBar | QAbstractSpinBox | QKeySequenceEdit):
            named = one.accessibleName() or one.parentWidget().accessibleName()
            if one.isVisible() and not named:
                found.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
    return found


def silent(window: QWidget) -> list[str]:
    """What Tab or a click leads to, whatever it is, and a screen reader has no name for."""
    found = []
    for one in [window, *window.findChildren(QWidget)]:
        stands = one.isVisible() and one.window() is window and not one.objectName()
        part = isinstance(one.parentWidget(), _TYPED_IN)
        if stands and not part and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
            spoken = QAccessible.queryAccessibleInterface(one)
            if spoken is None or not spoken.text(QAccessible.Text.Name):
                found.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
    return found


def speechless(window: QWidget) -> list[str]:
    """Rows that are no single sentence: of lists, trees and tables, each of their cells."""
    found = []
    for view in window.findChildren(QAbstractItemView):
        if isinstance(view, QHeaderView) or not view.isVisible():
            continue
        lines, root = view.model(), view.rootIndex()
        for row in range(min(lines.rowCount(root), _ROWS_HEARD)):
            at = lines.index(row, 0, root)
            said = at.data(Qt.ItemDataRole.AccessibleTextRole) or at.data()
            if not said or "\n" in str(said):
                found.append(f"{view.accessibleName()}, row {row}: {said!r}")
            cells = [lines.index(row, n, root).data() for n in range(1, _columns(view))]
            told = at.data(Qt.ItemDataRole.AccessibleTextRole)
            if any(cells) and not told:  # else the reader says the first cell alone
                found.append(f"{view.accessibleName()}, row {row}: of {cells!r} nothing is said")
    return found


def _columns(view: QAbstractItemView) -> int:
    return view.header().count() if isinstance(view, QTreeView) else 1


def unheard(window: QWidget) -> list[str]:
    return [*unsaid(window), *silent(window), *speechless(window)]


def controls(window: QWidget) -> list[QWidget]:
    """What a mouse could use in the window as it stands."""
    return [
        one
        for one in window.findChildren(QWidget)
        if isinstance(one, _CONTROLS)
        and not isinstance(one, QHeaderView)
        and one.isVisible()
        and one.isEnabled()
        and one.window() is window
        and not isinstance(one.parentWidget(), _TYPED_IN)
        and not one.objectName().startswith("qt_")
        and one.property("keysElsewhere") is None
    ]


def out_of_reach(window: QWidget) -> list[str]:
    """Controls to which no number of Tabs leads. A group of radio buttons is one stop."""
    wanted = controls(window)
    if not wanted:
        return []
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    first = next((one for one in wanted if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
    if first is None:
        return [_named(one) for one in wanted]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen: set[int] = set()
    for _ in range(_MOST_TABS):
        focus = QApplication.focusWidget()
        if focus is None:
            break
        seen.add(id(focus))
        if focus.focusProxy() is not None:
            seen.add(id(focus.focusProxy()))
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return [_named(one) for one in wanted if id(one) not in seen and not _stands_for(one, seen)]


def ringless(window: QWidget) -> list[str]:
    """Stops of Tab that look with the keyboard as they do without it."""
    QApplication.setCursorFlashTime(0)  # a caret that blinks is no ring
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    found, seen = [], set[int]()
    while (focus := QApplication.focusWidget()) is not None and id(focus) not in seen:
        seen.add(id(focus))
        around = focus.parentWidget()
        shown = around if isinstance(around, Card) else focus  # a mail's ring is its card's
        place = QRect(shown.mapTo(window, QPoint()), shown.size()).adjusted(-3, -3, 3, 3)
        QApplication.processEvents()
        with_keys = window.grab(place).toImage()
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        QApplication.processEvents()
        if window.grab(place).toImage() == with_keys:
            found.append(_named(focus))
    return found


def _stands_for(one: QWidget, seen: set[int]) -> bool:
    """One of a group is reached by arrow keys from the one that is chosen."""
    if isinstance(one, QAbstractButton):
        group = one.group()
        among = group.buttons() if group is not None and group.exclusive() else []
        if isinstance(one, QRadioButton):
            among = one.parentWidget().findChildren(QRadioButton)
        if any(id(other) in seen for other in among):
            return True
    proxy = one.focusProxy()
    return proxy is not None and id(proxy) in seen


def _named(one: QWidget) -> str:
    text = one.text() if isinstance(one, QAbstractButton) else ""
    return f"{type(one).__name__} “{one.accessibleName() or text}” in {type(one.parent()).__name__}"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_heard_and_walked(windows: Windows, name: str) -> None:
    windows.shell.show_page(name)
    settle(windows.shell)
    assert unheard(windows.shell) == []
    assert out_of_reach(windows.shell) == []
    assert ringless(windows.shell) == []


@pytest.mark.parametrize("name", ["a ticket", "canned"])
def test_every_window_of_its_own_can_be_heard_and_walked(windows: Windows, name: str) -> None:
    if name in PAGES:
        window = windows.shell.open_in_own_window(name)
    else:
        windows.shell.shell_actions.open_ticket_window(_a_ticket(windows))
        window = windows.shell._own_windows.all()[-1]
    settle(windows.shell)
    assert unheard(window) == []
    assert out_of_reach(window) == []
    window.close()


def test_every_section_of_the_settings_can_be_heard_and_walked(windows: Windows) -> None:
    page = windows.shell.show_page("settings")
    assert isinstance(page, SettingsPage)
    for row in range(page.list.count()):
        page.list.setCurrentRow(row)
        settle(windows.shell)
        assert (page.list.item(row).text(), unheard(windows.shell)) == (
            page.list.item(row).text(), [],
        )  # fmt: skip
        assert (page.list.item(row).text(), out_of_reach(windows.shell)) == (
            page.list.item(row).text(), [],
        )  # fmt: skip


def test_rows_of_the_list_are_one_sentence_each(windows: Windows) -> None:
    inbox = windows.shell.show_page("inbox")
    assert isinstance(inbox, InboxPage)
    settle(windows.shell)
    rows = inbox.list.list.model()
    said = rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(said, str) and len(said.split(", ")) >= 3 and "\n" not in said


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


def _a_ticket(windows: Windows) -> object:
    return windows.work._desk.tickets.view_ids("all_open")[0]


def _staff(windows: Windows) -> object:
    return windows.work._desk.agents.list()


def _an_absence(windows: Windows) -> object:
    desk = windows.work._desk
    return about(desk, desk.agents.list()[0].id)


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


def _returns(name: str) -> Any:
    return _made(f"return_dialog.{name}")


def _a_view(_windows: Windows) -> object:
    return SavedView(None, "Mine in Vietnamese", "tag:vi")


def _children(_windows: Windows) -> object:
    return {TicketId(1): (LinkedTicket(TicketId(2), 2, "Where is my parcel?"),)}


def _never_there() -> object:
    raise Problem(ProblemKind.DATABASE_UNREACHABLE)


def _loose(what: object) -> Callable[[Windows], object]:
    return lambda _windows: what


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
    "NewReturn": lambda windows: _returns("NewReturn")(
        windows.work, _a_detail(windows), _a_ticket(windows), {}, date(2026, 11, 22)
    ),
    "ReturnSheet": lambda windows: _returns("ReturnSheet")(
        windows.work, _a_case(windows), _a_detail(windows).lines, {}, date(2026, 11, 22)
    ),
    "OrderFormDialog": lambda windows: _made("order_form_dialog.OrderFormDialog")(
        windows.work, _a_ticket(windows), _a_detail(windows)
    ),
    "ActForm": lambda windows: _made("act_form.ActForm")(
        windows.work, _a_detail(windows), ActKind.REFUND, None
    ),
    "OrderWork": _of("order_work.window.OrderWork", _work, _asked),
    "ShortcutsDialog": _of("shortcuts_dialog.ShortcutsDialog", _shell),
    "AgentDialog": _of("settings.agent_dialog.AgentDialog", _work),
    "HeldDialog": _of("settings.held_dialog.HeldDialog", _work, _asked),
    "SourceDialog": _of("settings.source_dialog.SourceDialog", _work, _outside),
    "MailboxDialog": _of("settings.mailbox_dialog.MailboxDialog", _work, _outside),
    "OutboxPanel": lambda windows: windows.shell.show_outbox(),
    "ApprovalPanel": _of("approvals.panel.ApprovalPanel", _work, _loose(Bridge()), _asked),
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
        "inbox.entry_dialog.EntryDialog", _a_ticket, _loose(date(2026, 11, 23)), _work, _shell
    ),
    "HandOverDialog": _of("inbox.hand_over_dialog.HandOverDialog", _a_ticket, _work, _shell),
    "BulkReplyDialog": _of(
        "inbox.bulk_reply.BulkReplyDialog", _some_tickets, _work, _asked, _shell
    ),
    "TeamDialog": _of("settings.teams.TeamDialog", _work, _loose(None), _staff),
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


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_can_be_heard_and_walked(windows: Windows, name: str) -> None:
    dialog = DIALOGS[name](windows)
    dialog.show()
    settle(windows.shell)
    assert unheard(dialog) == []
    assert out_of_reach(dialog) == []
    dialog.close()
    if name != "OutboxPanel":
        dialog.deleteLater()


def test_menus_and_what_opens_over_a_window_can_be_heard(windows: Windows) -> None:
    shell = windows.shell
    shell.activateWindow()
    QTest.qWaitForWindowActive(shell)
    inbox = shell.show_page("inbox")
    assert isinstance(inbox, InboxPage)
    inbox.list.list.choose_first()
    settle(shell)
    for menu in shell.findChildren(QMenu):
        menu.aboutToShow.emit()
        nameless = [one for one in menu.actions() if not (one.isSeparator() or one.text())]
        menu.aboutToHide.emit()
        assert (menu.title(), nameless) == (menu.title(), [])
    composer = inbox.conversation.composer
    shell.show_palette().field.setText("e")
    settle(shell)
    assert unheard(shell) == []
    shell.show_palette()  # closes it
    composer.focus_reply()
    composer.canned.open()
    settle(shell)
    assert composer.canned.picker.isVisible() and unheard(shell) == []
    composer.canned.close()
    composer.focus_note()
    settle(shell)
    QTest.keyClicks(composer.at.editor, "@")
    names = composer.mentions.popup
    assert names.isVisible() and names.accessibleName() and speechless(names.window()) == []
    names.hide()
    shell.top.field.setFocus()
    QTest.keyClicks(shell.top.field, "sta")
    assert unheard(shell) == []
    shell.top.field.clear()


def test_no_dialog_is_left_out_of_the_walk() -> None:
    here = Path(deskapp.ui.__file__).parent
    for module in pkgutil.walk_packages([str(here)], "deskapp.ui."):
        importlib.import_module(module.name)
    kinds, found = [QDialog], set()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("deskapp.ui"):
            found.add(kind.__name__)
    assert found - set(DIALOGS) - set(ELSEWHERE) == set()
