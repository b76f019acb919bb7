"""Two people changed one thing, in the windows that stay open: records, replies, settings."""

from dataclasses import replace

from deskapp.domain.companies import CompanyEdit
from deskapp.domain.ids import CustomerId
from deskapp.domain.kinds import FieldKind
from deskapp.domain.people import CustomerEdit
from deskapp.domain.replies import CannedReply
from deskapp.domain.working_days import WorkingDays, special_read
from deskapp.ui.canned.page import CannedPage
from deskapp.ui.customers.company_pane import CompanyPane
from deskapp.ui.customers.page import CustomersPage
from deskapp.ui.settings.page import SettingsPage
from deskapp.ui.settings.signatures import SignaturesSection
from deskapp.ui.settings.teams import TeamDialog
from deskapp.ui.settings.working_days import WorkingDaysSection

from .camera import Camera
from .letters import LONG_CHINESE, LONG_RUSSIAN
from .stage import Stage

_LONG = "Nguyễn Thị Phương Anh Khánh Huyền Bảo Ngọc"


def play(stage: Stage, camera: Camera) -> None:
    """Each is typed into, somebody else saves, then it is saved."""
    if not camera.wants("both"):
        return
    desk, shell = stage.desk, stage.shell
    customer = desk.customers.create("王小明", "wang.both@example.com")
    desk.customers.edit(customer, CustomerEdit(company="Công ty TNHH Lụa Hoàng Gia", language="zh"))
    _record(stage, camera, customer)
    _company(stage, camera, customer)
    _canned(stage, camera)
    _team(stage, camera)
    _settings(stage, camera)
    shell.show_page("inbox")
    _reply(stage, camera)


def _record(stage: Stage, camera: Camera, customer: CustomerId) -> None:
    desk = stage.desk
    size = desk.fields.add("Cỡ giày", FieldKind.NUMBER)
    page = stage.shell.show_page("customers")
    assert isinstance(page, CustomersPage)
    page.open_customer(customer)
    camera.settle()
    page.record.edit()
    editor = page.record.editor
    assert editor is not None
    theirs = CustomerEdit(must_know=LONG_CHINESE, call_name=_LONG, vip=True)
    desk.customers.edit(customer, theirs)
    editor.must_know.setPlainText(LONG_RUSSIAN)
    editor.call_name.setText("Xiao Ming")
    editor.save.click()
    camera.settle()
    camera.window("both-customer")
    page.record.forget_typing()
    page.open_customer(customer)
    camera.settle()
    card = page.record.own
    desk.customers.set_field(customer, size, "41")
    card.fields[size].setText("42,5")
    card.fields[size].editingFinished.emit()
    camera.settle()
    camera.window("both-own-field")
    page.record.forget_typing()


def _company(stage: Stage, camera: Camera, customer: CustomerId) -> None:
    desk = stage.desk
    company = desk.customers.record(customer).company_id
    assert company is not None
    window = stage.shell._own_windows.open_company(company)
    camera.settle()
    [pane] = window.findChildren(CompanyPane)
    now = desk.companies.record(company)
    seen = now.row.version
    desk.companies.edit(company, CompanyEdit("Lụa Hoàng Gia", LONG_CHINESE), seen)
    pane.name.setText("Hoàng Gia Silk Trading")
    pane.must_know.setPlainText(LONG_RUSSIAN)
    pane._save()
    camera.settle()
    camera.window("both-company", [(820, 780)], window)
    window.close()


def _canned(stage: Stage, camera: Camera) -> None:
    desk = stage.desk
    kept = desk.canned.save(
        CannedReply(None, "Đổi cỡ", "", (("vi", "Chào chị,"), ("en", "Hello,")), 0)
    )
    assert kept.id is not None
    page = stage.shell.show_page("canned")
    assert isinstance(page, CannedPage)
    page.open_reply(kept.id)
    camera.settle()
    page.editor.name.setText("Đổi cỡ giày")
    page.editor.name.textEdited.emit("Đổi cỡ giày")
    page.editor.text.setPlainText(LONG_RUSSIAN)
    camera.settle()
    desk.canned.save(replace(kept, name=_LONG, texts=(("vi", LONG_CHINESE), ("en", "Hello,"))))
    page.opened.save()
    camera.settle()
    camera.window("both-canned")


def _team(stage: Stage, camera: Camera) -> None:
    desk = stage.desk
    made = desk.teams.add("Đổi trả")
    [row] = [one for one in desk.teams.list() if one.id == made]
    dialog = TeamDialog(stage.work, row, desk.teams.list(), desk.agents.list(), stage.shell)
    dialog.show()
    desk.teams.rename(made, LONG_CHINESE[:60])
    dialog.name.setText(_LONG)
    dialog.save()
    camera.dialog("both-team", dialog)
    dialog.close()


def _settings(stage: Stage, camera: Camera) -> None:
    desk = stage.desk
    page = stage.shell.show_page("settings")
    assert isinstance(page, SettingsPage)
    page.show_section("days")
    camera.settle()
    for days in page.findChildren(WorkingDaysSection):
        for place in (3, 4, 5):
            days.week[place].click()
        days.special.setPlainText(f"2026-02-17 {_LONG}\n+2026-02-14")
        theirs = special_read(f"2026-02-17 Tết Nguyên Đán\n2026-02-18 {LONG_CHINESE}")
        desk.calendar.save(WorkingDays(frozenset({0, 1, 2, 3}), theirs))
        days._save()
        camera.settle()
    camera.window("both-days")
    page.show_section("signatures")
    camera.settle()
    for section in page.findChildren(SignaturesSection):
        agent = section._agent
        assert agent is not None
        desk.agents.edit(agent.id, signature=f"{_LONG}\nLotus Outdoor")
        section.mine.setPlainText("王小明\nLotus Outdoor")
        section._save_mine()
        camera.settle()
    camera.window("both-signature")


def _reply(stage: Stage, camera: Camera) -> None:
    """The ticket moved on under a reply: said beside the draft, with what is new."""
    page, desk = stage.inbox, stage.desk
    camera.widen()
    ticket = stage.tickets["short"]
    page.open_ticket(ticket)
    camera.settle()
    composer = page.conversation.composer
    composer.focus_reply()
    composer.at.editor.insertPlainText("Chào chị, đơn của chị giao vào thứ sáu ạ.")
    composer.flush()
    camera.settle()
    me = desk.agent
    desk.agent = stage.agents[1]
    other = replace(desk.replies.draft(ticket), body=f"Chị {_LONG} ơi, kho đã gửi lại rồi ạ.")
    desk.replies.send(other, force=True)
    for words in (f"{LONG_RUSSIAN}. {LONG_RUSSIAN}", f"{LONG_CHINESE}。{LONG_CHINESE}"):
        desk.tickets.note(ticket, words)
    desk.agent = me
    camera.settle()
    composer.send()
    camera.settle()
    camera.window("both-stale-reply")
    notice = composer.at.notice
    if notice.choices():
        notice.choose(notice.choices()[0])
        camera.settle()
        camera.window("both-stale-news")
