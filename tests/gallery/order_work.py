"""Return cases, order forms and acts in shops: each dialog, and what stands on order and ticket."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from deskapp.desk import Desk
from deskapp.domain.ids import OrderActId, TicketId
from deskapp.domain.order_act_rows import ActRow
from deskapp.domain.order_acts import (
    ActEnd,
    ActKind,
    ActPreview,
    ActReport,
    RefundOrder,
)
from deskapp.domain.order_forms import FormItem, FormKind, FormText
from deskapp.domain.order_rows import OrderDetail
from deskapp.domain.orders import OrderData, OrderLine, OrderStatus
from deskapp.domain.return_cases import (
    Condition,
    RefundState,
    ReturnEdit,
    ReturnItem,
    ReturnKind,
    ReturnReason,
    ReturnState,
)
from deskapp.ui.order_work.act_form import ActForm
from deskapp.ui.order_work.act_sheet import ActSheet
from deskapp.ui.order_work.new_return import NewReturn
from deskapp.ui.order_work.order_form_dialog import OrderFormDialog
from deskapp.ui.order_work.return_dialog import ReturnSheet
from deskapp.ui.order_work.window import OrderWork

from . import letters
from .camera import WIDE, Camera
from .stage import Stage

_TODAY = date(2026, 11, 22)
_NUMBER = "#70707"


def play(stage: Stage, camera: Camera) -> None:
    """The dialogs first, then the windows around them."""
    if not any(camera.wants(f"order-work-{name}") for name in ("act", "return", "form", "list")):
        return
    desk, ticket = stage.desk, stage.some_open(1)[0]
    order = _stock(desk, ticket)
    _acts(stage, camera, order, ticket)
    _returns(stage, camera, order, ticket)
    _forms(stage, camera, order, ticket)
    shell = stage.shell.shell_actions
    camera.dialog("order-work-list", OrderWork(stage.work, shell, stage.shell))
    stage.shell.show_page("settings").show_section("shops")  # type: ignore[attr-defined]
    camera.settle()
    camera.window("order-work-limits", [WIDE])
    shell.open_order(_NUMBER)
    camera.settle()
    camera.window("order-work-on-an-order")
    shell.open_ticket(ticket)
    camera.settle()
    camera.window("order-work-on-a-ticket")


def _stock(desk: Desk, ticket: TicketId) -> OrderDetail:
    agent = desk.agents.list()[0].id if desk.agent is None else desk.agent
    desk.agent = agent
    desk.agents.edit(agent, role="admin")
    lines = (
        OrderLine("TENT-2", "Lều hai người Bạch Mã, xanh rêu", Decimal(2), Decimal("129.00"), "1"),
        OrderLine("LAMP", "头灯 300 流明", Decimal(1), Decimal("24.50"), "2"),
    )
    data = OrderData(
        _NUMBER,
        standing=OrderStatus.DELIVERED,
        payment_status="paid",
        currency="EUR",
        total=Decimal("282.50"),
        customer_name=letters.LONG_NAME,
        email="mai@customer.example",
        lines=lines,
        ref="gid://70707",
    )
    desk.orders.save("Acting shop", "shopify", "", [data])
    found = desk.orders.detail(desk.orders.numbered(_NUMBER)[0])
    for kind in ActKind:
        desk.act_limits.switch(found.row.source_id, kind, True)
    for role in ("agent", "admin"):
        desk.act_limits.set_cap(role, "EUR", Decimal(500), Decimal(50))
    return found


def _acts(stage: Stage, camera: Camera, order: OrderDetail, ticket: TicketId) -> None:
    desk, shell = stage.desk, stage.shell.shell_actions
    for kind in (ActKind.REFUND, ActKind.CANCEL, ActKind.PLACE):
        dialog = ActForm(stage.work, order, kind, ticket, stage.shell)
        camera.dialog(f"order-work-act-{kind}", dialog)
        dialog.close()

    def shown(state: str, act: OrderActId) -> None:
        sheet = ActSheet(stage.work, shell, act, stage.shell)
        camera.dialog(f"order-work-act-{state}", sheet)
        sheet.close()

    seen = desk.order_acts.seen(order.row.id)
    wanted = RefundOrder(seen, Decimal("129.00"), "EUR", (), "Damaged", False, True, True)
    act = desk.order_acts.want(wanted, order.row.source_id, order=order.row.id, ticket=ticket)
    shown("asking", act)
    changed = OrderData(_NUMBER, status="on hold", currency="EUR", total=order.row.total)
    preview = ActPreview(changed, Decimal("129.00"), Decimal(0), "EUR", True, order.row.total)
    desk.act_work.show(desk.order_acts.get(act), preview)
    shown("preview", act)
    desk.order_acts.confirm(act, _NUMBER)
    _as_another(desk, lambda: shown("second-person", act))
    _as_another(desk, lambda: desk.order_acts.approve(act))
    begun: ActRow | None = desk.act_work.begin(desk.order_acts.get(act), "elsewhere")
    assert begun is not None
    desk.act_work.ended(begun, ActReport(ActEnd.UNCLEAR))
    shown("unclear", act)


def _as_another(desk: Desk, do: Callable[[], object]) -> None:
    me = desk.agent
    desk.agent = next(one.id for one in desk.agents.list() if one.id != me)
    do()
    desk.agent = me


def _returns(stage: Stage, camera: Camera, order: OrderDetail, ticket: TicketId) -> None:
    desk, one = stage.desk, order.row.id
    new = NewReturn(stage.work, order, ticket, desk.returns.left(one), _TODAY, stage.shell)
    camera.dialog("order-work-return-new", new)
    new.close()
    item = ReturnItem("", Decimal(1), "TENT-2", "", Condition.DAMAGED, "Lều cùng loại")
    given = ReturnEdit(
        reason_code=ReturnReason.DAMAGED,
        reason="Hộp bị móp, khung lều gãy hai chỗ; đã gửi ảnh.",
        items=(item,),
        deadline=date(2026, 11, 1),
    )
    case = desk.returns.add(ReturnKind.EXCHANGE, given, order=one, ticket=ticket)
    money = ReturnEdit(
        state=ReturnState.ON_THE_WAY,
        carrier="Giao Hàng Nhanh",
        tracking_number="GHN123456789",
        refund_state=RefundState.WANTED,
        refund_amount=Decimal("12.50"),
    )
    row = desk.returns.edit(case, money)
    left = desk.returns.left(one, case)
    sheet = ReturnSheet(stage.work, row, order.lines, left, _TODAY, can_take_back=True)
    camera.dialog("order-work-return", sheet)
    sheet.close()


def _forms(stage: Stage, camera: Camera, order: OrderDetail, ticket: TicketId) -> None:
    desk = stage.desk
    item = FormItem("Lều hai người Bạch Mã", Decimal(2), "TENT-2", Decimal("129.00"))
    text = FormText(FormKind.CHANGE, (item,), "45 Nguyễn Thị Minh Khai\nĐà Nẵng", "COD")
    form = desk.order_forms.add(ticket, text)
    desk.order_forms.asked(form, "Kho Đà Nẵng")
    kept = desk.order_forms.get(form)
    dialog = OrderFormDialog(stage.work, ticket, order, kept, stage.shell)
    camera.dialog("order-work-form", dialog)
    dialog.close()
