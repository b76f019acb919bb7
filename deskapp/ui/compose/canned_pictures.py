"""The pictures of a canned reply on their way into a text: under which names, and where not."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QImage

from deskapp.domain.canned_pictures import content_id
from deskapp.domain.replies import OutgoingFile
from deskapp.domain.rich_text import Picture

from .filling import Filled, Shown


def placed(filled: Filled, there: Sequence[OutgoingFile] | None) -> Filled:
    """For a draft that has the files ``there``; None for one that shows no pictures: their names
    stand in the text, and they hang on.

    A picture that the draft shows already goes by the name it has there: it is sent once.
    """
    if not filled.pictures:
        return filled
    if there is None or any(one.image is None for one in filled.pictures):
        return replace(filled, text=filled.readable, values=(), pictures=())
    known = {file.sha256: file.content_id for file in there if file.content_id}
    ids = {
        one.file.sha256: known.get(one.file.sha256, content_id(one.file)) for one in filled.pictures
    }
    files = (replace(one, content_id=ids.get(one.sha256, "")) for one in filled.files)
    shown = (
        Shown(replace(one.file, content_id=ids[one.file.sha256]), one.image)
        for one in filled.pictures
    )
    return replace(filled, files=tuple(files), pictures=tuple(shown))


def shown_in(filled: Filled) -> list[tuple[Picture, QImage]]:
    """What the editor puts in, in the order of the text."""
    return [
        (Picture(one.file.content_id, one.file.filename), one.image)
        for one in filled.pictures
        if one.image is not None
    ]
