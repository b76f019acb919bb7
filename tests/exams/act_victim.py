"""A process that forks one real engine after the other; each is killed at the place it is told.

Reads a JSON line per victim: ``{"at": PLACE, "url": …, "till": FOLDER}``. Prints a line when it is
dead. The engine is deskapp's own (``run_engine``, its threads, its clerk); only the shop behind it
is ours, with its books on disk (``tests.engine.till_shop``).
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from deskapp.data.queries import act_audit
from deskapp.desk import act_work
from deskapp.desk.act_work import ActWork
from deskapp.engine import process, shops
from tests.desk.bought import order_data
from tests.engine.till_shop import TillShop

LOOKING = ("look", "looked", "shown")
SENDING = ("begin", "sending", "call", "done", "answered", "noting", "noted")
ASKING = ("ask", "asked")
_LONGEST = 40.0

T = TypeVar("T")


def main() -> None:
    """Serves until its input ends."""
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                _work(told)
            finally:
                os._exit(7)  # came through alive: the exam counts that as its own fault
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(json.dumps({"killed": killed}) + "\n")
        sys.stdout.flush()


def _work(told: dict[str, Any]) -> None:
    late = threading.Timer(_LONGEST, os._exit, (7,))
    late.daemon = True
    late.start()
    till = TillShop(Path(told["till"]), order_data())
    act_work.LOOKS = (0,)
    shops.writing_shops = lambda desk, secrets: lambda source: till
    _lay(told["at"], till)
    process.run_engine(told["url"])


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _lay(at: str, till: TillShop) -> None:
    match at:
        case "look":
            _before(till, "preview")
        case "looked":
            _after(till, "preview")
        case "shown":
            _after(ActWork, "show")
        case "begin":
            _inside(("sending",))
        case "sending":
            _after(ActWork, "begin")
        case "answered":
            _before(ActWork, "ended")
            _before(ActWork, "refused")
        case "noting":
            _inside(("done", "not_done", "under_way", "unclear"))
        case "noted":
            _after(ActWork, "ended")
            _after(ActWork, "refused")
        case "ask":
            _before(till, "outcome")
        case "asked":
            _after(till, "outcome")
        case "call" | "done":
            pass  # the shop itself ends us, before and behind its books
        case _:
            raise ValueError(at)


def _before(owner: object, name: str) -> None:
    setattr(owner, name, lambda *_all, **_named: _die())


def _after(owner: object, name: str) -> None:
    done: Callable[..., object] = getattr(owner, name)

    def then(*given: object, **named: object) -> None:
        done(*given, **named)
        _die()

    setattr(owner, name, then)


def _inside(steps: tuple[str, ...]) -> None:
    """In the write, behind its last statement and before its commit."""
    write_down = act_audit.write_down

    def then(unit: Any, act: Any, step: act_audit.Step) -> None:
        write_down(unit, act, step)
        if step.step in steps:
            _die()

    act_audit.write_down = then


if __name__ == "__main__":
    main()
