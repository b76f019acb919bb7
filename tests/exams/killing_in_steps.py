"""Work in a process of its own that may end with SIGKILL at one of its steps."""

import os
import signal
import traceback
from collections.abc import Callable


def killed_in_steps(work: Callable[[], int]) -> int:
    """What ``work``, done in a child, returned; 0 when the child was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, str(work()).encode())
            os._exit(0)
        except BaseException:  # noqa: BLE001 (a child never returns into the tests)
            traceback.print_exc()
            os._exit(7)
    os.close(writer)
    with os.fdopen(reader) as said:
        told = said.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return 0
    assert status == 0, "the work failed"
    return int(told)
