"""What an act is called: "close 3 tickets"."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.kinds import TicketStatus
from deskapp.domain.ticket_facts import Priority
from deskapp.domain.undoing import (
    FOLLOWERS,
    STAR,
    TAGS,
    Act,
    ActKind,
    TakenBack,
    snooze_kept,
)
from deskapp.ui import words
from deskapp.ui.fact_words import priority
from deskapp.ui.translatable import N

from .move_words import MOVED, move_words

_STATUS = {
    TicketStatus.CLOSED: N("Undo", "close %n ticket(s)"),
    TicketStatus.SOLVED: N("Undo", "solve %n ticket(s)"),
    TicketStatus.SPAM: N("Undo", "mark %n ticket(s) as spam"),
}
_FIELDS = {
    "team_id": N("Undo", "change the team of %n ticket(s)"),
    "due_at": N("Undo", "change the due date of %n ticket(s)"),
    "subject": N("Undo", "change the subject of %n ticket(s)"),
    "label_id": N("Undo", "change the word for the status of %n ticket(s)"),
}
_KINDS = {
    ActKind.HAND_MAIL: N("Undo", "hand ticket {number} over by mail"),
    ActKind.HAND_OVER: N("Undo", "hand ticket {number} over to {name}"),
    ActKind.SEND: N("Undo", "send the reply on ticket {number}"),
}
_KEPT = N("Undo", "%n ticket(s) left as changed since: ticket {number} by {who}.")
_KEPT_BY_NOBODY = N("Undo", "%n ticket(s) left as changed since, ticket {number} among them.")


def act_words(act: Act) -> str:
    """As it stands behind "Undo: "."""
    if act.kind is ActKind.MACRO:
        said = _tr(N("Undo", "canned reply “{name}” on ticket {number}"))
    elif act.kind is ActKind.BULK_SEND:
        said = _tr(N("Undo", "send %n mail(s)"), act.count)
    elif act.kind in MOVED:
        said = move_words(act)
    elif act.kind in _KINDS:
        said = _tr(_KINDS[act.kind])
    else:
        said = _edit_words(act)
    said = said.replace("{number}", str(act.number or ""))
    return said.replace("{name}", act.detail)


def taken_back_words(done: TakenBack) -> str:
    """What an undo came to: "Undone: close 3 tickets." and what it left alone."""
    said = _tr(N("Undo", "Done again: {act}.") if done.act.redoes else N("Undo", "Undone: {act}."))
    said = said.replace("{act}", act_words(done.act))
    if not done.kept:
        return said
    first = done.kept[0]
    kept = _tr(_KEPT if first.who else _KEPT_BY_NOBODY, done.kept_count)
    kept = kept.replace("{number}", str(first.number)).replace("{who}", first.who)
    return f"{said} {kept}"


def _edit_words(act: Act) -> str:
    fields = act.fields
    if "status" in fields:
        status = TicketStatus(str(fields["status"]))
        said = _tr(_STATUS.get(status, N("Undo", "set %n ticket(s) to {status}")), act.count)
        return said.replace("{status}", words.status(status))
    if "assignee_id" in fields:
        if fields["assignee_id"] is None:
            return _tr(N("Undo", "unassign %n ticket(s)"), act.count)
        said = _tr(N("Undo", "assign %n ticket(s) to {assignee}"), act.count)
        return said.replace("{assignee}", str(fields.get("assignee", "")))
    if "snooze" in fields:
        return _snooze_words(act)
    if "priority" in fields:
        said = _tr(N("Undo", "set the priority of %n ticket(s) to {priority}"), act.count)
        return said.replace("{priority}", priority(Priority(str(fields["priority"]))))
    if TAGS in fields:
        tags = fields[TAGS]
        if isinstance(tags, list) and tags:
            said = _tr(N("Undo", "tag %n ticket(s) with {tags}"), act.count)
            return said.replace("{tags}", ", ".join(map(str, tags)))
        return _tr(N("Undo", "take tags off %n ticket(s)"), act.count)
    if STAR in fields:
        gone = N("Undo", "take the star off %n ticket(s)")
        return _tr(N("Undo", "star %n ticket(s)") if fields[STAR] else gone, act.count)
    if FOLLOWERS in fields:
        gone = N("Undo", "take a follower off %n ticket(s)")
        return _tr(
            N("Undo", "add a follower to %n ticket(s)") if fields[FOLLOWERS] else gone, act.count
        )
    told = next((_FIELDS[name] for name in fields if name in _FIELDS), "")
    return _tr(told or N("Undo", "change %n ticket(s)"), act.count)


def _snooze_words(act: Act) -> str:
    aside = snooze_kept(act.fields)
    if not aside:
        return _tr(N("Undo", "wake %n ticket(s)"), act.count)
    said = _tr(N("Undo", "snooze %n ticket(s) {until}"), act.count)
    return said.replace("{until}", words.snooze_words(aside))


def _tr(said: str, count: int = -1) -> str:
    return QCoreApplication.translate("Undo", said, None, count)
