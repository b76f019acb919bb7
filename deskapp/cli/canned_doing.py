"""What a canned reply does to its ticket beside its text, when a command puts it in."""

from typing import TYPE_CHECKING

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.replies import NO_ACTIONS, CannedActions
from deskapp.domain.snoozing import snooze_told

if TYPE_CHECKING:
    from deskapp.desk import Desk
    from deskapp.domain.ids import TicketId

_WORDS = {
    "assignee": "the assignee to {}",
    "tags_added": "the tags {}",
    "tags_removed": "no more tags {}",
    "snooze": "the snooze to {}",
    "status": "the status to {}",
}


def do_acts(
    desk: "Desk", ticket: "TicketId", actions: CannedActions, name: str
) -> dict[str, object]:
    """Does it, and says what really changed: assignee, tags_added, tags_removed, snooze."""
    if actions == NO_ACTIONS:
        return {}
    done = desk.canned_acts.do(ticket, actions, name).done
    did: dict[str, object] = {
        "assignee": None if done.assignee_id is None else desk.agents.get(done.assignee_id).name,
        "tags_added": list(done.add_tags),
        "tags_removed": list(done.remove_tags),
        "snooze": snooze_told(done.snooze) if done.snooze else None,
    }
    return {key: value for key, value in did.items() if value}


def set_to(status: TicketStatus | None) -> dict[str, object]:
    """The status that the reply gives its ticket, where one was named."""
    return {} if status is None else {"status": status.value}


def acts_words(did: dict[str, object]) -> str:
    """What was done, as a list in words."""
    said = (
        _WORDS[key].format(", ".join(value) if isinstance(value, list) else value)
        for key, value in did.items()
    )
    return ", ".join(said)
