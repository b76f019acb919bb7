"""What people ask of the engine while it pulls a mailbox, as the desk has it."""

from dataclasses import dataclass


@dataclass(slots=True)
class Wishes:
    """Written by one thread and read between batches by the one that pulls.

    ``asked`` numbers the wishes for a full look; ``stopped`` is the wish that stopped the import.
    """

    asked: int = 0
    stopped: int | None = None
