"""Files and pictures on their way onto a canned reply."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from deskapp.domain.canned_pictures import picture_mark
from deskapp.domain.replies import OutgoingFile
from deskapp.ui.compose.draft_line import File
from deskapp.ui.compose.files_row import picture_file, read_file
from deskapp.ui.work import Work

from .editing import Editing
from .editor_pane import EditorPane

if TYPE_CHECKING:
    from deskapp.desk import Desk


class PutOn(QObject):
    """``done``: an Editing that has more files now. ``opened`` tells what is on screen."""

    done = Signal(object)

    def __init__(
        self, work: Work, editor: EditorPane, opened: Callable[[], Editing | None]
    ) -> None:
        super().__init__(editor)
        self._work, self._editor, self._opened = work, editor, opened
        editor.extras.files_given.connect(self.attach)
        editor.text.files_given.connect(self.attach)
        editor.text.pictures_given.connect(self.show_pictures)
        editor.text.image_given.connect(self.show_image)

    def attach(self, paths: list[Path]) -> None:
        """Puts files on the open reply; their bytes are stored at once, and equal ones once."""
        self._keep(lambda: [read_file(path) for path in paths], shown=False)

    def show_pictures(self, paths: list[Path]) -> None:
        """Puts pictures on the open reply and into its text, at the caret."""
        self._keep(lambda: [read_file(path) for path in paths], shown=True)

    def show_image(self, image: QImage) -> None:
        """A picture from the clipboard."""
        self._keep(lambda: [picture_file(image, self.tr("picture.png"), "")], shown=True)

    def _keep(self, read: Callable[[], list[File]], *, shown: bool) -> None:
        editing = self._opened()
        if editing is None:
            return

        def keep(desk: "Desk") -> list[OutgoingFile]:
            return [desk.canned.keep_file(one.name, one.kind, one.data) for one in read()]

        def came(files: list[OutgoingFile]) -> None:
            if shown:
                files = [editing.as_picture(file) for file in files]
            editing.put_on(files)
            if shown and editing is self._opened():
                self._editor.text.put_letters(
                    "\n".join(picture_mark(one.filename) for one in files)
                )
            self.done.emit(editing)

        self._work.do(keep, came, self._editor.say_problem, owner=self)
