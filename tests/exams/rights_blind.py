"""Stories of statements that ask for no row and so meet no rule of reading: everything at once, and
what a change brings about by itself."""

from .rights_stories import NO, NONE, STAFF, YES, Story, ends_all

_SENIORS = ("agent", "lead", "admin")


def _at_once(name: str, statement: str, most: int, *roles: str) -> Story:
    """Done, and no more than so many rows of all that are there."""
    words = (
        "DO $$ DECLARE n int; BEGIN "
        f"{statement}; GET DIAGNOSTICS n = ROW_COUNT; IF n > {most} THEN "
        "RAISE insufficient_privilege USING MESSAGE = 'too many'; END IF; END $$"
    )
    return Story(name, words, ends_all(YES, *roles))


_WAITS = "UPDATE approval SET state ="
BLIND: tuple[Story, ...] = (
    *(
        _at_once(f"all of {one}, changed", f"UPDATE {one} SET filename = 'g'", 1, *STAFF)
        for one in ("canned_file",)
    ),
    *(
        _at_once(f"all of {one}, gone", f"DELETE FROM {one}", 1, *STAFF)
        for one in ("canned_file", "canned_text")
    ),
    _at_once("all texts changed", "UPDATE canned_text SET body = 'g'", 1, *STAFF),
    _at_once("all replies changed", "UPDATE canned_reply SET folder = 'g'", 2, *_SENIORS),
    _at_once("own replies changed", "UPDATE canned_reply SET folder = 'g'", 1, "junior"),
    _at_once("all views changed", "UPDATE saved_view SET query = 'g'", 2, *_SENIORS),
    _at_once("own views changed", "UPDATE saved_view SET query = 'g'", 1, "junior"),
    _at_once("all views gone", "DELETE FROM saved_view", 2, *_SENIORS),
    _at_once("own views gone", "DELETE FROM saved_view", 1, "junior"),
    Story(
        "an approval in another's name",
        f"{_WAITS} 'approved', decided_by = {{other}}, message_id = 101 WHERE id = 900",
        ends_all(NO),
    ),
    Story(
        "a reply handed in in one's own name",
        "INSERT INTO approval (ticket_id, draft_id, agent_id, state, body, submitted_at) "
        "VALUES (1, {me}, {me}, 'waiting', '', 1)",
        ends_all(YES),
    ),
    Story(
        "a reply handed in in another's name",
        "INSERT INTO approval (ticket_id, draft_id, agent_id, state, body, submitted_at) "
        "VALUES (1, {other}, {other}, 'waiting', '', 1)",
        ends_all(NO),
    ),
    Story(
        "other files put to what was handed in",
        "UPDATE approval SET files = '[1]' WHERE id = 900",
        ends_all(NO),
    ),
    Story(
        "other words put to what was sent",
        "UPDATE approval SET final_body = 'o', final_html = 'o', final_files = '[1]' "
        "WHERE id = 900",
        ends_all(NO),
    ),
    Story(
        "a version of one's own of a reply that waits",
        "INSERT INTO draft (id, ticket_id, agent_id, kind, updated_at, approval_id) "
        "VALUES (950, 2, {me}, 'review', 1, 900); UPDATE draft SET body = 'b' WHERE id = 950",
        ends_all(YES, *_SENIORS),
    ),
    Story(
        "another's draft made a version of a reply that waits",
        "UPDATE draft SET approval_id = 900 WHERE id = {other}",
        ends_all(NO),
    ),
    Story(
        "which draft one took over, of others",
        "UPDATE take_over SET draft_id = 1, draft_version = 1 WHERE asker_id = {other}",
        ends_all(NONE),
    ),
    Story(
        "a reply that waits, taken back",
        f"{_WAITS} 'withdrawn' WHERE id = 900",
        {**ends_all(NO), "junior": YES},
    ),
    Story(
        "another's role, followed by the rights of their login",
        "UPDATE agent SET role = 'lead' WHERE id = {other}; DO $$ BEGIN IF NOT EXISTS (SELECT "
        "FROM agent a, pg_roles r WHERE a.id = {other} AND r.rolname = desk_groups() || '_lead' "
        "AND pg_has_role(a.login, r.oid, 'MEMBER')) THEN RAISE insufficient_privilege; END IF; "
        "END $$",
        {**ends_all(NO), "admin": YES},
    ),
    Story(
        "the words of a message",
        "UPDATE message_body SET text = 'other' WHERE message_id = 100",
        ends_all(NO),
    ),
    Story(
        "the words of a call",
        "UPDATE message_entry SET outcome = 'other' WHERE message_id = 100",
        ends_all(NO),
    ),
    Story(
        "the words of a return case",
        "UPDATE return_event SET new = 'other' WHERE id = 100",
        ends_all(NO),
    ),
)
