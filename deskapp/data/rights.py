"""The rights of each role on each table of a team desk, once, as data (docs/team.md tells them).

PostgreSQL enforces them, whatever program asks: ``rights_sql`` turns them into grants,
``row_rules`` has what depends on the row. Every role but a junior's program pulls, files and sends;
what intake writes is everybody's to write.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from deskapp.domain.identity import ENGINE, ROLES

from .queries.approvals_write import WAITS_AGAIN
from .queries.erase_walk import ANONYMOUS, STAYS

Names = tuple[str, ...]

EVERYBODY: Names = (*ROLES, ENGINE)
STAFF: Names = ROLES
SENIORS: Names = ("agent", "lead", "admin")
SENDERS: Names = (*SENIORS, ENGINE)
LEADS: Names = ("lead", "admin")
ADMINS: Names = ("admin",)
NOBODY: Names = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a table that these roles may change, where they may not change all of a row."""

    roles: Names
    names: Names


@dataclass(frozen=True, slots=True)
class Rights:
    """Which roles may do what to a table's rows, apart from rules about single rows.

    ``erased``: rows go when a person or a shop is erased, which leads and admins do.
    """

    insert: Names = NOBODY
    update: Names = NOBODY
    delete: Names = NOBODY
    columns: tuple[Columns, ...] = ()
    select: Names = EVERYBODY
    erased: bool = False

    def roles(self, verb: str) -> Names:
        """Who has this verb, on some columns at least."""
        if verb == "SELECT":
            return self.select
        if verb == "INSERT":
            return self.insert
        if verb == "UPDATE":
            some = {role for one in self.columns for role in one.roles}
            return tuple(role for role in EVERYBODY if role in some or role in self.update)
        gone = LEADS if self.erased else NOBODY
        return tuple(role for role in EVERYBODY if role in self.delete or role in gone)

    def columns_of(self, role: str, verb: str) -> Names:
        """The columns that this role may change alone; none for all of them, or for none."""
        if verb != "UPDATE" or role in self.update:
            return ()
        found = (name for one in self.columns if role in one.roles for name in one.names)
        return tuple(dict.fromkeys(found))


READ_ONLY = Rights()


def _kept(*, update: Names = EVERYBODY, delete: Names = NOBODY, erased: bool = True) -> Rights:
    """What intake writes, and people."""
    return Rights(insert=EVERYBODY, update=update, delete=delete, erased=erased)


def _told(who: Names = EVERYBODY, *, erased: bool = True) -> Rights:
    """Append-only."""
    return Rights(insert=who, erased=erased)


def _derived(who: Names = EVERYBODY) -> Rights:
    """What the program works out by itself, and throws away."""
    return Rights(insert=who, update=who, delete=who)


# How far a mail has come; never what it says, who wrote it and whom it goes to.
_COURSE: Names = (
    *("ticket_id", "state", "phase", "fence", "claimed_by", "claimed_until", "attempts"),
    *("not_before", "last_error", "fault", "sent_copy", "sent_at", "snooze_before"),
    "unless_answered",
)

_MAIL: dict[str, Rights] = {
    "blob": Rights(insert=EVERYBODY, erased=True),
    "mailbox": Rights(
        insert=ADMINS,
        update=ADMINS,
        columns=(
            Columns(
                EVERYBODY,
                (
                    *("smtp_size", "state", "state_detail", "state_since", "retry_at"),
                    *("last_attempt_at", "last_success_at"),
                    *("asked", "stopped", "stopped_until_start"),
                ),
            ),
        ),
    ),
    "folder": _kept(erased=False),
    "server_mail": _kept(delete=EVERYBODY),
    "auto_reply": Rights(
        insert=ADMINS,
        update=ADMINS,
        delete=ADMINS,
        columns=(Columns(EVERYBODY, ("paused_at", "fault", "fault_about", "fault_ticket")),),
    ),
    "auto_reply_given": _told(SENDERS),
    "outbox": Rights(insert=SENDERS, columns=(Columns(SENDERS, _COURSE),), erased=True),
    "outbox_recipient": Rights(
        insert=SENDERS,
        columns=(Columns(SENDERS, ("state", "code", "answer")), Columns(LEADS, ("address",))),
        erased=True,
    ),
}

_TICKETS: dict[str, Rights] = {
    "ticket": _kept(),
    "message": Rights(
        insert=EVERYBODY,
        columns=(
            # Moves and merges; what the copy in Sent proves; a stranger who is let take part.
            Columns(EVERYBODY, ("ticket_id", "origin_id", "direction", "agent_id")),
            Columns(EVERYBODY, ("marked", "defects", "uninvited")),
            Columns(SENDERS, ("withdrawn",)),
            Columns(LEADS, ("in_reply_to",)),
        ),
        erased=True,
    ),
    "message_body": _told(),
    "message_address": _told(),
    "message_reference": _told(),
    "message_bounce": Rights(insert=EVERYBODY, delete=EVERYBODY),
    "message_mention": _told(STAFF),
    "message_entry": Rights(
        insert=STAFF, columns=(Columns(EVERYBODY, ("wakes_at",)),), erased=True
    ),
    "attachment": _told(),
    "event": Rights(
        insert=EVERYBODY, columns=(Columns(LEADS, ("old", "new", "reason")),), erased=True
    ),
    "ticket_participant": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "ticket_seen": _derived(),
    "ticket_star": Rights(insert=STAFF, delete=STAFF),
    "ticket_follower": Rights(insert=EVERYBODY, delete=EVERYBODY),
    "ticket_move": Rights(insert=SENIORS, columns=(Columns(SENIORS, ("undone_at",)),), erased=True),
    "ticket_link": Rights(insert=EVERYBODY, delete=STAFF, erased=True),
    "ticket_tag": Rights(insert=EVERYBODY, delete=EVERYBODY),
    "tag": Rights(insert=EVERYBODY, update=LEADS, delete=LEADS),
    "tag_merge": Rights(insert=LEADS, update=LEADS, delete=LEADS),
    "tag_merge_ticket": Rights(insert=LEADS, delete=LEADS),
    "status_label": Rights(insert=LEADS, update=LEADS),
    "saved_view": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "act_done": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "act_ticket": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "search_row": _derived(),
    "search_vector": _derived(),
    "search_vector_customer": _derived(),
    "search_vector_order": _derived(),
}

_PEOPLE: dict[str, Rights] = {
    "customer": _kept(),
    "contact_point": _kept(delete=STAFF),
    "company": _kept(),
    "company_domain": _kept(delete=STAFF),
    "company_note": _told(STAFF),
    "customer_note": Rights(
        insert=STAFF, columns=(Columns(SENIORS, ("customer_id",)),), erased=True
    ),
    "customer_change": Rights(
        insert=EVERYBODY, columns=(Columns(SENIORS, ("customer_id",)),), erased=True
    ),
    "customer_merge": Rights(
        insert=SENIORS, columns=(Columns(SENIORS, ("undone_at",)),), erased=True
    ),
    "customer_tag": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "custom_field": Rights(insert=ADMINS, update=ADMINS),
    "custom_value": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "consent": Rights(insert=STAFF, update=SENIORS, delete=STAFF),
    "customer_trait": _derived(),
    "customer_looked": _derived(),
    "customer_pair": _derived(),
    "customer_file": Rights(insert=SENIORS, update=SENIORS, delete=SENIORS),
    "customer_imported": Rights(insert=SENIORS, update=SENIORS, delete=SENIORS),
    "picture_sender": Rights(insert=STAFF, delete=STAFF),
    "erasure": Rights(insert=LEADS, columns=(Columns(LEADS, ("cleaned_at", "identifiers")),)),
    "tombstone": Rights(insert=LEADS, update=LEADS),
    "legal_hold": Rights(insert=LEADS, update=LEADS, delete=LEADS),
}

_WRITING: dict[str, Rights] = {
    "draft": Rights(insert=STAFF, update=EVERYBODY, erased=True),
    "draft_attachment": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "signature": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "canned_reply": Rights(insert=STAFF, update=STAFF),
    "canned_text": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "canned_file": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "canned_use": Rights(
        insert=EVERYBODY, columns=(Columns(EVERYBODY, ("edited", "draft_id", "text")),), erased=True
    ),
    "approval": Rights(
        insert=STAFF, update=STAFF, columns=(Columns((ENGINE,), WAITS_AGAIN),), erased=True
    ),
}

_ORDERS: dict[str, Rights] = {
    "order_source": Rights(
        insert=ADMINS,
        update=ADMINS,
        delete=ADMINS,
        columns=(
            Columns(
                EVERYBODY,
                ("mark", "shortfalls", "trouble", "read_at", "tried_at", "next_at", "version"),
            ),
        ),
    ),
    "shop_order": _kept(),
    "order_line": _kept(delete=EVERYBODY),
    "shipment": _kept(delete=EVERYBODY),
    "order_refund": _kept(delete=EVERYBODY),
    "shop_return": _kept(delete=EVERYBODY),
    "return_case": Rights(
        insert=STAFF, update=STAFF, columns=(Columns((ENGINE,), ("wakes_at",)),), erased=True
    ),
    "return_item": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "return_event": _told(STAFF),
    "order_form": Rights(insert=STAFF, update=STAFF, erased=True),
    "act_switch": Rights(insert=ADMINS, delete=ADMINS),
    "act_cap": Rights(insert=ADMINS, update=ADMINS, delete=ADMINS),
    "order_act": Rights(insert=SENIORS, update=SENDERS, erased=True),
    "act_audit": _told(SENDERS, erased=False),
}

_TEAM: dict[str, Rights] = {
    "agent": Rights(
        insert=ADMINS,
        columns=(
            Columns(STAFF, ("name", "email", "email_key", "signature", "version")),
            Columns(LEADS, ("team_id",)),
            Columns(ADMINS, ("role", "active")),
        ),
    ),
    "team": Rights(insert=LEADS, update=LEADS),
    "last_edit": Rights(insert=STAFF, update=STAFF),
    "department": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "presence": Rights(insert=EVERYBODY, update=EVERYBODY, delete=EVERYBODY),
    "take_over": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "absence": Rights(insert=STAFF, update=STAFF, delete=STAFF),
    "assignment_rule": Rights(insert=LEADS, update=LEADS, delete=LEADS),
    "assignment_turn": Rights(insert=EVERYBODY, update=EVERYBODY),
    "to_assign": Rights(insert=EVERYBODY, delete=EVERYBODY),
    "audit": Rights(select=LEADS),
    "audit_seal": Rights(select=LEADS),
    # Not its id, nor the secret that signs Message-IDs, nor where it has moved to.
    "desk_info": Rights(
        columns=(
            Columns(ADMINS, ("name", "reopen_days", "return_days", "work_week", "special_days")),
            Columns(
                EVERYBODY, ("read_with", "folding_version", "refolding_version", "refolded_from")
            ),
        ),
    ),
    "counter": Rights(insert=EVERYBODY, update=EVERYBODY),
    "lease": Rights(insert=EVERYBODY, update=EVERYBODY, delete=EVERYBODY),
    "change": Rights(insert=EVERYBODY, delete=EVERYBODY),
    "alembic_version": READ_ONLY,
}


def _while_erasing(table: str) -> Names:
    """What an erasure takes off the rows that stay, table by table, as ``erase_walk`` says."""
    names: set[str] = set()
    for column, values in STAYS.items():
        if column.table.name == table:
            names.update((column.name, *values))
    for one, values in ANONYMOUS.items():
        if one.name == table:
            names.update(values)
    return () if table == "act_audit" else tuple(sorted(names))  # its rows are never changed


def _with_erasing(table: str, rights: Rights) -> Rights:
    names = _while_erasing(table)
    return replace(rights, columns=(*rights.columns, Columns(LEADS, names))) if names else rights


_ALL = {**_MAIL, **_TICKETS, **_PEOPLE, **_WRITING, **_ORDERS, **_TEAM}
RIGHTS: Mapping[str, Rights] = {table: _with_erasing(table, one) for table, one in _ALL.items()}
