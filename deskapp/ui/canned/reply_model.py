"""The canned replies as lines of a list: folders as headings, each reply below its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from deskapp.domain.ids import CannedId
from deskapp.domain.replies import CannedRow
from deskapp.ui import text

Index = QModelIndex | QPersistentModelIndex


class ReplyRole(IntEnum):
    """ENTRY: a Heading or a CannedRow. UNSAVED: whether it has changes that are not kept.
    MISSING: the languages that most replies have and this one has not."""

    ENTRY = Qt.ItemDataRole.UserRole
    UNSAVED = Qt.ItemDataRole.UserRole + 1
    MISSING = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A folder's name above its replies; "" is called by words of ours."""

    folder: str


Entry = Heading | CannedRow


class ReplyModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._common: tuple[str, ...] = ()
        self._unsaved: frozenset[CannedId] = frozenset()

    def show_rows(self, rows: Sequence[CannedRow], *, by_folder: bool) -> None:
        """By folder and name; answers of a search stay in their order, the best first."""
        self.beginResetModel()
        self._entries = _with_headings(rows) if by_folder else list(rows)
        counts = Counter(tag for row in rows for tag in row.languages)
        self._common = tuple(tag for tag, count in counts.items() if 2 * count >= len(rows) > 1)
        self.endResetModel()

    def show_unsaved(self, ids: frozenset[CannedId]) -> None:
        self._unsaved = ids
        if self._entries:
            last = self.index(len(self._entries) - 1)
            self.dataChanged.emit(self.index(0), last, [ReplyRole.UNSAVED])

    def place_of(self, canned: CannedId) -> QModelIndex:
        """Its index; an invalid one when it is not in the list."""
        for at, entry in enumerate(self._entries):
            if isinstance(entry, CannedRow) and entry.id == canned:
                return self.index(at)
        return QModelIndex()

    def row_of(self, canned: CannedId) -> CannedRow | None:
        """Its line's row; None when it is not in the list."""
        return next(
            (one for one in self._entries if isinstance(one, CannedRow) and one.id == canned), None
        )

    def missing_from(self, row: CannedRow) -> tuple[str, ...]:
        """The languages most of the list has and this one has not."""
        return tuple(tag for tag in self._common if tag not in row.languages)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._entries[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ReplyRole.ENTRY:
            return entry
        if isinstance(entry, Heading):
            shown = entry.folder or self.tr("Without a folder")
            return shown if role in _TEXTS else None
        if role == ReplyRole.UNSAVED:
            return entry.id in self._unsaved
        if role == ReplyRole.MISSING:
            return self.missing_from(entry)
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            languages = ", ".join(map(text.language_name, entry.languages))
            used = self.tr("used %n time(s)", "", entry.uses)
            missing = ", ".join(map(text.language_name, self.missing_from(entry)))
            missed = self.tr("missing: {languages}").format(languages=missing) if missing else ""
            return ", ".join(filter(None, (entry.name, languages, missed, used)))
        return None


_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


def _order(row: CannedRow) -> tuple[bool, str, str]:
    """By folder and name; what is in no folder comes last."""
    return not row.folder, row.folder.casefold(), row.name.casefold()


def _with_headings(rows: Sequence[CannedRow]) -> list[Entry]:
    entries: list[Entry] = []
    folder: str | None = None
    for row in sorted(rows, key=_order):
        if row.folder != folder:
            folder = row.folder
            entries.append(Heading(folder))
        entries.append(row)
    return entries
