"""An engine that is killed after a while, again and again."""

import subprocess
import sys
import time


def run_and_kill(seconds: float) -> None:
    """Starts the engine beside a pipe, as a window does, and ends it with SIGKILL."""
    engine = subprocess.Popen(
        [sys.executable, "-m", "deskapp", "engine"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert engine.stdin
    with engine.stdin:
        time.sleep(seconds)  # the moment is what is varied, not waited for
        engine.kill()
        engine.wait()
