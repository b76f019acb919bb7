"""The same stories for every table whose rows are somebody's: in one's own name, in another's, in
nobody's; changed, given away, deleted. Who has which is written down by table, by hand."""

import psycopg

from .rights_stories import NO, NONE, NOW, STAFF, YES, Story

_SENIORS, _LEADS = ("agent", "lead", "admin"), ("lead", "admin")

# Said under a name: who may say something, and whether nobody's name is let through too.
_SAID: tuple[tuple[str, str, tuple[str, ...], bool], ...] = (
    ("customer_note", "agent_id", STAFF, True),
    ("company_note", "agent_id", STAFF, True),
    ("customer_change", "agent_id", STAFF, True),
    ("consent", "agent_id", STAFF, True),
    ("ticket_link", "agent_id", STAFF, True),
    ("return_event", "agent_id", STAFF, True),
    ("last_edit", "agent_id", STAFF, True),
    ("canned_use", "agent_id", STAFF, True),
    ("act_audit", "agent_id", _SENIORS, True),
    ("customer_merge", "agent_id", _SENIORS, True),
    ("ticket_move", "agent_id", _SENIORS, True),
    ("order_act", "asked_by", _SENIORS, False),
    ("outbox", "agent_id", _SENIORS, True),
    ("erasure", "agent_id", _LEADS, True),
    ("legal_hold", "agent_id", _LEADS, True),
    ("draft", "agent_id", STAFF, False),
    ("act_done", "agent_id", STAFF, False),
    ("ticket_seen", "agent_id", STAFF, False),
    ("ticket_star", "agent_id", STAFF, False),
    ("presence", "agent_id", STAFF, False),
    ("take_over", "asker_id", STAFF, False),
)

# Kept by one, changed by them alone: what another's row is for a colleague, by verb; who has the
# same for the team's (nobody's) rows; who is bound by nothing.
_KEPT: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("ticket_seen", "UPDATE DELETE", (), ()),
    ("act_done", "UPDATE DELETE", (), ()),
    ("ticket_star", "DELETE", (), ()),
    ("absence", "UPDATE DELETE", (), _LEADS),
    ("signature", "UPDATE DELETE", _LEADS, ()),
    ("saved_view", "UPDATE DELETE", _SENIORS, ()),
    ("canned_reply", "UPDATE", _SENIORS, ()),
    ("presence", "UPDATE DELETE", (), ()),
)


def fill_own(psql: psycopg.Connection, one: int) -> None:
    """A row of this agent's in each table that ``rights_rows.fill`` leaves without."""
    psql.execute(
        f"INSERT INTO ticket_seen VALUES ({one}, 1, 1, {NOW}); "
        f"INSERT INTO absence (agent_id, since) VALUES ({one}, 1); "
        "INSERT INTO presence (client, place, agent_id, since, seen_at) "
        f"VALUES ('c{one}', 0, {one}, {NOW}, {NOW} + 3600000); "
        "INSERT INTO canned_file (canned_id, filename, content_type, size, sha256) "
        f"VALUES ({one}, 'f', 't', 1, '{'a' * 64}'); "
        "INSERT INTO draft_attachment (draft_id, filename, content_type, size, sha256) "
        f"VALUES ({one}, 'f', 't', 1, '{'a' * 64}'); "
        "INSERT INTO take_over (ticket_id, asker_id, holder_id, asked_at, expires_at, answer) "
        f"VALUES (2, {one}, {one}, 1, 2, 'kept')".encode()
    )


def _ends(yes: tuple[str, ...], otherwise: str = NO, end: str = YES) -> dict[str, str]:
    return {role: end if role in yes else otherwise for role in STAFF}


def _said() -> list[Story]:
    told = []
    for table, column, who, nobodys in _SAID:
        into = f"INSERT INTO {table} ({column}) VALUES"
        told.append(Story(f"{table} in one's own name", f"{into} ({{me}})", _ends(who)))
        told.append(Story(f"{table} in another's name", f"{into} ({{other}})", _ends(())))
        if nobodys:
            told.append(Story(f"{table} of nobody's", f"{into} (NULL)", _ends(who)))
    return told


def _kept() -> list[Story]:
    told = []
    for table, verbs, shared, free in _KEPT:
        theirs = f"{table} WHERE agent_id ="
        if "UPDATE" in verbs:
            same = f"UPDATE {table} SET agent_id = agent_id WHERE agent_id"
            told += [
                Story(f"own {table}", f"{same} = {{me}}", _ends(STAFF)),
                Story(f"another's {table}", f"{same} = {{other}}", _ends(free, NONE)),
                Story(
                    f"{table} given away",
                    f"UPDATE {table} SET agent_id = {{other}} WHERE agent_id = {{me}}",
                    _ends(free),
                ),
            ]
            if shared:
                ours = f"{same} IS NULL"
                told.append(Story(f"the team's {table}", ours, _ends(shared, NONE)))
        if "DELETE" in verbs:
            told += [
                Story(f"own {table} gone", f"DELETE FROM {theirs} {{me}}", _ends(STAFF)),
                Story(
                    f"another's {table} gone", f"DELETE FROM {theirs} {{other}}", _ends(free, NONE)
                ),
            ]
    for table in ("signature", "saved_view", "canned_reply"):
        into = f"INSERT INTO {table} (agent_id) VALUES"
        ours = _LEADS if table == "signature" else _SENIORS
        told += [
            Story(f"a {table} of one's own", f"{into} ({{me}})", _ends(STAFF)),
            Story(f"a {table} for another", f"{into} ({{other}})", _ends(())),
            Story(f"a {table} of the team's", f"{into} (NULL)", _ends(ours)),
        ]
        if table != "canned_reply":
            gone = f"DELETE FROM {table} WHERE agent_id IS NULL"
            told.append(Story(f"the team's {table} gone", gone, _ends(ours, NONE)))
    return told


def _parts() -> list[Story]:
    """Texts and files hang on what is somebody's."""
    told = []
    for table, column, kept in (
        ("canned_text", "canned_id", NONE),
        ("canned_file", "canned_id", NONE),
        ("draft_attachment", "draft_id", NONE),
    ):
        same = f"UPDATE {table} SET {column} = {column} WHERE {column}"
        told += [
            Story(f"own {table}", f"{same} = {{me}}", _ends(STAFF)),
            Story(f"another's {table}", f"{same} = {{other}}", _ends((), kept)),
            Story(
                f"own {table} given away",
                f"UPDATE {table} SET {column} = {{other}} WHERE {column} = {{me}}",
                _ends(()),
            ),
            Story(
                f"own {table} gone", f"DELETE FROM {table} WHERE {column} = {{me}}", _ends(STAFF)
            ),
            Story(
                f"another's {table} gone",
                f"DELETE FROM {table} WHERE {column} = {{other}}",
                _ends((), NONE),
            ),
            Story(
                f"a {table} of one's own",
                f"INSERT INTO {table} ({column}) VALUES ({{me}})",
                _ends(STAFF),
            ),
            Story(
                f"a {table} of another's",
                f"INSERT INTO {table} ({column}) VALUES ({{other}})",
                _ends(()),
            ),
        ]
    for table in ("canned_text", "canned_file"):
        told.append(
            Story(
                f"a {table} of the team's",
                f"INSERT INTO {table} (canned_id) VALUES (100)",
                _ends(_SENIORS),
            )
        )
    seen = "SELECT 1 FROM canned_file WHERE canned_id ="
    told.append(Story("own canned file read", f"{seen} {{me}}", _ends(STAFF)))
    told.append(Story("another's canned file read", f"{seen} {{other}}", _ends((), NONE)))
    return told


_ASKED = "UPDATE take_over SET answer = answer WHERE asker_id ="
OWN: tuple[Story, ...] = (
    *_said(),
    *_kept(),
    *_parts(),
    Story("own request to take over", f"{_ASKED} {{me}}", _ends(STAFF)),
    Story("another's request to take over", f"{_ASKED} {{other}}", _ends((), NONE)),
    Story("an absence of one's own", "INSERT INTO absence (agent_id) VALUES ({me})", _ends(STAFF)),
    Story("an absence of another's", "INSERT INTO absence (agent_id) VALUES ({other})",
          _ends(_LEADS)),
)  # fmt: skip
