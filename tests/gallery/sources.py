"""Where orders come from: the section of the settings in its states, and the form of each kind."""

from datetime import timedelta

from deskapp.domain.order_faults import FaultKind, RowFault
from deskapp.domain.order_sources import SIGN_INS, SignIn, SourceKind, SourceSettings
from deskapp.domain.orders import Gap, OrderData, OrderPage, Shortfall
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.settings.source_dialog import SourceDialog

from .camera import Camera
from .stage import Stage

_KINDS = [kind for kind in SourceKind if kind is not SourceKind.FILE]
_STATES = ("settings-orders", *(f"dialog-source-{kind.value}" for kind in _KINDS))


def play(stage: Stage, camera: Camera) -> None:
    """The section as a team has it after a month, and forms that were filled in."""
    if not any(map(camera.wants, _STATES)):
        return
    page = stage.shell.show_page("settings")
    assert isinstance(page, SettingsPage)
    page.show_section("orders")
    camera.settle()
    _connect(stage)
    camera.settle()
    camera.window("settings-orders")
    for kind in _KINDS:
        _form(stage, camera, kind)


def _connect(stage: Stage) -> None:
    now, sources = stage.now, stage.desk.order_sources
    shopify = sources.add(
        SourceSettings(
            SourceKind.SHOPIFY, "Lotus Outdoor – Cửa hàng Thành phố Hồ Chí Minh",
            "lotus-outdoor-saigon", SignIn.CLIENT,
        )
    )  # fmt: skip
    gaps = (
        Shortfall(Gap.ONLY_SINCE, since=now - timedelta(days=60)),
        Shortfall(Gap.HIDDEN, ("email", "shippingAddress.name", "customer.defaultPhoneNumber")),
    )
    bought = tuple(OrderData(f"#{number}", email="x@y.example") for number in range(2000, 2040))
    sources.take_page(shopify, "", OrderPage(bought, gaps, mark="m"), first=True)
    woo = SourceSettings(
        SourceKind.WOOCOMMERCE, "山行戶外用品", "https://shop.example", SignIn.KEYS
    )
    refused = Problem(
        ProblemKind.SIGN_IN_REFUSED, what="shop", host="shop.example", clock=-780,
        said="Consumer secret is invalid.",
    )  # fmt: skip
    sources.note_trouble(sources.add(woo), refused, now + timedelta(hours=6))
    magento = SourceSettings(SourceKind.MAGENTO, "Магазин", "https://m.example", SignIn.OAUTH)
    away = Problem(ProblemKind.OFFLINE, what="shop", host="m.example", said="timed out")
    sources.note_trouble(sources.add(magento), away, now + timedelta(minutes=12))
    exports = sources.add(SourceSettings(SourceKind.FOLDER, "Etsy", "/srv/shared/etsy exports"))
    unread = Shortfall(Gap.FILE_UNREAD, ("EtsySoldOrders2026-11.csv", "file_unreadable:html"))
    bad = tuple(
        RowFault(row, FaultKind.BAD_MONEY, "n/a", "Order Total", f"33911045{row}")
        for row in (67, 71)
    )
    sources.take_page(exports, "", OrderPage((), (unread,), bad, mark="m"), first=True)
    base = SourceSettings(SourceKind.SQL, "Warehouse", "", SignIn.URL, query="SELECT 1")
    sources.switch(sources.add(base), on=False)


def _form(stage: Stage, camera: Camera, kind: SourceKind) -> None:
    dialog = SourceDialog(stage.work, stage.shell.shell_actions.outside, None, stage.shell)
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    dialog.fields.name.setText("Lotus Outdoor")
    dialog.fields.own_network.setChecked(kind is SourceKind.WOOCOMMERCE)
    dialog.fields.pattern.trial.setText("Đơn hàng #1001 của tôi đâu?")
    if kind is SourceKind.MAGENTO:
        dialog.fields.sign_in.setCurrentIndex(len(SIGN_INS[kind]) - 1)
    if kind is SourceKind.SHOPIFY:
        dialog._refused(
            Problem(
                ProblemKind.SCOPE_MISSING, what="shop", host="lotus.myshopify.com",
                scope="read_customers",
            )
        )  # fmt: skip
    camera.dialog(f"dialog-source-{kind.value}", dialog)
    dialog.close()
