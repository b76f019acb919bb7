"""A composer with a real desk behind it, as tests handle both."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from deskapp.desk import Desk
from deskapp.domain.ids import TicketId
from deskapp.domain.kinds import View
from deskapp.domain.problem import Problem
from deskapp.domain.replies import CannedReply
from deskapp.ui.compose import Composer
from deskapp.ui.work import WRITE, Work
from tests.desk.ground import Ground
from tests.desk.letters import letter

CHAU = "Nguyễn Thị Minh Châu <minhchau@customer.example>"
YIJUN = "陳怡君 <yijun@customer.example>"
# After which something will never come, however busy the machine is. Below the time limit of a
# test: its alarm, rung inside a slot, is lost, and the loop would never end.
_PATIENCE_MS = 60_000


class Counter:
    """Two tickets, two canned replies, Anna at the composer; Olga works beside her."""

    def __init__(self, url: str, qtbot: QtBot) -> None:
        self.ground = Ground(url)
        self.qtbot = qtbot
        context = self.ground.context
        self.desk = Desk(context.database, context.mail, agent=self.ground.anna)
        self.ground.arrive(
            letter(
                "Dạ hôm nay thứ Tư mà vẫn chưa có ạ. Shop gửi lại cho em được không?",
                sender=CHAU,
                subject="Đơn hàng #10482 chưa giao",
                message_id="chau@customer.example",
            ),
            letter(
                "您好，我收到的外套是 M 號，但訂的是 L。",
                sender=YIJUN,
                subject="訂單收到錯誤的尺寸",
                message_id="yijun@customer.example",
                hours=1,
            ),
        )
        self.ticket, self.other = self.desk.tickets.view_ids(View.ALL_OPEN)
        self._write_canned()
        self.work = Work(self.desk)
        self.problems: list[Problem] = []
        self.bugs: list[Exception] = []
        self.work.troubled.connect(self.problems.append)
        self.work.left_behind.connect(self.problems.append)
        self.work.bug.connect(self.bugs.append)
        self.composer = self.new_composer()

    def new_composer(self) -> Composer:
        """A composer as a fresh start of the program would show it."""
        made = Composer(self.work)
        self.qtbot.addWidget(made)
        made.resize(720, 300)
        return made

    def open(self, ticket: TicketId, composer: Composer | None = None) -> None:
        shown = composer or self.composer
        shown.open_ticket(self.desk.tickets.conversation(ticket))
        self.until(lambda: shown.keeper.line("reply") is not None)

    def type(self, text: str) -> None:
        """Key by key; only ASCII, for which keys exist."""
        self.qtbot.keyClicks(self.composer.at.editor, text)

    def compose(self, preedit: str, commit: str = "") -> None:
        """What an input method does: shows letters it may still change, then commits."""
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(self.composer.at.editor, event)

    def marked(self) -> list[str]:
        """The words in the editor that are painted on a ground of their own."""
        document, found = self.composer.at.editor.document(), []
        block = document.begin()
        while block.isValid():
            for one in block.layout().formats():
                if one.format.background().style() is not Qt.BrushStyle.NoBrush:
                    units = block.text().encode("utf-16-le")
                    part = units[2 * one.start : 2 * (one.start + one.length)]
                    found.append(part.decode("utf-16-le"))
            block = block.next()
        return found

    def until(self, there: Callable[[], bool]) -> None:
        """Waits for something, as long as a machine with much else to do may take for it."""
        self.qtbot.waitUntil(there, timeout=_PATIENCE_MS)

    def settle(self) -> None:
        """Waits until everything asked of the write lane so far has been answered."""
        done: list[bool] = []
        self.work.ask(lambda _desk: True, done.append, owner=self.composer, lane=WRITE)
        self.until(lambda: bool(done))

    def customer_writes_again(self) -> None:
        self.ground.arrive(
            letter(
                "Em cần trước ngày 25.",
                sender=CHAU,
                message_id="chau2@customer.example",
                answers=("chau@customer.example",),
                hours=2,
            )
        )

    def close(self) -> None:
        self.work.close()
        self.ground.database.close()
        assert self.bugs == []

    def _write_canned(self) -> None:
        late = {
            "vi": "Chào chị {{ customer.first_name }},\nShop xin lỗi vì đơn bị trễ.",
            "en": "Hello {{ customer.first_name }},\nwe are sorry that it is late.",
        }
        track = {"en": "Your parcel: {{ order.tracking }}"}
        for name, texts in (("Late parcel", late), ("Tracking", track)):
            self.desk.canned.save(CannedReply(None, name, "Delivery", tuple(texts.items()), 1))
