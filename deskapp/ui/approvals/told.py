"""A reply's rounds, and what a senior changed: in words for everybody, and in colour with a line
through or below for those who see it."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication

from deskapp.domain.approvals import ApprovalRow, ApprovalState
from deskapp.domain.mail import Address
from deskapp.domain.reply_changes import Altered, Edit, Piece, Version
from deskapp.ui import text
from deskapp.ui.theme import Colours
from deskapp.ui.translatable import N

_STATES = {
    ApprovalState.WAITING: N("Approvals", "waits for a senior"),
    ApprovalState.RETURNED: N("Approvals", "returned by {who}"),
    ApprovalState.APPROVED: N("Approvals", "approved by {who}"),
    ApprovalState.WITHDRAWN: N("Approvals", "taken back by its writer"),
}
_SPOKEN = {
    Edit.REMOVED: N("Approvals", "removed: {words}"),
    Edit.ADDED: N("Approvals", "added: {words}"),
}
_ROLES = {
    "to": N("Approvals", "To"),
    "cc": N("Approvals", "Cc"),
    "bcc": N("Approvals", "Bcc"),
}
_FORMS = N("Approvals", "The words stayed; bold, lists or links were changed.")
_FILES = N("Approvals", "Files: {names}")
_RECIPIENTS = N("Approvals", "Recipients: {names}")
_PLACE = "\n"


def round_told(row: ApprovalRow) -> str:
    """One round in a line."""
    said = _tr(_STATES[row.state])
    at = row.decided_at or row.submitted_at
    line = f"{row.round}. {said.replace('{who}', row.senior_name)}, {text.full(at)}"
    return f"{line}: {row.comment}" if row.comment else line


def spoken_changes(what: Altered) -> str:
    """What was changed, one after the other, for screen readers and for those who see no colour."""
    told = [_spoken(piece.edit, piece.text.strip()) for piece in what.text if _says(piece)]
    told += [_spoken(edit, _named(role, who)) for edit, role, who in what.people]
    told += [_spoken(edit, file.filename) for edit, file in what.files]
    if what.forms:
        told.append(_tr(_FORMS))
    return "; ".join(told)


def changes_html(what: Altered, colours: Colours) -> str:
    """The text with what was taken out struck through and what was put in underlined, then the
    recipients and files that were."""
    parts = [f"<p>{_pieces(what.text, colours)}</p>"]
    if what.forms:
        parts.append(f'<p style="color:{colours.muted}">{escape(_tr(_FORMS))}</p>')
    people = [_marked(edit, _named(role, who), colours) for edit, role, who in what.people]
    files = [_marked(edit, file.filename, colours) for edit, file in what.files]
    for sentence, names in ((_RECIPIENTS, people), (_FILES, files)):
        if names:
            said = escape(_tr(sentence)).replace("{names}", ", ".join(names))
            parts.append(f"<p>{said}</p>")
    return "".join(parts)


def goes_told(one: Version) -> str:
    """To whom a reply goes, and with which files."""
    lines = []
    for role in _ROLES:
        people = [who.name or who.address for its, who in one.people if its == role]
        if people:
            lines.append(f"{_tr(_ROLES[role])} {', '.join(people)}")
    told = " · ".join(lines)
    hung = [file.filename for file in one.files if not file.content_id]
    if not hung:
        return told
    files = _tr(_FILES).replace("{names}", ", ".join(hung))
    return f"{told}{_PLACE}{files}".strip()


def _pieces(pieces: Sequence[Piece], colours: Colours) -> str:
    return "".join(_marked(piece.edit, piece.text, colours) for piece in pieces)


def _marked(edit: Edit, words: str, colours: Colours) -> str:
    shown = escape(words).replace("\n", "<br>")
    if edit is Edit.REMOVED:
        return f'<span style="color:{colours.bad}; text-decoration:line-through">{shown}</span>'
    if edit is Edit.ADDED:
        return f'<span style="color:{colours.good}; text-decoration:underline">{shown}</span>'
    return shown


def _says(piece: Piece) -> bool:
    return piece.edit is not Edit.KEPT and bool(piece.text.strip())


def _spoken(edit: Edit, words: str) -> str:
    return _tr(_SPOKEN[edit]).replace("{words}", words)


def _named(role: str, who: Address) -> str:
    return f"{_tr(_ROLES[role])} {who.name or who.address}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("Approvals", words)
