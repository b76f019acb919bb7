"""The leases this engine holds, kept alive by a thread of its own while rounds take minutes."""

import logging
from collections.abc import Callable
from threading import Event, Lock
from typing import Generic, TypeVar

from deskapp.data.database import Database
from deskapp.data.queries import leases
from deskapp.domain.problem import Problem

from .holders import is_dead_neighbour, new_holder

log = logging.getLogger(__name__)

_RENEW_SECONDS = 15.0

What = TypeVar("What", bound=int)  # MailboxId, OrderSourceId


class Leases(Generic[What]):
    """One lease for each mailbox, or each order source, under the name that ``named`` gives it.

    ``lost`` is called when one went to somebody else.
    """

    def __init__(
        self,
        database: Database,
        lost: Callable[[What], None],
        named: Callable[[What], str],
    ) -> None:
        self.holder = new_holder()
        self._database = database
        self._lost = lost
        self._named = named
        self._fences: dict[What, int] = {}
        self._turn = Lock()

    def held(self) -> list[What]:
        """Those that are ours to work on."""
        with self._turn:
            return list(self._fences)

    def take(self, what: What) -> bool:
        """True when the lease is ours, now or already."""
        with self._turn:
            if what in self._fences:
                return True
        name = self._named(what)
        with self._database.writing() as unit:
            other = leases.holder_of(unit.connection, name)
            dead = other if is_dead_neighbour(other) else ""
            fence = leases.acquire(unit.connection, name, self.holder, instead_of=dead)
        if fence is None:
            return False
        with self._turn:
            self._fences[what] = fence
        return True

    def give_back(self, what: What) -> None:
        """Lets another engine take over at once."""
        with self._turn:
            fence = self._fences.pop(what, None)
        if fence is not None:
            with self._database.writing() as unit:
                leases.release(unit.connection, self._named(what), fence)

    def keep(self, stop: Event) -> None:
        """Renews until the stop event; runs in its own thread."""
        while not stop.wait(_RENEW_SECONDS):
            try:
                self.renew()
            except Problem as problem:
                # The lease outlasts three of these; work goes on until it is known to be lost.
                log.info("leases could not be renewed: %s", problem.kind)

    def renew(self) -> None:
        """Prolongs all, and lets go of those that are lost."""
        with self._turn:
            held = dict(self._fences)
        lost = []
        with self._database.writing() as unit:
            for what, fence in held.items():
                if not leases.renew(unit.connection, self._named(what), fence):
                    lost.append(what)
        for what in lost:
            log.warning("the lease %s went to another engine", self._named(what))
            with self._turn:
                self._fences.pop(what, None)
            self._lost(what)
