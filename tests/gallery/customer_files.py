"""Customers many at a time, and one at the end: duplicates, merge, import, erase."""

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import ContactKind
from deskapp.domain.people import CustomerEdit
from deskapp.ui.customers.duplicates_dialog import DuplicatesDialog
from deskapp.ui.customers.erase_dialog import EraseDialog
from deskapp.ui.customers.import_dialog import PeopleImportDialog
from deskapp.ui.customers.merge_dialog import MergeDialog
from deskapp.ui.customers.page import CustomersPage

from .camera import Camera
from .stage import Stage

_LONG = "Nguyễn Phúc Hoàng Thị Minh Châu Thảo Nguyên Bảo Ngọc"
_FILE = (
    "Họ và tên;Email;Số điện thoại;Công ty;Ghi chú;Khác\n"
    f"{_LONG};chau.moi@example.com;0912 345 678;Lụa Hoàng Gia;Gọi sau 18:00;x\n"
    "王小明;wang.new@example.com;+86 138 0013 8000;;急件;y\n"
    "Hỏng;không-phải-thư;;;;z\n"
)


def play(stage: Stage, camera: Camera) -> None:
    """In the Customers page, and what opens from there."""
    if not camera.wants("people"):
        return
    desk, shell = stage.desk, stage.shell
    one, other = _pair(desk)
    page = shell.show_page("customers")
    assert isinstance(page, CustomersPage)
    page.open_customer(one)
    camera.settle()
    camera.window("people-duplicate-strip")
    merge = MergeDialog(stage.work, desk.customers.record(one), shell)
    merge.pick(other)
    folder = Path(tempfile.mkdtemp(prefix="deskapp-gallery-"))
    file = folder / "khách hàng.csv"
    file.write_text(_FILE, "utf-8")
    taken_in = PeopleImportDialog(stage.work, shell.shell_actions.outside, shell)
    taken_in.read_file(file)
    erase = EraseDialog(stage.work, desk.customers.record(one), folder, shell)
    windows: dict[str, QWidget] = {
        "people-duplicates": DuplicatesDialog(stage.work, shell),
        "people-merge": merge,
        "people-import": taken_in,
        "people-erase": erase,
    }
    for name, dialog in windows.items():
        dialog.show()
        camera.settle()
        camera.dialog(name, dialog)
        if dialog is not erase:
            dialog.close()
    desk.customers.merge(one, other)
    page.open_customer(one)
    camera.settle()
    camera.window("people-merged-strip")
    shell.show_page("inbox")
    erase.close()


def _pair(desk: Desk) -> tuple[CustomerId, CustomerId]:
    one = desk.customers.create(_LONG, "chau.nguyen@lotus.example", "+84 912 345 999")
    other = desk.customers.create("Nguyễn Minh Châu", "chau.nguyen+shop@lotus.example")
    desk.customers.edit(
        one, CustomerEdit(honorific="Chị", must_know="Gọi sau 18:00", language="vi")
    )
    desk.customers.edit(other, CustomerEdit(honorific="Cô", must_know="Dị ứng len", language="en"))
    desk.customers.add_contact(other, ContactKind.PHONE, "0912345999")
    while desk.duplicates.look():
        pass
    return one, other
