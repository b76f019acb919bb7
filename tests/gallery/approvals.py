"""Replies of juniors: strip and button of who writes, panel and composer of who approves."""

from dataclasses import replace

from deskapp.domain.approvals import ApprovalRow
from deskapp.domain.ids import AgentId, ApprovalId, TicketId
from deskapp.domain.mail import Address
from deskapp.domain.rich_reader import read_own
from deskapp.domain.rich_text import letters
from deskapp.ui.approvals import show_approvals
from deskapp.ui.approvals.return_dialog import ReturnDialog

from . import letters as samples
from .camera import Camera
from .stage import Stage

_WORDS = ("return", "panel", "junior", "senior")
_VIETNAMESE = (
    "<p>Chào chị Châu,</p><p>Đơn hàng <b>#10482</b> sẽ đến vào <b>thứ sáu</b>. Chị kiểm tra giúp "
    "em:</p><ul><li>địa chỉ nhận hàng</li><li>số điện thoại</li></ul><p>Xin lỗi chị vì đã để "
    "chị chờ lâu.</p>"
)
_CHINESE = "<p>陳小姐您好，</p><p>新的外套（L 號）<b>明天</b>寄出，請您直接退回 M 號即可。</p>"


def play(stage: Stage, camera: Camera) -> None:
    """Two replies wait, one was edited, one came back; each as its people see it."""
    if not any(camera.wants(f"approvals-{name}") for name in _WORDS):
        return
    desk = stage.desk
    me = desk.agent
    assert me is not None
    junior = desk.agents.add(samples.LONG_NAME, role="junior")
    first, second = stage.some_open(2)
    one = _hand_in(stage, junior, first, _VIETNAMESE)
    _hand_in(stage, junior, second, _CHINESE)
    _as_senior(stage, camera, first, one)
    panel = show_approvals(
        stage.shell, stage.work, stage.shell._bridge, stage.shell.shell_actions, one
    )
    camera.settle()
    camera.dialog("approvals-panel-my-version", panel)
    panel.view.tabs.setCurrentIndex(2)
    camera.dialog("approvals-panel-handed-in", panel)
    panel.close()
    dialog = ReturnDialog(samples.LONG_NAME, stage.shell)
    camera.dialog("approvals-return", dialog)
    dialog.close()
    _as_junior(stage, camera, junior, first, one)
    desk.agent = me


def _hand_in(stage: Stage, junior: AgentId, ticket: TicketId, html: str) -> ApprovalId:
    desk, me = stage.desk, stage.desk.agent
    desk.agent = junior
    draft = replace(desk.replies.draft(ticket), body=_body(html), html=html)
    draft = desk.replies.attach(draft, "bảng giá.pdf", "application/pdf", b"%PDF")
    made = desk.approvals.submit(draft, force=True)
    desk.agent = me
    return made


def _body(html: str) -> str:
    return letters(read_own(html))


def _as_senior(stage: Stage, camera: Camera, ticket: TicketId, one: ApprovalId) -> None:
    page, desk = stage.inbox, stage.desk
    stage.shell.shell_actions.open_ticket(ticket)
    camera.settle()
    camera.window("approvals-senior-strip")
    row: ApprovalRow = desk.approvals.open(one).row
    stage.shell.shell_actions.review_wanted.emit(row)
    camera.settle()
    composer = page.conversation.composer
    line = composer.keeper.line("review")
    assert line is not None
    stored = line.saved
    html = _VIETNAMESE.replace("thứ sáu", "thứ hai, 30/11").replace("Xin lỗi chị", "Xin lỗi")
    desk.replies.save(
        replace(
            stored,
            body=_body(html),
            html=html,
            cc=(Address("Trần Thị Bích Ngọc", "ngoc@customer.example"),),
            files=(),
        )
    )
    composer.keeper.ask_again()
    camera.settle()
    camera.window("approvals-senior-edits")


def _as_junior(
    stage: Stage, camera: Camera, junior: AgentId, ticket: TicketId, one: ApprovalId
) -> None:
    desk, page, asked = stage.desk, stage.inbox, stage.shell.shell_actions
    me = desk.agent
    desk.agent = junior
    _open_anew(stage, camera, ticket)
    camera.window("approvals-junior-waits")
    desk.agent = me
    opened = desk.approvals.open(one)
    desk.approvals.give_back(
        one, opened.row.version, "Nói rõ ngày giao, và gọi cho kho.", opened.mine
    )
    desk.agent = junior
    _open_anew(stage, camera, ticket)
    camera.window("approvals-junior-returned")
    panel = show_approvals(stage.shell, stage.work, stage.shell._bridge, asked, one)
    camera.settle()
    camera.dialog("approvals-panel-junior", panel)
    panel.close()
    again = desk.approvals.submit(desk.replies.draft(ticket), force=True)
    desk.agent = me
    mine = desk.reviewing.begin(again)
    html = _VIETNAMESE.replace("thứ sáu", "thứ hai")
    sent = desk.approvals.approve(again, 1, replace(mine, body=_body(html), html=html), force=True)
    _open_anew(stage, camera, ticket)
    page.conversation.messages.show_message(sent.message)
    camera.settle()
    camera.window("approvals-senior-sent")


def _open_anew(stage: Stage, camera: Camera, ticket: TicketId) -> None:
    """As whoever acts now sees it."""
    stage.inbox.conversation.close_ticket()
    camera.settle()
    stage.inbox.conversation.open_ticket(ticket)
    camera.settle()
