"""What an edit makes of one ticket, before any of it is written."""

from dataclasses import dataclass, field
from typing import Any

from deskapp.domain.kinds import EventKind
from deskapp.domain.undoing import FOLLOWERS, STAR, TAGS, Plain, plain

from ..tables.columns import AnyRow


@dataclass(slots=True)
class Edited:
    """``values``: columns; ``tags``: names of those (taken off, put on); ``followers`` the same
    by id; ``star``: what the acting agent's became."""

    before: AnyRow
    values: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    tags: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    followers: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    star: bool | None = None

    def note(self, kind: EventKind, old: str = "", new: str = "", mail: int | None = None) -> None:
        """An event of the edit."""
        self.events.append({"kind": kind, "old": old, "new": new, "message_id": mail})

    @property
    def changed(self) -> bool:
        """Whether it makes a new version of the ticket; marks make none."""
        return bool(self.values or any(self.tags))

    @property
    def marked(self) -> bool:
        return self.star is not None or any(self.followers)

    def fields(self) -> dict[str, tuple[Plain, Plain]]:
        """From what to what: all that taking it back needs."""
        was = self.before._mapping
        fields = {name: (plain(was[name]), plain(now)) for name, now in self.values.items()}
        if any(self.tags):
            fields[TAGS] = self.tags
        if any(self.followers):
            fields[FOLLOWERS] = self.followers
        if self.star is not None:
            fields[STAR] = (not self.star, self.star)
        return fields
