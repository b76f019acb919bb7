"""Makes two records of one person one: pick the other, see what moves, then merge."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from deskapp.desk import Desk
from deskapp.domain.ids import CustomerId
from deskapp.domain.merging_people import MergeField
from deskapp.domain.people import CustomerRecord, CustomerRow
from deskapp.domain.problem import Problem
from deskapp.ui.errors import explain
from deskapp.ui.pieces.buttons import push_button
from deskapp.ui.pieces.labels import label, set_tone
from deskapp.ui.pieces.paged_list import Listed, PagedList
from deskapp.ui.work import Work

from .customer_look import customer_look, shown_name, spoken
from .merge_fields import MergeFields

_HEIGHT = 56
_FIELDS_HEIGHT = 220


def to_merge(desk: Desk, one: CustomerId) -> CustomerRecord:
    """The record that is kept, or Problem NOT_ALLOWED to a junior."""
    desk.refuse_junior("junior_joins")  # before they have chosen anything
    return desk.customers.record(one)


class MergeDialog(QDialog):
    """``merged`` carries (kept, merged) as CustomerIds and the name of the merged one."""

    merged = Signal(object, object, str)

    def __init__(self, work: Work, kept: CustomerRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._kept = work, kept
        self._other: CustomerRecord | None = None
        self.fields = MergeFields()
        self.setWindowTitle(self.tr("Merge customers"))
        self.resize(560, 560)
        self.setMinimumSize(440, 420)
        own = kept.row.id
        self.list = PagedList(
            work,
            Listed(
                title=self.tr("Which other record is the same person?"),
                search_for=self.tr("Name, mail, phone, company"),
                ids=lambda desk, words: [i for i in desk.customers.ids(words) if i != own],
                rows=_rows,
                look=customer_look,
                spoken=spoken,
                empty=(self.tr("Nobody else is here"), ""),
                no_match=(self.tr("Nobody found"), self.tr("Try a part of the name or the mail.")),
                height=_HEIGHT,
            ),
        )
        self.told = label(wrap=True)
        self.merge = push_button(self.tr("Merge"), self._merge, kind="primary")
        self.merge.setEnabled(False)
        self._beside = QScrollArea()
        self._beside.setWidgetResizable(True)
        self._beside.setFrameShape(QScrollArea.Shape.NoFrame)
        self._beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._beside.setMaximumHeight(_FIELDS_HEIGHT)
        self._beside.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(push_button(self.tr("Cancel"), self.reject))
        buttons.addWidget(self.merge)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(12)
        foot.addWidget(self.told)
        foot.addWidget(self._beside)
        foot.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self._say(self.tr("{name} is kept; the other record moves into it."), "muted")
        self.list.picked.connect(self.pick)
        self.list.start()

    def pick(self, other: CustomerId) -> None:
        """Looks at what would move."""
        self._other = None
        self.merge.setEnabled(False)
        kept = self._kept.row.id
        self._work.ask(
            lambda desk: (desk.customers.record(other), desk.customers.merge_fields(kept, other)),
            self._other_came,
            self._failed,
            owner=self,
            topic="other",
        )

    def _other_came(self, came: tuple[CustomerRecord, Sequence[MergeField]]) -> None:
        other, fields = came
        self._other = other
        self.fields = MergeFields()
        asked = self.fields.show_fields(fields)
        self._beside.setWidget(self.fields)
        self._beside.setVisible(asked > 0)
        self._beside.setMinimumHeight(min(_FIELDS_HEIGHT, self.fields.sizeHint().height()))
        counted = (
            (len(other.contacts), self.tr("%n contact(s)", "", len(other.contacts))),
            (other.row.ticket_count, self.tr("%n ticket(s)", "", other.row.ticket_count)),
            (other.row.order_count, self.tr("%n order(s)", "", other.row.order_count)),
            (len(other.notes), self.tr("%n note(s)", "", len(other.notes))),
        )
        moves = ", ".join(words for count, words in counted if count)
        said = self.tr(
            "Fields of {name} that are empty are filled from {other}. It can be undone for 30 days."
        )
        if moves:
            said = self.tr(
                "These move from {other} to {name}: {moves}. Fields that are empty are filled. "
                "It can be undone for 30 days."
            )
        said = said.replace("{moves}", moves).replace("{other}", shown_name(other.row))
        self._say(said, "")
        self.merge.setEnabled(True)

    def _merge(self) -> None:
        other, kept = self._other, self._kept.row.id
        if other is None:
            return
        self.merge.setEnabled(False)
        gone, wanted = other.row.id, self.fields.wanted()
        self._work.do(
            lambda desk: desk.customers.merge(kept, gone, wanted),
            self._merged,
            self._failed,
            owner=self,
        )

    def _merged(self, _nothing: None) -> None:
        if self._other is not None:
            name = shown_name(self._other.row)
            self.merged.emit(self._kept.row.id, self._other.row.id, name)
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self._say(explain(problem).in_one(), "bad")

    def _say(self, sentence: str, tone: str) -> None:
        self.told.setText(sentence.replace("{name}", shown_name(self._kept.row)))
        set_tone(self.told, tone)


def _rows(desk: Desk, ids: Sequence[int]) -> Sequence[CustomerRow]:
    return desk.customers.rows([CustomerId(one) for one in ids])
