"""The one table of actions: id, words, where they act, keys of each preset.

The id's first part is the room: it groups the sheet and says which keys can get in each other's
way. Keys are Qt's portable text. A single letter acts only where nobody writes, Enter and Esc only
where nothing else wants them.
"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from deskapp.ui.translatable import N


@dataclass(frozen=True, slots=True)
class Entry:
    """``text`` is English and always findable; ``shown`` is in the person's language."""

    id: str
    text: str
    keys: tuple[str, ...] = ()

    @property
    def room(self) -> str:
        return self.id.partition(".")[0]

    @property
    def shown(self) -> str:
        return QCoreApplication.translate("Actions", self.text)


ROOMS = {
    "desk": N("Actions", "Everywhere"),
    "go": N("Actions", "Go to"),
    "ticket": N("Actions", "Ticket"),
    "inbox": N("Actions", "Inbox"),
    "reply": N("Actions", "Writing a reply"),
    "text": N("Actions", "Form of the text"),
    "canned": N("Actions", "Canned replies"),
    "customers": N("Actions", "Customers"),
    "orders": N("Actions", "Orders"),
}
_TOGETHER = ({"ticket", "inbox", "reply"}, {"text"}, {"canned"}, {"customers"}, {"orders"})
_EVERYWHERE = {"desk", "go"}

_ENTRIES = (
    Entry("desk.palette", N("Actions", "Command palette"), ("Ctrl+K",)),
    Entry("desk.new_ticket", N("Actions", "New ticket"), ("Ctrl+N",)),
    Entry("desk.fetch", N("Actions", "Fetch mail now"), ("F5",)),
    Entry("desk.search", N("Actions", "Search"), ("Ctrl+Shift+F",)),
    Entry("desk.keys", N("Actions", "Keyboard shortcuts"), ("F1",)),
    Entry("desk.undo", N("Actions", "Undo"), ("Ctrl+Z",)),
    Entry("desk.redo", N("Actions", "Redo"), ("Ctrl+Shift+Z",)),
    Entry("desk.away", N("Actions", "I am away, or back…")),
    Entry("desk.close_window", N("Actions", "Close this window"), ("Ctrl+W",)),
    Entry("desk.quit", N("Actions", "Quit"), ("Ctrl+Q",)),
    Entry("go.outbox", N("Actions", "Outbox"), ("Ctrl+Shift+B",)),
    Entry("go.approvals", N("Actions", "Waiting for approval")),
    Entry("go.inbox", N("Actions", "Go to Inbox"), ("Ctrl+1",)),
    Entry("go.customers", N("Actions", "Go to Customers"), ("Ctrl+2",)),
    Entry("go.canned", N("Actions", "Go to Replies"), ("Ctrl+3",)),
    Entry("go.orders", N("Actions", "Go to Orders"), ("Ctrl+4",)),
    Entry("go.settings", N("Actions", "Go to Settings"), ("Ctrl+5",)),
    Entry("ticket.reply", N("Actions", "Reply"), ("Ctrl+R",)),
    Entry("ticket.note", N("Actions", "Write a note"), ("Ctrl+Shift+N",)),
    Entry("ticket.entry", N("Actions", "Log a call or chat…"), ("Ctrl+Shift+G",)),
    Entry("ticket.forward", N("Actions", "Forward to a third party…"), ("Ctrl+L",)),
    Entry("ticket.forward_all", N("Actions", "Forward the whole conversation…")),
    Entry("ticket.hand_over", N("Actions", "Hand over…"), ("Ctrl+G",)),
    Entry("ticket.take_next", N("Actions", "Take the next ticket"), ("Ctrl+M",)),
    Entry("ticket.assign", N("Actions", "Assign…"), ("Ctrl+Shift+A",)),
    Entry("ticket.status", N("Actions", "Set status…"), ("Ctrl+Shift+S",)),
    Entry("ticket.snooze", N("Actions", "Snooze…"), ("Ctrl+Shift+H", "H")),
    Entry("ticket.tags", N("Actions", "Tags…"), ("Ctrl+Shift+T",)),
    Entry("ticket.priority", N("Actions", "Priority…"), ("Ctrl+Shift+I",)),
    Entry("ticket.team", N("Actions", "Team…"), ("Ctrl+Shift+Q",)),
    Entry("ticket.due", N("Actions", "Due date…"), ("Ctrl+Shift+E",)),
    Entry("ticket.star", N("Actions", "Star, or take the star off"), ("Ctrl+D", "S")),
    Entry("ticket.follow", N("Actions", "Follow, or follow no more"), ("Ctrl+Shift+W",)),
    Entry("ticket.followers", N("Actions", "Followers…")),
    Entry("ticket.close", N("Actions", "Close ticket"), ("Ctrl+E",)),
    Entry("ticket.merge", N("Actions", "Merge…"), ("Ctrl+Shift+M",)),
    Entry("ticket.split", N("Actions", "Split off or move messages…"), ("Ctrl+J",)),
    Entry("ticket.link", N("Actions", "Link with another ticket…")),
    Entry("ticket.unread", N("Actions", "Mark as unread"), ("Ctrl+U",)),
    Entry("ticket.bulk_reply", N("Actions", "Reply to all selected…"), ("Ctrl+Shift+R",)),
    Entry("ticket.history", N("Actions", "History"), ("Ctrl+Shift+J",)),
    Entry("ticket.window", N("Actions", "Open in its own window"), ("O",)),
    Entry("ticket.print", N("Actions", "Print or save as PDF…"), ("Ctrl+P",)),
    Entry("ticket.copy", N("Actions", "Copy the conversation as text"), ("Ctrl+Shift+C",)),
    Entry("inbox.open", N("Actions", "Read the ticket"), ("Return", "Enter")),
    Entry("inbox.list", N("Actions", "Back to the list"), ("Esc",)),
    Entry("inbox.back", N("Actions", "Back"), ("Alt+Left",)),
    Entry("inbox.onward", N("Actions", "Forward again"), ("Alt+Right",)),
    Entry("inbox.message_next", N("Actions", "Next message"), ("Alt+PgDown", "N")),
    Entry("inbox.message_previous", N("Actions", "Previous message"), ("Alt+PgUp", "P")),
    Entry("inbox.find", N("Actions", "Find in ticket"), ("Ctrl+F",)),
    Entry("inbox.next", N("Actions", "Next ticket"), ("Alt+Down",)),
    Entry("inbox.previous", N("Actions", "Previous ticket"), ("Alt+Up",)),
    Entry("inbox.pane", N("Actions", "Next pane"), ("F6",)),
    Entry("inbox.card", N("Actions", "Customer card"), ("Ctrl+Shift+K",)),
    Entry("inbox.order_find", N("Actions", "Find an order for this ticket"), ("Ctrl+T",)),
    Entry("inbox.order_link", N("Actions", "Insert the order's tracking link"), ("Ctrl+O",)),
    Entry("reply.canned", N("Actions", "Insert a canned reply…"), ("F8",)),
    Entry("reply.attach", N("Actions", "Attach files…"), ("Ctrl+Shift+L",)),
    Entry("reply.quote", N("Actions", "Quote more, or nothing"), ("Ctrl+Shift+Y",)),
    Entry("reply.preview", N("Actions", "See exactly what leaves"), ("Ctrl+Shift+P",)),
    Entry("reply.recipients", N("Actions", "Change recipients"), ("Ctrl+Shift+O",)),
    Entry("reply.discard", N("Actions", "Discard the draft"), ("Ctrl+Shift+D",)),
    Entry("reply.send", N("Actions", "Send and wait"), ("Ctrl+Return", "Ctrl+Enter")),
    Entry(
        "reply.send_close_next",
        N("Actions", "Send, close and go to the next"),
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
    ),
    Entry("reply.send_later", N("Actions", "Send later…"), ("Ctrl+Shift+F9",)),
    Entry("reply.send_anyway", N("Actions", "Send anyway"), ("F9",)),
    Entry("text.bold", N("Actions", "Bold"), ("Ctrl+B",)),
    Entry("text.italic", N("Actions", "Italic"), ("Ctrl+I",)),
    # Of those on a digit also the sign that some layouts give with Shift.
    Entry("text.bullets", N("Actions", "List"), ("Ctrl+Shift+8", "Ctrl+Shift+*")),
    Entry("text.numbers", N("Actions", "Numbered list"), ("Ctrl+Shift+7", "Ctrl+Shift+&")),
    Entry("text.deeper", N("Actions", "Item one level in"), ("Ctrl+]",)),
    Entry("text.shallower", N("Actions", "Item one level out"), ("Ctrl+[",)),
    Entry("text.link", N("Actions", "Link…"), ("Ctrl+Shift+K",)),
    Entry("text.quote", N("Actions", "Quote"), ("Ctrl+Shift+9", "Ctrl+Shift+(")),
    Entry("text.code", N("Actions", "Code"), ("Ctrl+Shift+M",)),
    Entry("text.paste_plain", N("Actions", "Paste without forms"), ("Ctrl+Shift+V",)),
    Entry("canned.new", N("Actions", "New canned reply"), ("Ctrl+Shift+N",)),
    Entry("canned.save", N("Actions", "Save"), ("Ctrl+S",)),
    Entry("canned.placeholder", N("Actions", "Insert placeholder…"), ("F8",)),
    Entry("canned.preview", N("Actions", "Preview with the last opened ticket"), ("Ctrl+Shift+P",)),
    Entry("canned.duplicate", N("Actions", "Duplicate"), ("Ctrl+Shift+K",)),
    Entry("canned.archive", N("Actions", "Archive…"), ("Ctrl+Shift+D",)),
    Entry("canned.import", N("Actions", "Import a folder…"), ("Ctrl+Shift+I",)),
    Entry("canned.export", N("Actions", "Export into a folder…"), ("Ctrl+Shift+E",)),
    Entry("customers.find", N("Actions", "Find in the list of customers"), ("Ctrl+F",)),
    Entry("customers.new", N("Actions", "New customer"), ("Ctrl+Shift+N",)),
    Entry("customers.edit", N("Actions", "Edit the record"), ("F2",)),
    Entry("orders.find", N("Actions", "Find in the list of orders"), ("Ctrl+F",)),
    Entry("orders.import", N("Actions", "Import an order file…"), ("Ctrl+I",)),
)
ENTRIES: dict[str, Entry] = {entry.id: entry for entry in _ENTRIES}

PRESETS: dict[str, dict[str, tuple[str, ...]]] = {
    "default": {},
    "gmail": {
        "inbox.next": ("Alt+Down", "J"),
        "inbox.previous": ("Alt+Up", "K"),
        "inbox.open": ("Return", "Enter", "O"),
        "inbox.list": ("Esc", "U"),
        "ticket.window": ("Shift+O",),
        "ticket.reply": ("Ctrl+R", "R"),
        "ticket.forward": ("Ctrl+L", "F"),
        "ticket.note": ("Ctrl+Shift+N", "M"),
        "ticket.close": ("Ctrl+E", "E"),
        "ticket.snooze": ("Ctrl+Shift+H", "B", "H"),
        "ticket.tags": ("Ctrl+Shift+T", "L"),
        "ticket.unread": ("Ctrl+U", "Shift+U"),
        "desk.undo": ("Ctrl+Z", "Z"),
        "desk.search": ("Ctrl+Shift+F", "/"),
        "desk.new_ticket": ("Ctrl+N", "C"),
        "desk.keys": ("F1", "?"),
    },
    "thunderbird": {
        "inbox.next": ("Alt+Down", "F"),
        "inbox.previous": ("Alt+Up", "B"),
        "ticket.close": ("Ctrl+E", "A"),
        "ticket.unread": ("Ctrl+U", "M"),
        "ticket.tags": ("Ctrl+Shift+T", "T"),
        "desk.search": ("Ctrl+Shift+F", "Ctrl+Shift+X"),
        "desk.fetch": ("F5", "Shift+F5"),
    },
}


def overlap(one: str, other: str) -> bool:
    """Whether actions of these rooms can both be meant by one key."""
    if {one, other} & _EVERYWHERE:
        return "text" not in (one, other)  # in the editor its own keys go first
    return any({one, other} <= rooms for rooms in _TOGETHER)
