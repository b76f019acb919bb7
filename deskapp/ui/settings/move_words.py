"""A move in words: how far it is, and how it is taken back."""

from PySide6.QtCore import QCoreApplication, QLocale

from deskapp.domain.desk_address import is_server
from deskapp.domain.desk_move import Moved, MoveProgress
from deskapp.ui import text


def progress_words(progress: MoveProgress) -> str:
    """The step, and its rows done and to come."""
    said = {
        "read": _tr("Reading: {done} of {rows} rows"),
        "copy": _tr("Copying: {done} of {rows} rows"),
        "index": _tr("Building the search: {done} of {rows} rows"),
        "prove": _tr("Comparing both ends: {done} of {rows} rows"),
    }[progress.step]
    here = QLocale()
    return said.replace("{done}", here.toString(progress.done)).replace(
        "{rows}", here.toString(progress.rows)
    )


def room_words(moved: Moved) -> str:
    """How much the desk takes, and how much is free where it is to go."""
    said = _tr("The desk takes {size} where it is.").replace("{size}", text.size(moved.size))
    room = _tr("Ask who runs the server whether twice as much is free there.")
    if moved.free is not None:
        room = _tr("{free} are free there.")
        if moved.short:
            room = _tr("Only {free} are free there: make room before you move it.")
        room = room.replace("{free}", text.size(moved.free))
    return f"{said} {room}"


def way_back_words(place: str) -> str:
    """Where the old desk lies, which is kept as it was, and what makes it the desk again."""
    if is_server(place):
        said = _tr("Where it was, {place}, it is kept as it was, and says to all where it went.")
    else:
        said = _tr("The old file, {place}, is kept as it was, and says to all where the desk went.")
    undo = _tr(
        "To take the move back, without what was written since: deskapp --desk {desk} move --undo"
    )
    quoted = f'"{place}"' if " " in place else place
    return f"{said.replace('{place}', place)} {undo.replace('{desk}', quoted)}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("Move", words)
