"""What a login may do with single rows: each story a statement, and how it ends for each role.

``yes``: done; ``none``: the row is not there for them; ``no``: refused. Written down here by hand,
from what people of a team may expect of each other.
"""

import psycopg
from psycopg import errors

from tests.servers.team_desk import TeamDesk

from .rights_blind import BLIND
from .rights_cells import taken_back
from .rights_own import OWN, fill_own
from .rights_stories import MORE, NO, NONE, NOW, YES, Story, fill_more
from .rights_stories import ends_all as _all


def fill(psql: psycopg.Connection, desk: TeamDesk) -> None:
    """Rows of every agent's, written by the owner: ids are the agents' own."""
    psql.execute("SET deskapp.schema = '9999'")
    psql.execute(
        f"INSERT INTO customer (id, created_at) VALUES (1, {NOW}), (2, {NOW}); "
        "INSERT INTO ticket (id, number, subject, status, customer_id, created_at, updated_at) "
        f"VALUES (1, 1, 'x', 'open', 1, {NOW}, {NOW}), (2, 2, 'y', 'open', 1, {NOW}, {NOW}); "
        "INSERT INTO team (id, name) VALUES (1, 'Returns'); "
        f"INSERT INTO blob VALUES ('{'a' * 64}', 'raw', 1, 'x', {NOW}); "
        "INSERT INTO mailbox (id, address, address_key, imap_host, imap_port, imap_security, "
        "imap_user, smtp_host, smtp_port, smtp_security, smtp_user, created_at) VALUES "
        f"(1, 'a@b.example', 'a@b.example', 'h', 1, 'tls', 'u', 'h', 1, 'tls', 'u', {NOW}); "
        "INSERT INTO folder (id, mailbox_id, name, role) VALUES (1, 1, 'Sent', 'sent'); "
        "INSERT INTO server_mail (folder_id, uidvalidity, uid, state, sha256, first_seen_at) "
        f"VALUES (1, 1, 1, 'stored', '{'a' * 64}', {NOW}); "
        "INSERT INTO saved_view (id, name, query) VALUES (100, 'All', ''); "
        f"INSERT INTO canned_reply (id, name, name_key, updated_at) VALUES (100, 'T', 't', {NOW}); "
        "INSERT INTO signature (id, mailbox_id, body) VALUES (100, 1, 'Ours'); "
        "INSERT INTO message (id, ticket_id, direction, kind, at, created_at) "
        f"VALUES (100, 1, 'in', 'human', {NOW}, {NOW}); "
        "INSERT INTO event (id, ticket_id, kind, at) VALUES (100, 1, 'created', "
        f"{NOW})".encode()
    )
    for one in desk.agents.values():
        psql.execute(
            f"INSERT INTO draft (id, ticket_id, agent_id, kind, updated_at) "
            f"VALUES ({one}, 1, {one}, 'reply', {NOW}); "
            f"INSERT INTO saved_view (id, name, agent_id, query) VALUES ({one}, 'M', {one}, ''); "
            "INSERT INTO canned_reply (id, name, name_key, agent_id, updated_at) "
            f"VALUES ({one}, 'n{one}', 'n{one}', {one}, {NOW}); "
            "INSERT INTO canned_text (id, canned_id, language, body) "
            f"VALUES ({one}, {one}, '', ''); "
            f"INSERT INTO signature (id, agent_id, body) VALUES ({one}, {one}, ''); "
            f"INSERT INTO ticket_star VALUES ({one}, 1, {NOW}); "
            f"INSERT INTO act_done (id, agent_id, at, kind) VALUES ({one}, {one}, {NOW}, 'edit'); "
            "INSERT INTO message (id, ticket_id, direction, kind, agent_id, at, created_at) "
            f"VALUES ({one}, 1, 'note', 'note', {one}, {NOW}, {NOW})".encode()
        )
        fill_own(psql, one)
    fill_more(psql, desk.agents["junior"])
    for table in ("message", "event", "draft", "saved_view", "canned_reply", "signature"):
        psql.execute(f"SELECT setval('{table}_id_seq', 1000)".encode())


_MESSAGE = "INSERT INTO message (ticket_id, direction, kind, agent_id, sha256, at, created_at)"
_HASH = f"'{'a' * 64}'"

STORIES: tuple[Story, ...] = (
    Story("own draft", "UPDATE draft SET body = 'b' WHERE id = {me}", _all(YES)),
    Story("another's draft", "UPDATE draft SET body = 'b' WHERE id = {other}", _all(NO)),
    Story("another's draft read", "SELECT body FROM draft WHERE id = {other}", _all(YES)),
    Story(
        "another's draft moved along",
        "UPDATE draft SET ticket_id = 2 WHERE id = {other}",
        {**_all(YES), "junior": NO},
    ),
    Story(
        "a draft taken for one's own",
        "UPDATE draft SET agent_id = {me} WHERE id = {other}",
        _all(NO),
    ),
    Story("a draft given away", "UPDATE draft SET agent_id = {other} WHERE id = {me}", _all(NO)),
    Story(
        "a draft in another's name",
        "INSERT INTO draft (ticket_id, agent_id, kind, updated_at) "
        f"VALUES (2, {{other}}, 'reply', {NOW})",
        _all(NO),
    ),
    Story(
        "a file on another's draft",
        "INSERT INTO draft_attachment (draft_id, filename, "
        f"content_type, size, sha256) VALUES ({{other}}, 'f', 't', 1, {_HASH})",
        _all(NO),
    ),
    Story("another's view", "SELECT 1 FROM saved_view WHERE id = {other}", _all(NONE)),
    Story(
        "another's view changed", "UPDATE saved_view SET query = 'q' WHERE id = {other}", _all(NONE)
    ),
    Story("another's view deleted", "DELETE FROM saved_view WHERE id = {other}", _all(NONE)),
    Story("own view", "UPDATE saved_view SET query = 'q' WHERE id = {me}", _all(YES)),
    Story(
        "a view put to another",
        "INSERT INTO saved_view (name, agent_id, query) VALUES ('n', {other}, '')",
        _all(NO),
    ),
    Story(
        "the team's view",
        "UPDATE saved_view SET query = 'q' WHERE id = 100",
        {**_all(YES), "junior": NONE},
    ),
    Story("another's canned reply", "SELECT 1 FROM canned_reply WHERE id = {other}", _all(NONE)),
    Story("another's canned text", "SELECT 1 FROM canned_text WHERE id = {other}", _all(NONE)),
    Story("own canned text", "UPDATE canned_text SET body = 'b' WHERE id = {me}", _all(YES)),
    Story(
        "the team's canned reply",
        "UPDATE canned_reply SET folder = 'f' WHERE id = 100",
        {**_all(YES), "junior": NONE},
    ),
    Story("own signature", "UPDATE signature SET body = 'b' WHERE id = {me}", _all(YES)),
    Story("another's signature", "UPDATE signature SET body = 'b' WHERE id = {other}", _all(NONE)),
    Story(
        "a mailbox's signature",
        "UPDATE signature SET body = 'b' WHERE id = 100",
        {"agent": NONE, "junior": NONE, "lead": YES, "admin": YES},
    ),
    Story("own name", "UPDATE agent SET name = 'N' WHERE id = {me}", _all(YES)),
    Story(
        "another's name",
        "UPDATE agent SET name = 'N' WHERE id = {other}",
        {"agent": NONE, "junior": NONE, "lead": NO, "admin": YES},
    ),
    *MORE,
    *OWN,
    *BLIND,
    Story("own login", "UPDATE agent SET login = 'me' WHERE id = {me}", _all(NO)),
    Story(
        "another put into a team",
        "UPDATE agent SET team_id = 1 WHERE id = {other}",
        {"agent": NO, "junior": NO, "lead": YES, "admin": YES},
    ),
    Story(
        "a new colleague",
        f"INSERT INTO agent (name, created_at) VALUES ('N', {NOW})",
        {**_all(NO), "admin": YES},
    ),
    Story("another's star", "DELETE FROM ticket_star WHERE agent_id = {other}", _all(NONE)),
    Story(
        "a star given to another",
        "INSERT INTO ticket_star VALUES ({other}, 2, 1)",
        _all(NO),
    ),
    Story(
        "another's star on what theirs is merged into",
        "UPDATE ticket SET merged_into = 2 WHERE id = 1; "
        "INSERT INTO ticket_star VALUES ({other}, 2, 1)",
        {**_all(YES), "junior": NO},
    ),
    Story("own star", "DELETE FROM ticket_star WHERE agent_id = {me}", _all(YES)),
    Story(
        "another's act taken back",
        "UPDATE act_done SET taken_back = true WHERE id = {other}",
        _all(NONE),
    ),
    Story(
        "a note in one's own name",
        f"{_MESSAGE} VALUES (1, 'note', 'note', {{me}}, NULL, 1, 1)",
        _all(YES),
    ),
    Story(
        "a note in another's name",
        f"{_MESSAGE} VALUES (1, 'note', 'note', {{other}}, NULL, 1, 1)",
        _all(NO),
    ),
    Story("a mail that came", f"{_MESSAGE} VALUES (1, 'in', 'human', NULL, NULL, 1, 1)", _all(YES)),
    Story(
        "a reply",
        f"{_MESSAGE} VALUES (1, 'out', 'human', {{me}}, NULL, 1, 1)",
        {**_all(YES), "junior": NO},
    ),
    Story(
        "a reply of nobody's",
        f"{_MESSAGE} VALUES (1, 'out', 'human', NULL, NULL, 1, 1)",
        {**_all(YES), "junior": NO},
    ),
    Story(
        "a sent mail found on the server",
        f"{_MESSAGE} VALUES (1, 'out', 'human', {{other}}, {_HASH}, 1, 1)",
        _all(YES),
    ),
    Story("a letter made ours", "UPDATE message SET direction = 'out' WHERE id = 100", _all(NO)),
    Story(
        "a note put to another", "UPDATE message SET agent_id = {other} WHERE id = {me}", _all(NO)
    ),
    Story("a message moved", "UPDATE message SET ticket_id = 2 WHERE id = {other}", _all(YES)),
    Story(
        "a message's subject",
        "UPDATE message SET subject = 's' WHERE id = 100",
        _all(NO),
    ),
    Story("a message's time", "UPDATE message SET at = 2 WHERE id = 100", _all(NO)),
    Story(
        "a message deleted",
        "DELETE FROM message WHERE id = 100",
        {"agent": NO, "junior": NO, "lead": YES, "admin": YES},
    ),
    Story("history's time", "UPDATE event SET at = 2 WHERE id = 100", _all(NO)),
    Story(
        "history deleted",
        "DELETE FROM event WHERE id = 100",
        {"agent": NO, "junior": NO, "lead": YES, "admin": YES},
    ),
    Story(
        "history in one's own name",
        "INSERT INTO event (ticket_id, kind, at, agent_id) VALUES (1, 'status', 1, {me})",
        _all(YES),
    ),
    Story(
        "history in another's name",
        "INSERT INTO event (ticket_id, kind, at, agent_id) VALUES (1, 'status', 1, {other})",
        _all(NO),
    ),
    Story(
        "a note on a customer in another's name",
        "INSERT INTO customer_note (customer_id, agent_id, at, text) VALUES (1, {other}, 1, 't')",
        _all(NO),
    ),
    Story(
        "one's presence",
        "INSERT INTO presence (client, place, agent_id, since, seen_at) "
        f"VALUES ('c', 0, {{me}}, {NOW}, {NOW})",
        _all(YES),
    ),
    Story(
        "another's presence",
        "INSERT INTO presence (client, place, agent_id, since, seen_at) "
        f"VALUES ('c', 0, {{other}}, {NOW}, {NOW})",
        _all(NO),
    ),
    Story(
        "asking to take over",
        "INSERT INTO take_over (ticket_id, asker_id, holder_id, asked_at, "
        "expires_at) VALUES (1, {me}, {other}, 1, 2)",
        _all(YES),
    ),
    Story(
        "asking in another's name",
        "INSERT INTO take_over (ticket_id, asker_id, holder_id, "
        "asked_at, expires_at) VALUES (1, {other}, {me}, 1, 2)",
        _all(NO),
    ),
    Story(
        "another is away",
        f"INSERT INTO absence (agent_id, since) VALUES ({{other}}, {NOW})",
        {"agent": NO, "junior": NO, "lead": YES, "admin": YES},
    ),
    Story(
        "oneself is away",
        f"INSERT INTO absence (agent_id, since) VALUES ({{me}}, {NOW})",
        _all(YES),
    ),
    Story(
        "a customer deleted",
        "DELETE FROM customer WHERE id = 2",
        {"agent": NO, "junior": NO, "lead": YES, "admin": YES},
    ),
    Story(
        "a customer touched, then deleted",
        "UPDATE customer SET version = version + 1 WHERE id = 2; DELETE FROM customer WHERE id = 2",
        {"agent": NO, "junior": NO, "lead": YES, "admin": YES},
    ),
    Story(
        "a customer made, and deleted by the same write",
        "INSERT INTO customer (id, created_at) VALUES (9, 1); DELETE FROM customer WHERE id = 9",
        {"agent": NO, "junior": NO, "lead": YES, "admin": YES},
    ),
    Story(
        "a company made, and deleted by the same write",
        "INSERT INTO company (id, name, created_at) VALUES (9, 'c', 1); "
        "DELETE FROM company WHERE id = 9",
        {"agent": NO, "junior": NO, "lead": YES, "admin": YES},
    ),
    Story("a state of a mailbox", "UPDATE mailbox SET state = 'ok'", _all(YES)),
    Story(
        "a limit of acts",
        "INSERT INTO act_cap (role, currency, most, alone) VALUES ('junior', 'EUR', '9', '9')",
        {**_all(NO), "admin": YES},
    ),
)


def ends(psql: psycopg.Connection, story: Story, me: int, other: int) -> str:
    """How a story ends for who is signed in; what it did is taken back."""
    words = story.statement.format(me=me, other=other)
    try:
        with taken_back(psql):
            return YES if psql.execute(words.encode()).rowcount else NONE
    except errors.InsufficientPrivilege:
        return NO
    except errors.IntegrityError:
        return YES  # the rights let it through, and the row itself was not whole
