"""Where news from other threads enters the windows."""

from PySide6.QtCore import QObject, Signal


class Bridge(QObject):
    """Made in the GUI thread and emitted into from any; listeners are methods of QObjects.

    ``changed`` carries a Changes: what a finished write, ours or a colleague's, has touched.
    ``line`` carries a Line: whether the desk's database can be reached; told when that changes.
    ``room`` carries a Room: where colleagues are, read whenever somebody moved.
    ``engine_news`` carries what the engine process tells (a mapping, one JSON line).
    """

    changed = Signal(object)
    line = Signal(object)
    room = Signal(object)
    engine_news = Signal(object)
