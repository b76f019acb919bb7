"""What an act is called that moved messages between tickets, or linked them."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.undoing import Act, ActKind
from deskapp.ui.translatable import N

MOVED = (ActKind.MERGE, ActKind.SPLIT, ActKind.MOVE, ActKind.UNMERGE, ActKind.LINK)
_ONE_MERGED = N("Undo", "merge ticket {number} into {into}")
_SOME_MERGED = N("Undo", "merge %n ticket(s) into {into}")
_SPLIT = N("Undo", "split %n message(s) off ticket {number}")
_MOVED = N("Undo", "move %n message(s) from ticket {number} to {into}")
_UNDONE = {
    "merge": N("Undo", "separate ticket {number} from {into}"),
    "split": N("Undo", "join ticket {into} with {number} again"),
    "move": N("Undo", "put %n message(s) back on ticket {number}"),
}
_LINKED = N("Undo", "link ticket {number} with another")
_PARTED = N("Undo", "take a link off ticket {number}")


def move_words(act: Act) -> str:
    """Its sentence, with the ticket's {number} still to be put in."""
    count = int(str(act.fields.get("messages") or 0))
    if act.kind is ActKind.LINK:
        return _tr(_LINKED if act.fields.get("link") else _PARTED)
    if act.kind is ActKind.UNMERGE:
        said = _tr(_UNDONE[str(act.fields["kind"])], count)
    elif act.kind is ActKind.MERGE:
        said = _tr(_ONE_MERGED) if act.count == 1 else _tr(_SOME_MERGED, act.count)
    else:
        said = _tr(_SPLIT if act.kind is ActKind.SPLIT else _MOVED, count)
    return said.replace("{into}", str(act.fields["into"]))


def _tr(said: str, count: int = -1) -> str:
    return QCoreApplication.translate("Undo", said, None, count)
