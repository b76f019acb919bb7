"""An engine beside its pipes, as a window starts it, that is told, heard, and killed."""

import json
import subprocess
import sys
import threading
import time


class EngineAtWork:
    """``with EngineAtWork() as engine``: killed at the end, whatever it was doing."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "deskapp", "engine"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._heard = 0
        self._ready = threading.Event()
        self._ears = threading.Thread(target=self._listen, name="ears")
        self._ears.start()

    def __enter__(self) -> "EngineAtWork":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def process(self) -> int:
        """Its process id."""
        return self._process.pid

    def wait_ready(self) -> None:
        """Until its threads have been started."""
        assert self._ready.wait(60), "the engine did not start"

    def wait_heard(self, lines: int, seconds: float) -> None:
        """Until it has told so many pieces of news, or so many seconds have gone."""
        until = time.monotonic() + seconds
        while self._heard < lines and time.monotonic() < until:
            time.sleep(0.002)

    def sync_now(self) -> None:
        """What a window's button says."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"do": "sync_now"}).encode() + b"\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        """SIGKILL; it can do nothing about it. What it started must end by itself."""
        self._process.kill()
        self._process.wait()
        self._ears.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._heard += 1
            if json.loads(line)["news"] == "ready":
                self._ready.set()
