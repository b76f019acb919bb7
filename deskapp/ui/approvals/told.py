"""A reply's rounds and differences in words that need no colour."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from deskapp.domain.approvals import ApprovalRow, ApprovalState, Edit, Piece
from deskapp.ui import text
from deskapp.ui.translatable import N

_STATES = {
    ApprovalState.WAITING: N("Approvals", "waits for a senior"),
    ApprovalState.RETURNED: N("Approvals", "returned by {who}"),
    ApprovalState.APPROVED: N("Approvals", "approved by {who}"),
    ApprovalState.WITHDRAWN: N("Approvals", "taken back by its writer"),
}
_MARKS = {Edit.KEPT: ("", ""), Edit.REMOVED: ("[−", "−]"), Edit.ADDED: ("[+", "+]")}


def difference_told(pieces: Sequence[Piece]) -> str:
    """The text with what was taken out and put in between signs: [−this−] [+that+]."""
    return "".join(piece.text.join(_MARKS[piece.edit]) for piece in pieces)


def round_told(row: ApprovalRow) -> str:
    """One round in a line."""
    said = QCoreApplication.translate("Approvals", _STATES[row.state])
    at = row.decided_at or row.submitted_at
    line = f"{row.round}. {said.replace('{who}', row.senior_name)}, {text.full(at)}"
    return f"{line}: {row.comment}" if row.comment else line
