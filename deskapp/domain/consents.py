"""What a customer may be written to for. The newest word on a purpose counts until it runs out."""

from dataclasses import dataclass
from datetime import datetime

from .kinds import Purpose


@dataclass(frozen=True, slots=True)
class Consent:
    """One word on one purpose: who noted it, why, from what, and until when it holds."""

    purpose: Purpose
    allowed: bool
    reason: str
    source: str
    at: datetime
    until: datetime | None = None
    agent_name: str = ""

    def holds(self, now: datetime) -> bool:
        """Whether it has not run out."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class NoMail:
    """A standing wish not to be written to. Answers to what the customer asks stay possible."""

    reason: str
    source: str
    since: datetime
    until: datetime | None = None
