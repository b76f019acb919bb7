"""What the engine tells whoever started it: one JSON line for each piece of news."""

import json
import threading
from typing import TextIO

from deskapp.domain.problem import Problem


class News:
    """Writes lines that nobody mixes up, from any thread. Without a reader it is silent."""

    def __init__(self, output: TextIO | None) -> None:
        self._output = output
        self._turn = threading.Lock()

    def tell(self, news: str, **facts: str | int | None) -> None:
        """``news`` is state, progress, filed, sent, trouble, wish, ready, stopped, orders
        (source, new, updated, more), or orders_looked_up (by, words, sources, found, failed, kind).
        """
        line = json.dumps({"news": news, **facts}, ensure_ascii=True)
        with self._turn:
            if self._output is None:
                return
            try:
                self._output.write(line + "\n")
                self._output.flush()
            except (OSError, ValueError):
                self._output = None  # the window is gone; its closed pipe will stop us

    def trouble(self, problem: Problem, mailbox: int | None = None) -> None:
        """A Problem, with its kind and details."""
        self.tell("trouble", mailbox=mailbox, kind=problem.kind.value, **problem.details)
