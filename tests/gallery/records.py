"""Customers' records: everything known of one, nearly nothing of another, edited, a company."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind, FieldKind, Purpose
from deskapp.domain.mail import Address
from deskapp.domain.people import CustomerEdit
from deskapp.domain.timeline import Happening
from deskapp.ui.customers.changes_dialog import ChangesDialog
from deskapp.ui.customers.consent_dialog import ConsentDialog
from deskapp.ui.customers.contact_dialog import ContactDialog
from deskapp.ui.customers.page import CustomersPage
from deskapp.ui.pieces.scrolled import Scrolled
from deskapp.ui.settings.page import SettingsPage

from .camera import SMALL, WIDE, Camera
from .stage import Stage

_MUST_KNOW = "Gọi sau 18:00. Dị ứng len: không thay bằng hàng len. Đã đổi hai lần vì sai cỡ."


def play(stage: Stage, camera: Camera) -> None:
    """In the Customers page, and what opens from there."""
    if not camera.wants("customer"):
        return
    desk, shell = stage.desk, stage.shell
    known, bare = _known(stage), desk.customers.create("王小明", "wang@example.com")
    page = shell.show_page("customers")
    assert isinstance(page, CustomersPage)
    _open(camera, page, known)
    camera.window("customer-record")
    _to_the_end(page)
    camera.window("customer-axis")
    page.record.timeline.kinds[Happening.NOTE].click()
    camera.settle()
    _to_the_end(page)
    camera.window("customer-axis-notes", [SMALL])
    _open(camera, page, bare)
    camera.window("customer-bare")
    page.record.contacts.value.setText("short@customer.example")
    page.record.contacts.add.click()
    camera.settle()
    camera.window("customer-contact-of-another", [SMALL])
    page.record.forget_typing()
    _open(camera, page, known)
    page.record.edit()
    camera.window("customer-edited", [WIDE])
    page.record.forget_typing()
    record = desk.customers.record(known)
    windows: dict[str, QWidget] = {
        "customer-consent": ConsentDialog(stage.work, record, shell),
        "customer-contact": ContactDialog(stage.work, record.contacts[-1], shell),
        "customer-changes": ChangesDialog(desk.customers.history(known), shell),
    }
    for name, dialog in windows.items():
        camera.dialog(name, dialog)
        dialog.close()
    _alone(stage, camera, known)
    settings = shell.show_page("settings")
    assert isinstance(settings, SettingsPage)
    settings.show_section("fields")
    camera.settle()
    camera.window("customer-fields-in-settings", [SMALL])
    shell.show_page("inbox")
    stage.inbox.open_ticket(stage.tickets["short"])
    camera.settle()
    camera.window("customer-card-must-know")


def _alone(stage: Stage, camera: Camera, known: CustomerId) -> None:
    record = stage.desk.customers.record(known)
    alone = stage.shell._own_windows.open_customer(known)
    camera.settle()
    camera.window("customer-own-window", [(820, 780)], alone)
    alone.close()
    if record.company_id is not None:
        company = stage.shell._own_windows.open_company(record.company_id)
        camera.settle()
        camera.window("customer-company", [(820, 780)], company)
        company.close()


def _open(camera: Camera, page: CustomersPage, one: CustomerId) -> None:
    page.open_customer(one)
    camera.settle()


def _to_the_end(page: CustomersPage) -> None:
    for area in page.findChildren(Scrolled):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def _known(stage: Stage) -> CustomerId:
    """The customer of the ticket "short", with everything that a record can hold."""
    desk, customers = stage.desk, stage.desk.customers
    one = desk.tickets.row(stage.tickets["short"]).customer_id
    assert one is not None
    talk = desk.tickets.row(stage.tickets["talk"]).id
    desk.newcomers.make_customer(talk, Address("", "short@customer.example"))
    _fields(desk, one)
    customers.edit(
        one,
        CustomerEdit(
            must_know=_MUST_KNOW, time_zone="America/New_York", country="VN", honorific="chị",
            call_name="Hương", vip=True, company="Công ty TNHH Thương mại Dịch vụ Lotus",
        ),
    )  # fmt: skip
    customers.add_contact(one, ContactKind.MAIL, "huong.private@mail-vn.biz", label="home")
    phone = customers.add_contact(one, ContactKind.PHONE, "0938 111 222", label="work")
    customers.add_contact(one, ContactKind.HANDLE, "https://zalo.me/0938111222")
    customers.add_contact(one, ContactKind.POSTAL, "12 Lê Lợi, phường Hải Châu 1\nĐà Nẵng",
                          label="home", country="VN")  # fmt: skip
    desk.customers.make_primary(phone)
    customers.tag(one, ["wholesale", "Đổi trả", "винтажная коллекция"])
    customers.consent(one, Purpose.MAIL, False, reason="Chỉ trả lời khi khách hỏi.",
                      source="a call", until=stage.now + timedelta(days=90))  # fmt: skip
    customers.consent(one, Purpose.OFFERS, True, source="shop form")
    customers.add_note(one, "Khách quen từ 2019, luôn hỏi về cỡ giày.\nKhông gọi buổi sáng.")
    company = customers.record(one).company_id
    if company is not None:
        desk.companies.add_note(
            company, "Contract until 2027; answers go to the office in Đà Nẵng."
        )
    return one


def _fields(desk: Desk, one: CustomerId) -> None:
    size = desk.fields.add("Cỡ áo", FieldKind.CHOICE, "S\nM\nL\nXL")
    day = desk.fields.add("День рождения", FieldKind.DAY)
    shoe = desk.fields.add("Shoe size", FieldKind.NUMBER)
    desk.fields.add("Newsletter on paper", FieldKind.YES_NO)
    desk.customers.set_field(one, size, "M")
    desk.customers.set_field(one, size, "L")
    desk.customers.set_field(one, day, "22.11.1990")
    desk.customers.set_field(one, shoe, "38,5")
