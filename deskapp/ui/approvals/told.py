"""A reply's rounds and differences in words that need no colour."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from deskapp.domain.approvals import ApprovalRow, ApprovalState
from deskapp.domain.replies import Draft
from deskapp.domain.reply_changes import Edit, Piece, difference
from deskapp.ui import text
from deskapp.ui.translatable import N

_STATES = {
    ApprovalState.WAITING: N("Approvals", "waits for a senior"),
    ApprovalState.RETURNED: N("Approvals", "returned by {who}"),
    ApprovalState.APPROVED: N("Approvals", "approved by {who}"),
    ApprovalState.WITHDRAWN: N("Approvals", "taken back by its writer"),
}
_AROUND = 20  # letters
_MARKS = {Edit.KEPT: ("", ""), Edit.REMOVED: ("[−", "−]"), Edit.ADDED: ("[+", "+]")}


def difference_told(pieces: Sequence[Piece]) -> str:
    """The text with what was taken out and put in between signs: [−this−] [+that+]."""
    return "".join(piece.text.join(_MARKS[piece.edit]) for piece in pieces)


def changes_told(pieces: Sequence[Piece]) -> str:
    """What was taken out and put in, with a few letters around each: of a long text no more."""
    told = []
    for place, piece in enumerate(pieces):
        words = " ".join(piece.text.split("\n"))
        if piece.edit is Edit.KEPT and len(words) > 3 * _AROUND:
            before = "" if place == 0 else words[:_AROUND]
            after = "" if place == len(pieces) - 1 else words[-_AROUND:]
            words = f"{before}…{after}"
        told.append(words.join(_MARKS[piece.edit]))
    return "".join(told)


def round_told(row: ApprovalRow) -> str:
    """One round in a line."""
    said = QCoreApplication.translate("Approvals", _STATES[row.state])
    at = row.decided_at or row.submitted_at
    line = f"{row.round}. {said.replace('{who}', row.senior_name)}, {text.full(at)}"
    return f"{line}: {row.comment}" if row.comment else line


def text_shown(row: ApprovalRow) -> str:
    """The reply; where it was changed before it was sent, with what was taken out and put in."""
    return difference_told(difference(row.body, row.final_body)) if row.changed else row.body


def legend_told(row: ApprovalRow) -> str:
    """How to read ``text_shown``; "" for a text as it was handed in."""
    if not row.changed:
        return ""
    said = _tr(N("Approvals", "{who} took out what stands as [−this−] and put in [+that+]."))
    return said.replace("{who}", row.senior_name)


def goes_told(draft: Draft) -> str:
    """To whom a reply goes, and with which files."""
    people = ", ".join(one.name or one.address for one in (*draft.to, *draft.cc, *draft.bcc))
    said = _tr(N("Approvals", "To {people}")).replace("{people}", people) if people else ""
    if not draft.files:
        return said
    files = _tr(N("Approvals", "Files: {names}"))
    names = ", ".join(file.filename for file in draft.files)
    return f"{said}\n{files.replace('{names}', names)}".strip()


def _tr(words: str) -> str:
    return QCoreApplication.translate("Approvals", words)
