"""A Problem as a command tells it: what happened, what is safe, what to do, and the exit code.

Words in braces are facts of the Problem; ``_FACTS`` has what stands there when a fact is missing.
"""

from deskapp.domain.problem import Problem, ProblemKind

from .assignment_fault_words import ABOUT_ASSIGNMENT
from .canned_faults import template_words
from .customer_fault_words import ABOUT_CUSTOMERS
from .database_fault_words import ABOUT_DATABASE, DATABASE
from .order_fault_words import ABOUT_ORDERS
from .query_fault_words import ABOUT_QUERIES
from .rights_fault_words import ABOUT_RIGHTS
from .source_fault_words import ABOUT_SOURCES
from .ticket_fault_words import ABOUT_TICKETS

FAILED, WRONG_USE, IN_PART, SIGN_IN_REFUSED, OFFLINE = 1, 2, 3, 4, 5
"""The exit codes of DESIGN section 6 besides 0, done."""

K = ProblemKind

SENTENCES: dict[ProblemKind, str] = {
    K.OFFLINE: "{host} cannot be reached ({said}). What is here stays, and replies wait; check "
    "the network and try again.",
    K.SIGN_IN_REFUSED: "{host} refused the name or the password ({said}). Nothing was changed; "
    "store the right password with `deskapp mailbox add … --password-stdin`.",
    K.TLS_UNTRUSTED: "{host} showed a certificate that this computer does not trust ({said}). No "
    "password was sent; check the server's name, or ask who runs it to renew the certificate.",
    K.TLS_UNAVAILABLE: "{host} does not offer the TLS that was asked for. No password was sent; "
    "check the port and --imap-security or --smtp-security.",
    K.SERVER_REFUSED: "{host} answered: {said}. Nothing is lost; what was to be sent is kept.",
    K.FOLDER_IS_VIEW: "{folder} shows mail of other folders a second time and is not watched. "
    "Name the folders that the mail is in.",
    K.FOLDER_MISSING: "The folder {folder} is not on the server any more. Mail fetched from it "
    "stays; add the mailbox again with the folders to watch.",
    K.PLAIN_NOT_LOOPBACK: "A connection without TLS is allowed only to this computer, not to "
    "{host}. No password was sent; use tls or starttls.",
    K.NO_SECRET: "No password for {mailbox} is stored on this computer. Mail already here stays "
    "and replies wait; give it in DESKAPP_PASSWORD, or name a file in DESKAPP_SECRETS.",
    K.LEASE_HELD: "Another program fetches {address} right now ({holder}). Nothing is fetched or "
    "sent twice; try again when it has stopped.",
    K.TOO_SLOW: "{host} did not finish its answer in {seconds} seconds. What is here stays; try "
    "again in a moment.",
    K.NOT_PUBLIC: "{host} is not an address of the open internet. Nothing was sent to it; allow "
    "private addresses for this connection if the shop runs on your own network.",
    K.REDIRECTED: "{host} sends us on to {to}. No key was sent there; if that is the shop, enter "
    "its address.",
    K.SCOPE_MISSING: "The key for {host} may not do this; it lacks “{scope}”. Nothing was changed; "
    "give the key this right in the shop, then try again.",
    K.SLOW_DOWN: "{host} asks us to wait {wait} seconds. Nothing is lost; it goes on after that.",
    K.SERVER_DOWN: "{host} is out of order or under maintenance (code {code}). What is here "
    "stays; try again later.",
    K.BAD_ANSWER: "{host} did not answer in the form that was agreed ({said}). Nothing was "
    "changed; check the shop's address, and whether something stands in between.",
    **DATABASE,
    K.NOT_A_DESK: "{place} is not a deskapp desk. It was not changed; name another one, or make "
    "a new one with `deskapp --desk … init`.",
    K.DISK_FULL: "The disk is full: {path} could not be written ({said}). Nothing half-written was "
    "kept; free some space and try again.",
    K.READ_ONLY: "{path} may not be written to. Nothing was changed; choose another folder, or "
    "change its permissions.",
    K.NETWORK_FOLDER: "{path} is on a network folder ({system}), where a desk file would be "
    "damaged. Nothing was created; use a folder of this computer, or PostgreSQL for a team.",
    K.NOT_ALLOWED: "Your role on this desk may not do this ({said}). Nothing was changed; ask an "
    "admin of the desk.",
    K.FILE_MISSING: "{path} is not there. Nothing was changed; check the name.",
    K.FILE_UNREADABLE: "{path} cannot be read ({said}). Nothing was changed; check that it is the "
    "right file and that you may read it.",
    K.FILE_EXISTS: "{path} is there already and was left as it is. Choose another name.",
    K.BACKUP_INVALID: "{path} did not pass the test of a backup ({said}). The desk in use is "
    "unchanged; use another backup file.",
    K.NOT_FOUND: "There is no {what} {value}. Nothing was changed; check the name or number.",
    K.CHANGED_MEANWHILE: "Somebody changed this {what} meanwhile. Their change stands and nothing "
    "of yours was sent; look at what is new, then do it again if it still fits.",
    K.INVALID: "“{value}” cannot be used as {what}. Nothing was changed; correct it and try again.",
    K.DUPLICATE: "“{value}” is there already. Nothing was changed; use it, or choose another name.",
    K.EMPTY: "Empty: {what}. Nothing was changed; give it some text.",
    K.UNRESOLVED_PLACEHOLDER: "“{name}” at line {line}, character {column} of the text has no "
    "value for this ticket. Nothing was sent; write the text with --text-file instead.",
    K.TEMPLATE_ERROR: "Line {line} of the canned reply cannot be read ({why}). Nothing was "
    "changed; correct its placeholders, for example {{ customer.first_name }}.",
    K.TOO_LATE: "It is too late: the reply is not in a state where this can be done. Nothing was "
    "changed; see `deskapp outbox list --all`.",
    K.TOO_LARGE: "{size} bytes are more than the {limit} that may be used here. Nothing was "
    "changed; make it smaller.",
    K.WRONG_COLUMNS: "The file has no column “{missing}”; it has: {found}. Nothing was imported; "
    "name the shop with --profile, or the columns with --column number=HEADER.",
    K.ENGINE_STOPPED: "The part that fetches and sends mail has stopped. Everything here stays "
    "and replies wait; run `deskapp engine` again.",
}

_ABOUT: dict[tuple[ProblemKind, str], str] = {
    (K.FILE_MISSING, "desk"): "There is no desk at {path}. Nothing was changed; make one with "
    "`deskapp init`, or name another with --desk.",
    (K.CHANGED_MEANWHILE, "split_off"): "{who} has worked on the ticket that was split off. "
    "Nothing was changed; merge the two with `deskapp ticket merge` if they are one matter.",
    (K.TOO_LATE, "move"): "This was undone already, or what it moved has gone on from there. "
    "Nothing was changed; see `deskapp ticket show`.",
    (K.NOT_FOUND, "move"): "There is no merge, split or move with the id {value}. Nothing was "
    "changed; `deskapp ticket show --json` names those of a ticket.",
    (K.INVALID, "merge"): "A ticket cannot be merged into itself, and two numbers that lead to "
    "one ticket are one. Nothing was changed; name two tickets.",
    (K.INVALID, "split"): "That is all there is on ticket {value}. Nothing was changed; leave at "
    "least one message there.",
    (K.INVALID, "move"): "That is all there is on ticket {value}. Nothing was changed; merge it "
    "into the other ticket instead with `deskapp ticket merge`.",
    (K.INVALID, "move_here"): "The messages are on that ticket already. Nothing was changed; name "
    "another one.",
    (K.EMPTY, "split"): "None of these messages is on the ticket. Nothing was changed; "
    "`deskapp ticket show --json` names the ids of its messages.",
    (K.INVALID, "unmerge"): "Ticket {value} was not merged into another one. Nothing was changed; "
    "see `deskapp ticket show`.",
    (K.INVALID, "link_role"): "“{value}” is no way to be linked. Nothing was changed; name "
    "related, parent or child.",
    (K.INVALID, "link"): "A ticket is not linked with itself. Nothing was changed; name two.",
    (K.DUPLICATE, "order_number"): "Several orders have the number {value}. Nothing was changed; "
    "put the source before it, one of: {found}.",
    (K.DUPLICATE, "link"): "The two tickets are linked already. Nothing was changed; take that "
    "link off first with --remove.",
    (K.DUPLICATE, "parent"): "Ticket {value} belongs to ticket {parent} already. Nothing was "
    "changed; take that link off first with --remove.",
    (K.INVALID, "link_circle"): "Ticket {value} is above the other already, so it cannot be "
    "below it too. Nothing was changed.",
    (K.NOT_FOUND, "link"): "The two tickets are not linked. Nothing was changed; see `deskapp "
    "ticket show`.",
    (K.NO_SECRET, "desk"): "The desk's database at {place} asks for a password. Nothing was "
    "changed; set PGPASSWORD, write it into .pgpass, or put the address with its password into "
    "DESKAPP_DESK and run `deskapp init` once to have it kept.",
    (K.SIGN_IN_REFUSED, "desk"): "The desk's database at {place} refused the name or the password "
    "({said}). Nothing was changed; put the address with the right password into DESKAPP_DESK and "
    "run `deskapp init` once to have it kept. If it is right, it ran out or your access has ended: "
    "ask an admin.",
    (K.EMPTY, "reply"): "The reply has no text. Nothing was sent; name its text with --text-file "
    "or --canned.",
    (K.INVALID, "secrets_file_mode"): "{value} may be read by others, and passwords are kept "
    "only in a file of mode 0600. Nothing was read; run `chmod 600` on it.",
    (K.INVALID, "act"): "{value} already belongs to another reply, or to one that was taken back. "
    "Nothing was sent; give this reply an id of its own.",
    (K.INVALID, "snooze_ended"): "Ticket {value} has ended, so there is nothing to put aside. "
    "Nothing was changed; open it first with --status open.",
    (K.INVALID, "status"): "“{value}” is no status and none of the desk's own words for one. "
    "Nothing was changed; see `deskapp label list`.",
    (K.INVALID, "due"): "“{value}” is no date. Nothing was changed; write it like 2026-12-01 or "
    "2026-12-01T17:00, or tomorrow, working_day, monday, week or none.",
    (K.INVALID, "label"): "“{value}” is a word for another status. Nothing was changed; name the "
    "label alone.",
    (K.INVALID, "tag_merge"): "“{value}” is that tag already. Nothing was changed; name two tags.",
    (K.TOO_LATE, "tag_merge"): "This merge was taken back already, or one of its tags has been "
    "merged on. Nothing was changed; see `deskapp tag merges`.",
    (K.EMPTY, "tickets"): "No ticket is named. Nothing was changed; give numbers, --matching WORDS "
    "or --view NAME.",
    (K.INVALID, "matching"): "“{value}” is no operator with that value, and as text it would find "
    "other tickets. Nothing was changed; see `deskapp search --help`.",
    (
        K.INVALID,
        "week",
    ): "“{value}” names no weekdays. Nothing was changed; write digits, Monday is 1: 12345.",
    (K.EMPTY, "week"): "No day of the week is worked. Nothing was changed; name at least one.",
    (
        K.INVALID,
        "day",
    ): "“{value}” does not begin with a date. Nothing was changed; write a line "
    "for each day, like 2026-02-17 Tết.",
    (K.EMPTY, "needed"): "A hand-over says what is needed. Nothing was changed; add --needed.",
    (K.INVALID, "hand_over"): "A hand-over goes to one place. Nothing was changed; give --team or "
    "--to, and not both.",
    (K.NOT_FOUND, "act"): "There is nothing of yours to take back. Nothing was changed.",
    (K.EMPTY, "acting_agent"): "A star is somebody's own, and nobody is named here. Nothing was "
    "changed; say who you are with --as.",
    (K.INVALID, "snooze"): "“{value}” is no time to come. Nothing was changed; write it like "
    "2026-12-01T09:00, or tomorrow, working_day, monday, week, reply or none.",
    (K.INVALID, "own"): "“{value}” is somebody's own reply. It was left out; name yourself with "
    "`--agent`.",
    (K.INVALID, "sender"): "“{value}” is none of this desk's addresses. Nothing was sent; see "
    "`deskapp mailbox list`.",
    (K.INVALID, "own_address"): "“{value}” is a mailbox of this desk. Nothing was sent.",
    (K.INVALID, "third_party"): "“{value}” is the ticket's customer, and a forward is for somebody "
    "else. Nothing was sent; use `ticket reply`, or name another address.",
    (K.INVALID, "auto_reply_text"): "“{value}” cannot answer by itself: it is one agent's own, is "
    "for another mailbox, or asks or names the agent. Nothing was changed; choose another text.",
    (K.EMPTY, "auto_reply"): "This mailbox answers nobody by itself. Nothing was changed; name a "
    "text with --canned.",
    (K.INVALID, "recipient"): "“{value}” is no address a reply can go to. Nothing was sent; "
    "correct the customer's address.",
    (K.NOT_FOUND, "mailbox"): "There is no mailbox {value} on this desk. Nothing was changed; see "
    "`deskapp mailbox list`.",
    (K.EMPTY, "password"): "No password was given. Nothing was changed; pipe it to "
    "--password-stdin, or set DESKAPP_PASSWORD.",
    (K.DUPLICATE, "desk"): "{value} already holds a desk with mail. Nothing was changed; restore "
    "into an empty database, or name a new desk with --desk.",
}

_KNOWN = (
    _ABOUT,
    ABOUT_ORDERS,
    ABOUT_CUSTOMERS,
    ABOUT_QUERIES,
    ABOUT_SOURCES,
    ABOUT_DATABASE,
    ABOUT_RIGHTS,
    ABOUT_TICKETS,
    ABOUT_ASSIGNMENT,
)

_FACTS = {
    "host": "The server",
    "mailbox": "this mailbox",
    "address": "this mailbox",
    "holder": "another computer",
    "folder": "named",
    "place": "the chosen place",
    "login": "used here",
    "path": "The file or folder",
    "system": "shared",
    "said": "no more was said",
    "why": "no more was said",
    "found": "unknown",
    "known": "less",
    "what": "such thing",
    "value": "",
    "name": "A placeholder",
    "line": "1",
    "column": "1",
    "size": "So many",
    "limit": "number",
    "needed": "more",
    "free": "less",
    "missing": "for the order number",
    "who": "A colleague",
    "fact": "something",
    "theirs": "something else",
    "version": "",
    "to": "something else",
    "seconds": "10",
    "wait": "some",
    "scope": "a right",
    "code": "unknown",
    "most": "less",
    "currency": "",
}

# The rooms call a fact by the name that fits there: (the sentence's name, theirs).
_INSTEAD = (
    ("value", "id"),
    ("value", "name"),
    ("path", "place"),
    ("what", "path"),
    ("said", "reason"),
    ("limit", "rows"),
)

_CODES = {
    K.OFFLINE: OFFLINE,
    K.DATABASE_UNREACHABLE: OFFLINE,
    K.OUTCOME_UNKNOWN: OFFLINE,
    K.TOO_SLOW: OFFLINE,
    K.SERVER_DOWN: OFFLINE,
    K.SIGN_IN_REFUSED: SIGN_IN_REFUSED,
    K.NO_SECRET: SIGN_IN_REFUSED,
    K.INVALID: WRONG_USE,
    K.EMPTY: WRONG_USE,
    K.PLAIN_NOT_LOOPBACK: WRONG_USE,
    K.NOT_PUBLIC: WRONG_USE,
}


def exit_code(problem: Problem) -> int:
    """The exit code a Problem ends a command with."""
    return code_of(problem.kind)


def code_of(kind: ProblemKind) -> int:
    """The exit code for a kind of Problem."""
    return _CODES.get(kind, FAILED)


def sentence(problem: Problem) -> str:
    """The Problem on one line: what happened, what is safe, what to do."""
    told = {name: str(value) for name, value in problem.details.items() if value not in (None, "")}
    if problem.kind is K.TEMPLATE_ERROR:
        told["why"] = template_words(problem)
    for name, instead in _INSTEAD:
        told[name] = told.get(name) or told.get(instead, "")
    about = problem.kind, told["what"]
    text = next((one[about] for one in _KNOWN if about in one), SENTENCES[problem.kind])
    told["what"] = told["what"].replace("_", " ")
    for name, neutral in _FACTS.items():
        # By replacement: a server's words may hold braces, which str.format would read.
        text = text.replace("{" + name + "}", told.get(name) or neutral)
    return " ".join(text.split())
