"""The closed sets of words that rows are made of. Values are stored and stand in the JSON."""

from enum import StrEnum


class TicketStatus(StrEnum):
    """Where a matter stands, and so who is waited for."""

    NEW = "new"  # nobody has answered yet: us
    OPEN = "open"  # the customer wrote last: us
    WAITING = "waiting"  # we wrote last: the customer
    ON_HOLD = "on_hold"  # a third party
    SOLVED = "solved"  # nobody, reopens on an answer
    CLOSED = "closed"  # nobody, reopens on an answer
    SPAM = "spam"
    MERGED = "merged"  # lives on inside another ticket; in no view


ACTIVE_STATUSES = (
    TicketStatus.NEW,
    TicketStatus.OPEN,
    TicketStatus.WAITING,
    TicketStatus.ON_HOLD,
)
WAITS_FOR_US = (TicketStatus.NEW, TicketStatus.OPEN)
ENDED = (TicketStatus.SOLVED, TicketStatus.CLOSED)


class View(StrEnum):
    """The views every desk has. Saved searches come beside them."""

    MINE = "mine"
    MY_TEAM = "my_team"  # there only for an agent who is in a team
    UNASSIGNED = "unassigned"
    ALL_OPEN = "all_open"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    MENTIONS = "mentions"  # notes that call the acting agent
    FOLLOWING = "following"
    STARRED = "starred"
    CLOSED = "closed"
    SPAM = "spam"
    ALL = "all"


class Direction(StrEnum):
    """Who put a message on a ticket."""

    IN = "in"
    OUT = "out"
    NOTE = "note"


class MailKind(StrEnum):
    """What sort of sender wrote a mail (DESIGN section 6, ``parse``)."""

    HUMAN = "human"
    AUTO_REPLY = "auto_reply"
    OUT_OF_OFFICE = "out_of_office"
    BOUNCE = "bounce"
    BULK = "bulk"
    COMPLAINT = "complaint"


class LedgerState(StrEnum):
    """What we know of one UID on the server (DESIGN section 4, mail ledger)."""

    PENDING = "pending"  # listed by the server, bytes not here yet
    STORED = "stored"  # bytes are here; message_id tells whether it is filed
    HELD = "held"  # bytes are here (or unreadable on the server), not readable yet
    VANISHED = "vanished"  # gone from the server; what we stored stays
    NOT_ASKED = "not_asked"  # on the server, older than the first import was asked to reach
    ERASED = "erased"  # of somebody who was erased at their wish: not kept, not asked for again


class OutboxState(StrEnum):
    """Where a reply stands on its way out."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


class OutboxPhase(StrEnum):
    """How far the SMTP dialogue came; stored before each step, only ever moves forward."""

    NONE = "none"
    CONNECTED = "connected"
    SENDER_ACCEPTED = "sender_accepted"
    RECIPIENTS_ACCEPTED = "recipients_accepted"
    BODY_SENT = "body_sent"  # committed before the final dot: from here on never resent by itself
    ACCEPTED = "accepted"


class ContactKind(StrEnum):
    MAIL = "mail"
    PHONE = "phone"
    HANDLE = "handle"
    POSTAL = "postal"


class FieldKind(StrEnum):
    """What a desk's own field of customers holds."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    YES_NO = "yes_no"
    LINK = "link"


class Purpose(StrEnum):
    """What somebody may be written to for without having asked. ``MAIL`` is all of it."""

    MAIL = "mail"
    OFFERS = "offers"
    SURVEYS = "surveys"


class Security(StrEnum):
    """How a connection to a mail server is protected; ``none`` only towards loopback."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class EventKind(StrEnum):
    """What happened to a ticket; history and metrics are read from these."""

    CREATED = "created"
    RECEIVED = "received"
    REPLIED = "replied"
    AUTO_REPLIED = "auto_replied"
    NOTED = "noted"
    FORWARDED = "forwarded"  # we wrote to a third party, in a side thread
    HANDED_OVER = "handed_over"  # to another team, or by mail to a department without a seat
    SIDE_ANSWER = "side_answer"  # a third party wrote to us there
    STATUS = "status"
    LABELLED = "labelled"  # another of the desk's own words for the status
    PRIORITY = "priority"
    TEAM = "team"
    DUE = "due"
    FOLLOWER = "follower"  # an agent follows it
    UNFOLLOWED = "unfollowed"
    ASSIGNED = "assigned"
    UNATTENDED = "unattended"  # nobody was here to be given it
    TAGGED = "tagged"
    UNTAGGED = "untagged"
    SUBJECT = "subject"
    CUSTOMER = "customer"
    MERGED = "merged"
    UNMERGED = "unmerged"  # a merge was undone
    SPLIT = "split"
    MOVED = "moved"  # some of its messages went to another ticket, or came from it
    LINKED = "linked"
    UNLINKED = "unlinked"
    FOLLOWED = "followed"
    ADMITTED = "admitted"
    SAME_PERSON = "same_person"
    UNDONE = "undone"
    SNOOZED = "snoozed"
    UNSNOOZED = "unsnoozed"
    WOKE = "woke"
    SENT = "sent"
    SEND_FAILED = "send_failed"
    SEND_UNCERTAIN = "send_uncertain"
    RETURN_CASE = "return_case"  # a step of a return case; its reason is the case's name
    APPROVAL = "approval"  # of a reply of a junior's; its reason is what became of it
    ORDER_FORM = "order_form"  # a step of an order form; its reason is what is asked for
    ORDER_ACT = "order_act"  # a step of something done in the shop; its reason is what
