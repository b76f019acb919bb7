"""A program on a desk without windows: `python -m tests.exams.presence_client URL NAME`.

On standard input it is told where to stand ("looking 3", "writing 3", "leave"); on standard output
it says, a JSON object a line with the time of this machine, whom it sees doing what.
"""

import json
import sys
import threading
import time

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt

from deskapp.domain.changes import Changes
from deskapp.domain.ids import TicketId
from deskapp.domain.presence import Doing
from deskapp.ui.bridge import Bridge
from deskapp.ui.colleagues import Colleagues
from deskapp.wiring import open_house

PLACE = 1


def work(url: str, name: str) -> None:
    """What the windowed program has of it: the watch, presence, and what windows know."""
    app = QCoreApplication([])
    bridge = Bridge()
    desk = open_house(url, agent_name=name, announce=bridge.changed.emit)
    colleagues, stop = Colleagues(), threading.Event()
    colleagues.join(desk.presence, bridge)

    def say() -> None:
        seen = {one.name: one.doing.value for one in colleagues.on(TicketId(1))}
        sys.stdout.write(json.dumps({"at": time.time(), "seen": seen}) + "\n")
        sys.stdout.flush()

    def listen() -> None:
        for line in sys.stdin:
            doing, _, ticket = line.strip().partition(" ")
            if ticket:
                desk.presence.stands(PLACE, TicketId(int(ticket)), Doing(doing))
            else:
                desk.presence.leaves(PLACE)
        QMetaObject.invokeMethod(app, "quit", Qt.ConnectionType.QueuedConnection)

    def tell(changes: Changes) -> None:
        bridge.changed.emit(changes)

    colleagues.changed.connect(say)
    watch = threading.Thread(
        target=desk.changes.watch, args=(stop, tell, desk.changes.cursor()), daemon=True
    )
    watch.start()
    with desk.presence.kept(bridge.room.emit):
        say()
        threading.Thread(target=listen, daemon=True).start()
        app.exec()
    stop.set()
    watch.join()
    desk.close()


if __name__ == "__main__":
    work(sys.argv[1], sys.argv[2])
