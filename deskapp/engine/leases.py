"""The leases this engine holds, kept alive by a thread of its own while rounds take minutes."""

import logging
from collections.abc import Callable
from threading import Event, Lock

from deskapp.data.database import Database
from deskapp.data.queries import leases
from deskapp.data.queries.mailboxes import lease_name
from deskapp.domain.ids import MailboxId
from deskapp.domain.problem import Problem

from .holders import is_dead_neighbour, new_holder

log = logging.getLogger(__name__)

_RENEW_SECONDS = 15.0


class Leases:
    """One lease per mailbox. ``lost`` is called when one went to somebody else."""

    def __init__(self, database: Database, lost: Callable[[MailboxId], None]) -> None:
        self.holder = new_holder()
        self._database = database
        self._lost = lost
        self._fences: dict[MailboxId, int] = {}
        self._turn = Lock()

    def held(self) -> list[MailboxId]:
        """The mailboxes that are ours to pull and to send for."""
        with self._turn:
            return list(self._fences)

    def take(self, mailbox_id: MailboxId) -> bool:
        """True when the lease is ours, now or already."""
        with self._turn:
            if mailbox_id in self._fences:
                return True
        name = lease_name(mailbox_id)
        with self._database.writing() as unit:
            other = leases.holder_of(unit.connection, name)
            dead = other if is_dead_neighbour(other) else ""
            fence = leases.acquire(unit.connection, name, self.holder, instead_of=dead)
        if fence is None:
            return False
        with self._turn:
            self._fences[mailbox_id] = fence
        return True

    def give_back(self, mailbox_id: MailboxId) -> None:
        """Lets another engine take over at once."""
        with self._turn:
            fence = self._fences.pop(mailbox_id, None)
        if fence is not None:
            with self._database.writing() as unit:
                leases.release(unit.connection, lease_name(mailbox_id), fence)

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
            for mailbox_id, fence in held.items():
                if not leases.renew(unit.connection, lease_name(mailbox_id), fence):
                    lost.append(mailbox_id)
        for mailbox_id in lost:
            log.warning("the lease of mailbox %d went to another engine", mailbox_id)
            with self._turn:
                self._fences.pop(mailbox_id, None)
            self._lost(mailbox_id)
