"""Two people changed one thing: both values in each form, and beside a reply."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from PySide6.QtWidgets import QWidget

from deskapp.domain.kinds import Security
from deskapp.domain.last_edits import LastEdit
from deskapp.domain.mailboxes import MailboxSettings, Server
from deskapp.domain.order_forms import FormKind, FormText
from deskapp.domain.order_sources import SignIn, SourceKind, SourceSettings
from deskapp.domain.return_cases import ReturnEdit, ReturnKind, ReturnState
from deskapp.ui.order_work.order_form_dialog import OrderFormDialog
from deskapp.ui.order_work.return_dialog import ReturnSheet
from deskapp.ui.pieces import form
from deskapp.ui.pieces.asked_both import ask_both
from deskapp.ui.pieces.conflict import Difference
from deskapp.ui.settings.agent_dialog import AgentDialog
from deskapp.ui.settings.mailbox_dialog import MailboxDialog
from deskapp.ui.settings.source_dialog import SourceDialog
from deskapp.ui.settings.tag_dialog import TagDialog

from .camera import Camera
from .letters import LONG_CHINESE, LONG_RUSSIAN
from .stage import Stage

_LONG = "Nguyễn Thị Phương Anh Khánh Huyền Bảo Ngọc"


def play(stage: Stage, camera: Camera) -> None:
    """Each form is opened, somebody else saves, then it is saved."""
    if not camera.wants("meanwhile"):
        return
    for name, one in _FORMS.items():
        dialog, save = one(stage)
        dialog.show()
        camera.settle()
        save()
        camera.dialog(f"meanwhile-{name}", dialog)
        dialog.close()
    asked = ask_both(
        stage.shell,
        Difference("support@lotus-outdoor.example · Automatic reply", LONG_CHINESE, _LONG, "Off"),
        LastEdit(_LONG, datetime.now(UTC) - timedelta(minutes=4)),
        lambda: None,
    )
    camera.dialog("meanwhile-automatic", asked)
    asked.close()


Shown = tuple[QWidget, Callable[[], None]]


def _mailbox(stage: Stage) -> Shown:
    desk = stage.desk
    server = Server("mail.lotus-outdoor.example", 993, Security.TLS, "kho@lotus-outdoor.example")
    box = desk.mailboxes.add(MailboxSettings("kho@lotus-outdoor.example", "Kho", server, server))
    row = desk.mailboxes.get(box)
    dialog = MailboxDialog(stage.work, stage.shell.shell_actions.outside, row, stage.shell)
    theirs = replace(row.settings, name=LONG_CHINESE, imap=replace(server, host="imap.example"))
    desk.mailboxes.update(box, theirs)
    dialog.form.name.setText(f"{_LONG} – Lotus Outdoor")
    dialog.form.servers.imap.host.setText("mx.lotus-outdoor.example")
    return dialog, dialog.save


def _source(stage: Stage) -> Shown:
    desk = stage.desk
    settings = SourceSettings(SourceKind.WOOCOMMERCE, "Hats", "https://hats.example", SignIn.KEYS)
    source = desk.order_sources.add(settings)
    state = desk.order_sources.get(source)
    dialog = SourceDialog(stage.work, stage.shell.shell_actions.outside, state, stage.shell)
    desk.order_sources.change(source, replace(settings, name=LONG_CHINESE, every=30))
    dialog.fields.name.setText(_LONG)
    return dialog, dialog.save


def _return(stage: Stage) -> Shown:
    desk = stage.desk
    order = desk.orders.detail(desk.orders.ids()[0])
    made = desk.returns.add(ReturnKind.COMPLAINT, ReturnEdit(reason="-"), order=order.row.id)
    case = desk.returns.get(made)
    sheet = ReturnSheet(stage.work, case, order.lines, {}, date(2026, 11, 22), parent=stage.shell)
    desk.returns.edit(
        made,
        ReturnEdit(
            state=ReturnState.APPROVED,
            reason=LONG_CHINESE,
            carrier="Giao Hàng Nhanh",
        ),
    )
    form.choose(sheet.state, ReturnState.REFUSED)
    sheet.words.setPlainText(LONG_RUSSIAN)
    sheet.carrier.setText("DHL")
    return sheet, sheet.save


def _order_form(stage: Stage) -> Shown:
    desk, ticket = stage.desk, stage.tickets["files"]
    made = desk.order_forms.add(ticket, FormText(FormKind.CHANGE, note="-", order_number="1"))
    kept = desk.order_forms.get(made)
    dialog = OrderFormDialog(stage.work, ticket, None, kept, stage.shell)
    desk.order_forms.change(made, replace(kept.text, note=LONG_CHINESE))
    desk.order_forms.asked(made, _LONG)
    dialog.note.setPlainText(LONG_RUSSIAN)
    return dialog, dialog._done


def _tag(stage: Stage) -> Shown:
    desk = stage.desk
    made = desk.tags.add("đổi trả gấp lắm")
    [row] = [one for one in desk.tags.list() if one.id == made]
    dialog = TagDialog(stage.work, row, stage.shell)
    desk.tags.rename(made, LONG_CHINESE[:60])
    dialog.name.setText(_LONG)
    return dialog, dialog.save


def _agent(stage: Stage) -> Shown:
    desk = stage.desk
    made = desk.agents.add("Phạm Minh", "minh.pham@lotus-outdoor.example")
    dialog = AgentDialog(stage.work, desk.agents.get(made), stage.shell)
    desk.agents.edit(made, name=_LONG, email="anh@lotus-outdoor.example")
    dialog.name.setText("王小明")
    dialog.email.setText("xiaoming.wang.customer.service@lotus-outdoor.example")
    return dialog, dialog.save


_FORMS: dict[str, Callable[[Stage], Shown]] = {
    "mailbox": _mailbox,
    "source": _source,
    "return": _return,
    "order-form": _order_form,
    "tag": _tag,
    "agent": _agent,
}
