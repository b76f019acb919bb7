"""What an empty list says: why, and what comes next."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.kinds import View
from deskapp.domain.saved_views import PINNED
from deskapp.ui.translatable import N

_EMPTY = {
    View.MINE: (
        N("EmptyList", "Nothing waits on you."),
        N("EmptyList", "Take a ticket from Unassigned, or enjoy the calm."),
    ),
    View.MY_TEAM: (
        N("EmptyList", "Nothing waits on your team."),
        N("EmptyList", "Tickets that are given to your team appear here."),
    ),
    View.UNASSIGNED: (
        N("EmptyList", "Every ticket has somebody."),
        N("EmptyList", "New mail that nobody has taken yet appears here."),
    ),
    View.ALL_OPEN: (
        N("EmptyList", "No open tickets."),
        N(
            "EmptyList",
            "New mail of the mailboxes in Settings appears here by itself.",
        ),
    ),
    View.WAITING: (
        N("EmptyList", "No customer owes you an answer."),
        N("EmptyList", "Tickets you have answered wait here until the customer writes."),
    ),
    View.SNOOZED: (
        N("EmptyList", "Nothing is put aside."),
        N("EmptyList", "Snooze a ticket with H; it comes back on top when its time has come."),
    ),
    View.MENTIONS: (
        N("EmptyList", "Nobody calls you in a note."),
        N(
            "EmptyList",
            "Write @ and a name in a note, and the ticket stands in that person's Mentions.",
        ),
    ),
    View.FOLLOWING: (
        N("EmptyList", "You follow no ticket."),
        N("EmptyList", "Follow one from its More menu, and it stays in sight here."),
    ),
    View.STARRED: (
        N("EmptyList", "No ticket has your star."),
        N("EmptyList", "Star one with Ctrl+D. Stars are yours alone."),
    ),
    View.CLOSED: (
        N("EmptyList", "Nothing is closed yet."),
        N("EmptyList", "Closed tickets stay here and open again when the customer writes."),
    ),
    View.SPAM: (
        N("EmptyList", "No spam."),
        N("EmptyList", "Tickets marked as spam are kept aside here."),
    ),
    View.ALL: (
        N("EmptyList", "This desk is empty."),
        N("EmptyList", "Add a mailbox in Settings; its mail becomes tickets."),
    ),
}


def empty_words(view: str, searched: str) -> tuple[str, str]:
    """(title, sentence) for a view without tickets, or for a search without an answer."""
    if searched:
        title = QCoreApplication.translate("EmptyList", "Nothing matches “{words}”.")
        return (
            title.replace("{words}", searched),
            QCoreApplication.translate(
                "EmptyList", "All tickets were searched, closed ones too. Try fewer words."
            ),
        )
    if view.startswith(PINNED):
        title = QCoreApplication.translate("EmptyList", "No ticket fits this view now.")
        return title, QCoreApplication.translate(
            "EmptyList", "It fills by itself as soon as tickets fit its search."
        )
    title, sentence = _EMPTY[View(view)] if view in list(View) else _EMPTY[View.ALL]
    return (
        QCoreApplication.translate("EmptyList", title),
        QCoreApplication.translate("EmptyList", sentence),
    )
