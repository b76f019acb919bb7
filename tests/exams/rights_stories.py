"""What a story of rights is, and those of names, approvals, acts and queued mail."""

from dataclasses import dataclass

import psycopg

YES, NONE, NO = "yes", "none", "no"
NOW = "(extract(epoch FROM now()) * 1000)::bigint"
STAFF = ("agent", "lead", "admin", "junior")


@dataclass(frozen=True)
class Story:
    """``statement`` names agents as {me} and {other}; ``ends`` by role, others are not asked."""

    name: str
    statement: str
    ends: dict[str, str]


def ends_all(end: str, *roles: str) -> dict[str, str]:
    """Ends so for these roles, for all staff where none is named."""
    return dict.fromkeys(roles or STAFF, end)


def fill_more(psql: psycopg.Connection, junior: int) -> None:
    """A reply that waits for approval, an act on an order, and what each role may move."""
    psql.execute(
        "INSERT INTO draft (id, ticket_id, agent_id, kind, updated_at, closed_at) "
        f"VALUES (900, 2, {junior}, 'reply', {NOW}, {NOW}); "
        "INSERT INTO approval (id, ticket_id, draft_id, agent_id, state, body, submitted_at) "
        f"VALUES (900, 2, 900, {junior}, 'waiting', '', {NOW}); "
        "INSERT INTO act_cap (role, currency, most, alone) SELECT one, 'EUR', 10, 5 "
        "FROM unnest(ARRAY['agent', 'lead', 'admin']) one; "
        "INSERT INTO order_act (id, act_key, kind, body, state, amount, currency, asked_at) "
        "VALUES (1, 'a', 'refund', '{}', 'wanted', 11, 'EUR', 1); "
        "INSERT INTO message_body (message_id, text) VALUES (100, 'said'); "
        "INSERT INTO message_entry (message_id, channel, heard, outcome) "
        "VALUES (100, 'phone', 'in', 'called'); "
        "INSERT INTO return_case (id, kind, state, created_at) VALUES (100, 'return', 'asked', 1); "
        "INSERT INTO return_event (id, case_id, at, what, new) VALUES (100, 100, 1, 'n', 'said'); "
        "INSERT INTO message (id, ticket_id, direction, kind, at, created_at) "
        "VALUES (101, 1, 'out', 'human', 1, 1); "
        "INSERT INTO outbox (id, message_id, message_row_id, ticket_id, mailbox_id, sha256, "
        "envelope_from, state, phase, not_before, created_at) VALUES (100, 'q', 101, 1, 1, "
        f"'{'a' * 64}', 'a@b.example', 'queued', 'none', 1, 1)".encode()
    )


_TOLD = "INSERT INTO event (ticket_id, kind, at, agent_id) VALUES"
_OF_MAIL = "INSERT INTO event (ticket_id, kind, at, agent_id, message_id) VALUES (1,"
_LEFT = "UPDATE outbox SET state = 'sent', phase = 'accepted' WHERE id = 100"
_REFUSED = ends_all(NO)
_ACT = "UPDATE order_act SET state = 'approved', approved_by = {me}"
MORE: tuple[Story, ...] = (
    Story(
        "own role, and the last admin's",
        "UPDATE agent SET role = 'lead' WHERE id = {me}",
        ends_all(NO),
    ),
    Story("the last admin", "UPDATE agent SET active = false WHERE id = {me}", ends_all(NO)),
    Story(
        "another's role",
        "UPDATE agent SET role = 'lead' WHERE id = {other}",
        {**ends_all(NO), "admin": YES},
    ),
    Story(
        "a new colleague with the owner's login",
        f"INSERT INTO agent (name, created_at, login) VALUES ('N', {NOW}, 'keeper')",
        ends_all(NO),
    ),
    Story(
        "what waits for approval",
        "UPDATE draft SET body = 'other' WHERE id = 900",
        {**ends_all(YES), "junior": NO},
    ),
    Story(
        "an act that is approved from its beginning",
        "INSERT INTO order_act (act_key, kind, body, state, amount, currency, asked_by, asked_at, "
        "approved_by) VALUES ('k', 'refund', '', 'approved', 9, 'EUR', {me}, 1, {other})",
        ends_all(NO),
    ),
    Story("an act over the limit", f"{_ACT} WHERE id = 1", ends_all(NO)),
    Story(
        "an act within the limit",
        f"{_ACT}, amount = 5 WHERE id = 1",
        {**ends_all(YES), "junior": NO},
    ),
    Story(
        "an act in another's name",
        _ACT.replace("{me}", "{other}") + ", amount = 5 WHERE id = 1",
        ends_all(NO),
    ),
    Story(
        "mail queued in another's name",
        "INSERT INTO outbox (message_id, message_row_id, ticket_id, mailbox_id, agent_id, sha256, "
        "envelope_from, state, phase, not_before, created_at) VALUES ('n', 100, 1, 1, {other}, "
        f"'{'a' * 64}', 'a@b.example', 'queued', 'none', 1, 1)",
        ends_all(NO),
    ),
    Story(
        "a message's subject erased",
        "UPDATE message SET subject = '' WHERE id = 100",
        {"agent": NO, "junior": NO, "lead": YES, "admin": YES},
    ),
    Story("history's words", "UPDATE event SET new = 'n' WHERE id = 100", ends_all(NO)),
    Story("a mail sent that never was one", f"{_TOLD} (1, 'sent', 1, {{me}})", _REFUSED),
    Story("a mail sent by another", f"{_TOLD} (1, 'sent', 1, {{other}})", _REFUSED),
    Story("a mail of nobody's sent", f"{_TOLD} (1, 'sent', 1, NULL)", {**_REFUSED, "engine": NO}),
    Story("a mail not sent", f"{_TOLD} (1, 'send_failed', 1, {{me}})", _REFUSED),
    Story("a queued mail sent", f"{_OF_MAIL} 'sent', 1, NULL, 101)", _REFUSED),
    Story("a queued mail that failed", f"{_OF_MAIL} 'send_failed', 1, NULL, 101)", _REFUSED),
    Story(
        "the postman's word on a mail that left",
        f"{_LEFT}; {_OF_MAIL} 'sent', 1, NULL, 101)",
        {**ends_all(YES), "junior": NO, "engine": YES},
    ),
    Story(
        "the postman's word in another's name",
        f"{_LEFT}; {_OF_MAIL} 'sent', 1, {{me}}, 101)",
        _REFUSED,
    ),
    Story(
        "the postman's word on another ticket",
        f"{_LEFT}; {_OF_MAIL.replace('(1,', '(2,')} 'sent', 1, NULL, 101)",
        _REFUSED,
    ),
    Story("the desk's secret", "UPDATE desk_info SET secret = ''", ends_all(NO)),
    Story(
        "the days of work", "UPDATE desk_info SET work_week = '1'", {**ends_all(NO), "admin": YES}
    ),
    Story(
        "where mail is sent from",
        "UPDATE mailbox SET smtp_host = 'evil.example'",
        {**ends_all(NO), "admin": YES},
    ),
)
