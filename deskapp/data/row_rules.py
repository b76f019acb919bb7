"""What may be done to a table's row only because of what is in it: the policies of a team desk."""

from dataclasses import dataclass

from .rights import EVERYBODY, LEADS, SENIORS, STAFF, Names

ME = "(SELECT desk_agent())"
"""Asked once for each statement, not for each row."""

_CHANGED = ("INSERT", "UPDATE", "DELETE")
_OWN = f"agent_id = {ME}"
_STALE_MS = 60_000  # twice as long as anybody without a heartbeat counts as there


@dataclass(frozen=True, slots=True)
class RowRule:
    """For these verbs and roles only rows of which ``rows`` is true; what is written must answer
    to ``check``, which is ``rows`` where it says nothing. Other roles with the right: any row."""

    table: str
    name: str
    verbs: Names
    roles: Names
    rows: str
    check: str = ""


def _own(table: str, column: str = "agent_id", roles: Names = EVERYBODY) -> RowRule:
    return RowRule(table, "own", _CHANGED, roles, f"{column} = {ME}")


def _by(table: str, column: str = "agent_id", roles: Names = STAFF) -> RowRule:
    """What is noted under a name is noted under one's own, or under none."""
    rule = f"{column} IS NULL OR {column} = {ME}"
    return RowRule(table, "own_name", ("INSERT",), roles, rule)


_MINE_OR_SHARED = f"agent_id IS NULL OR {_OWN}"
_CANNED = "SELECT c.id FROM canned_reply c"
_CANNED_OWN = f"canned_id IN ({_CANNED} WHERE c.agent_id = {ME})"
_CANNED_TEAM = f"canned_id IN ({_CANNED} WHERE c.agent_id IS NULL OR c.agent_id = {ME})"
# Mail that the engine found on a server: sent by somebody from elsewhere.
_FROM_SERVER = "EXISTS (SELECT FROM server_mail s WHERE s.sha256 = message.sha256)"
_IN_MY_NAME = f"agent_id IS NULL OR {_OWN}"
_POSTMANS = "kind IN ('sent', 'send_failed', 'send_uncertain')"
# History says of a mail what stands in the outbox of it, and nothing of a mail that is not there.
_BY_POSTMAN = (
    f"{_POSTMANS} AND EXISTS (SELECT FROM outbox o WHERE o.message_row_id = event.message_id "
    "AND o.ticket_id = event.ticket_id AND o.agent_id IS NOT DISTINCT FROM event.agent_id "
    "AND (o.state = replace(event.kind, 'send_', '') "
    "OR o.state = 'sent' AND event.kind = 'send_failed'))"
)
_DRAFTS = "SELECT d.id FROM draft d WHERE d."
# A senior sends a junior's reply under the junior's name, while it waits for that.
_APPROVED = (
    "agent_id IN (SELECT a.agent_id FROM approval a JOIN draft d ON d.id = a.draft_id "
    "WHERE a.state = 'waiting' AND d.ticket_id = {table}.ticket_id)"
)
_SENT = "kind IN ('replied', 'status', 'assigned')"
_WAITING = "SELECT a.draft_id FROM approval a WHERE a.state = 'waiting'"
_MY_PRESENCE = f"agent_id IS NOT DISTINCT FROM {ME}"
_GONE = f"seen_at < (extract(epoch FROM now()) * 1000)::bigint - {_STALE_MS}"

ROW_RULES: tuple[RowRule, ...] = (
    # One's own work.
    RowRule("saved_view", "seen", ("SELECT",), EVERYBODY, _MINE_OR_SHARED),
    RowRule("saved_view", "own", _CHANGED, ("junior",), _OWN),
    RowRule("saved_view", "shared", _CHANGED, SENIORS, _MINE_OR_SHARED),
    RowRule("canned_reply", "seen", ("SELECT",), EVERYBODY, _MINE_OR_SHARED),
    RowRule("canned_reply", "own", _CHANGED, ("junior",), _OWN),
    RowRule("canned_reply", "shared", _CHANGED, SENIORS, _MINE_OR_SHARED),
    *(
        RowRule(table, name, verbs, roles, rows)
        for table in ("canned_text", "canned_file")
        for name, verbs, roles, rows in (
            ("seen", ("SELECT",), EVERYBODY, f"canned_id IN ({_CANNED})"),
            ("own", _CHANGED, ("junior",), _CANNED_OWN),
            ("shared", _CHANGED, SENIORS, _CANNED_TEAM),
        )
    ),
    _own("ticket_star", roles=("junior",)),
    RowRule(
        "ticket_star",
        "own_or_merged",
        ("INSERT", "DELETE"),
        SENIORS,
        f"{_OWN} OR agent_id IN (SELECT s.agent_id FROM ticket_star s JOIN ticket t "
        "ON t.id = s.ticket_id WHERE t.merged_into = ticket_star.ticket_id)",
    ),
    _own("ticket_seen", roles=STAFF),
    RowRule("signature", "own", _CHANGED, ("agent", "junior"), _OWN),
    RowRule("signature", "shared", _CHANGED, LEADS, _MINE_OR_SHARED),
    _own("absence", roles=("agent", "junior")),
    _own("act_done", roles=STAFF),
    RowRule("draft", "own", ("INSERT",), STAFF, _OWN),
    # What is said is said under one's own name.
    _by("customer_note"),
    _by("company_note"),
    _by("act_audit", roles=SENIORS),
    _by("customer_merge", roles=SENIORS),
    _by("ticket_move", roles=SENIORS),
    _by("erasure", roles=LEADS),
    _by("legal_hold", roles=LEADS),
    _by("order_act", "asked_by", SENIORS),
    _by("customer_change"),
    _by("consent"),
    _by("ticket_link"),
    _by("return_event"),
    _by("canned_use"),
    RowRule("event", "own_name", ("INSERT",), ("junior",), f"NOT {_POSTMANS} AND ({_IN_MY_NAME})"),
    RowRule("event", "postman", ("INSERT",), ("engine",), f"NOT {_POSTMANS} OR {_BY_POSTMAN}"),
    RowRule(
        "event",
        "own_name_or_approved",
        ("INSERT",),
        SENIORS,
        f"NOT {_POSTMANS} AND ({_IN_MY_NAME}) OR {_BY_POSTMAN} "
        f"OR {_SENT} AND {_APPROVED.format(table='event')}",
    ),
    RowRule(
        "message",
        "own_name",
        ("INSERT",),
        SENIORS,
        f"{_IN_MY_NAME} OR {_FROM_SERVER} "
        f"OR direction = 'out' AND {_APPROVED.format(table='message')}",
    ),
    RowRule(
        "outbox",
        "own_name",
        ("INSERT",),
        SENIORS,
        f"{_IN_MY_NAME} OR {_APPROVED.format(table='outbox')}",
    ),
    # A junior's reply is an approval, sent by who approves it.
    RowRule(
        "message",
        "not_ours",
        ("INSERT",),
        ("junior",),
        f"direction <> 'out' AND ({_IN_MY_NAME}) OR {_FROM_SERVER}",
    ),
    RowRule(
        "draft_attachment",
        "own",
        _CHANGED,
        ("junior",),
        f"draft_id IN ({_DRAFTS}{_OWN}) AND draft_id NOT IN ({_WAITING})",
    ),
    RowRule(
        "draft_attachment",
        "own_or_waiting",
        _CHANGED,
        SENIORS,
        f"draft_id IN ({_DRAFTS}{_OWN}) OR draft_id IN ({_WAITING})",
    ),
    RowRule("approval", "own", ("INSERT",), STAFF, _OWN),
    RowRule(
        "approval",
        "own_waiting",
        ("UPDATE",),
        ("junior",),
        _OWN,
        f"{_OWN} AND state IN ('waiting', 'withdrawn') AND decided_by IS NULL",
    ),
    RowRule("last_edit", "own_name", ("INSERT", "UPDATE"), STAFF, "true", _IN_MY_NAME),
    # Who is there.
    RowRule("presence", "own", ("INSERT", "UPDATE"), EVERYBODY, _MY_PRESENCE),
    RowRule("presence", "own", ("DELETE",), EVERYBODY, f"{_MY_PRESENCE} OR {_GONE}"),
    RowRule("take_over", "asked", ("INSERT",), STAFF, f"asker_id = {ME}"),
    RowRule("take_over", "answered", ("UPDATE",), STAFF, f"asker_id = {ME} OR holder_id = {ME}"),
    # Oneself; a lead puts others into teams, an admin does the rest.
    RowRule("agent", "own", ("UPDATE",), ("agent", "junior"), f"id = {ME}"),
    # A login is given by the functions of staff_sql, which look at whose it is.
    RowRule("agent", "no_login", ("INSERT",), ("admin",), "login IS NULL"),
)
