"""What stays its writer's on a team desk, and who decides: functions of triggers, whatever program
asks. They see the row before and after, which a policy does not."""

import json
from collections.abc import Iterator

from sqlalchemy import Table

from .queries.erase_walk import ANONYMOUS
from .rights import LEADS, RIGHTS
from .tables.notes import message_entry
from .tables.returns import return_event
from .tables.tickets import event, message, message_body

_TRIGGERS = (
    ("agent", "desk_staff_follow", "AFTER INSERT OR UPDATE OF role, active, login OR DELETE"),
    ("agent", "desk_agent_stays", "BEFORE UPDATE"),
    ("draft", "desk_draft_stays", "BEFORE UPDATE"),
    ("message", "desk_message_stays", "BEFORE UPDATE OF direction, agent_id"),
    ("approval", "desk_approval_stays", "BEFORE INSERT OR UPDATE"),
    ("order_act", "desk_act_stays", "BEFORE INSERT OR UPDATE"),
)

# What a merge, a sending or an erasure does to the drafts of others leaves their words alone.
# A reply that waits for approval is the senior's to correct.
_DRAFT = """desk_draft_stays() RETURNS trigger {head}
DECLARE
    me bigint := {schema}.desk_agent();
    kept text[] := ARRAY['ticket_id', 'closed_at', 'version', 'updated_at', 'base_message_id',
        'base_event_id', 'side_id', 'forwards_id'];
BEGIN
    IF {schema}.desk_role() = 'owner' OR OLD.agent_id IS NOT DISTINCT FROM me THEN
        IF NEW.agent_id IS DISTINCT FROM OLD.agent_id AND {schema}.desk_role() <> 'owner' THEN
            RAISE insufficient_privilege USING MESSAGE = 'a draft stays its writer''s';
        END IF;
        IF {schema}.desk_role() = 'junior' AND to_jsonb(NEW) - kept <> to_jsonb(OLD) - kept
            AND EXISTS (SELECT FROM {schema}.approval a WHERE a.draft_id = OLD.id
                        AND a.state = 'waiting')
        THEN
            RAISE insufficient_privilege USING MESSAGE = 'what was handed in is withdrawn first';
        END IF;
        RETURN NEW;
    END IF;
    IF {schema}.desk_role() = 'junior' AND NEW.ticket_id IS DISTINCT FROM OLD.ticket_id THEN
        RAISE insufficient_privilege USING MESSAGE = 'only a merge moves a draft of another';
    END IF;
    IF to_jsonb(NEW) - kept <> to_jsonb(OLD) - kept AND NOT (
        {schema}.desk_role() IN ('agent', 'lead', 'admin')
        AND NEW.agent_id IS NOT DISTINCT FROM OLD.agent_id
        AND EXISTS (SELECT FROM {schema}.approval a WHERE a.draft_id = OLD.id
                    AND a.state = 'waiting'))
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'only its writer changes a draft';
    END IF;
    RETURN NEW;
END $$"""

# Who wrote a message is changed by the engine alone, when the copy in Sent proves it.
_MESSAGE = """desk_message_stays() RETURNS trigger {head}
BEGIN
    IF {schema}.desk_role() <> 'owner'
        AND (NEW.direction, NEW.agent_id) IS DISTINCT FROM (OLD.direction, OLD.agent_id)
        AND NOT EXISTS (SELECT FROM {schema}.server_mail s WHERE s.sha256 = OLD.sha256)
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'a message stays its writer''s';
    END IF;
    RETURN NEW;
END $$"""

# A round is handed in as one that waits, and is decided once: approved or returned by another who
# is no junior, in their own name, or taken back by who wrote it. What was handed in and what was
# sent then stand for good; an approval that is taken back waits again, and an engine lets one wait
# again only whose mail stands as taken back. Leads and admins erase, and
# leave blanks.
_APPROVAL = """desk_approval_stays() RETURNS trigger {head}
DECLARE
    me bigint := {schema}.desk_agent();
    role text := {schema}.desk_role();
    told text[] := ARRAY['body', 'html', 'recipients', 'files', 'comment', 'final_body',
        'final_html', 'final_recipients', 'final_files', 'outbox_id'];
    ends text[] := ARRAY['state', 'decided_by', 'decided_at', 'comment', 'final_body',
        'final_html', 'final_recipients', 'final_files', 'message_id', 'outbox_id', 'version'];
BEGIN
    IF role = 'owner' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.agent_id IS NOT DISTINCT FROM me AND NEW.state = 'waiting'
            AND NEW.decided_by IS NULL AND NEW.message_id IS NULL AND NEW.outbox_id IS NULL
        THEN
            RETURN NEW;
        END IF;
    ELSIF NEW.state = OLD.state AND role IN ('lead', 'admin')
        AND to_jsonb(NEW) - told = to_jsonb(OLD) - told
        AND NOT EXISTS (SELECT FROM jsonb_each_text(to_jsonb(NEW)) n
            WHERE n.value IS DISTINCT FROM to_jsonb(OLD) ->> n.key
            AND coalesce(n.value, '') NOT IN ('', '[]'))
    THEN
        RETURN NEW;
    ELSIF to_jsonb(NEW) - ends = to_jsonb(OLD) - ends THEN
        IF OLD.state = 'waiting' AND NEW.state = 'withdrawn' AND OLD.agent_id = me
            AND NEW.decided_by IS NULL AND NEW.message_id IS NULL
        THEN
            RETURN NEW;
        END IF;
        IF role IN ('agent', 'lead', 'admin') AND (
            OLD.state = 'waiting' AND NEW.state IN ('approved', 'returned')
                AND NEW.decided_by = me AND OLD.agent_id <> me
                AND (NEW.state = 'approved') = (NEW.message_id IS NOT NULL)
            OR OLD.state = 'approved' AND NEW.state = 'waiting' AND NEW.decided_by IS NULL)
        THEN
            RETURN NEW;
        END IF;
        IF role = 'engine' AND OLD.state = 'approved' AND NEW.state = 'waiting'
            AND NEW.decided_by IS NULL AND NEW.decided_at IS NULL AND NEW.version > OLD.version
            AND NEW.message_id IS NULL AND NEW.outbox_id IS NULL
            AND NEW.comment = OLD.comment AND NEW.final_body || NEW.final_html = ''
            AND NEW.final_recipients || NEW.final_files = '[][]'
            AND EXISTS (SELECT FROM {schema}.outbox o
                        JOIN {schema}.message m ON m.id = o.message_row_id
                        WHERE o.id = OLD.outbox_id AND o.state = 'cancelled' AND m.withdrawn)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'an approval is decided once, in one''s own name';
END $$"""

# A team keeps an admin. A lead puts others into teams, and names none of them anew.
_AGENT = """desk_agent_stays() RETURNS trigger {head}
DECLARE
    role text := {schema}.desk_role();
    teams text[] := ARRAY['team_id', 'version'];
BEGIN
    IF role = 'lead' AND OLD.id IS DISTINCT FROM {schema}.desk_agent()
        AND to_jsonb(NEW) - teams <> to_jsonb(OLD) - teams
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'an admin changes what others are called';
    END IF;
    IF role <> 'owner' AND OLD.active AND OLD.role = 'admin'
        AND NOT (NEW.active AND NEW.role = 'admin')
    THEN
        -- Of two admins who end each other at once one waits here, and is then refused.
        PERFORM FROM {schema}.agent a
            WHERE a.id <> OLD.id AND a.active AND a.role = 'admin' ORDER BY a.id FOR UPDATE;
        IF NOT FOUND THEN
            RAISE insufficient_privilege USING MESSAGE = 'the last admin stays one';
        END IF;
    END IF;
    RETURN NEW;
END $$"""

# Limits of acts count what the act says it moves; who asked and who approved are who they are.
_ACT = """desk_act_stays() RETURNS trigger {head}
DECLARE
    me bigint := {schema}.desk_agent();
    ours text := {schema}.desk_role();
    cap {schema}.act_cap;
BEGIN
    IF ours IN ('owner', 'engine') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'wanted' OR NEW.approved_by IS NOT NULL THEN
            RAISE insufficient_privilege USING MESSAGE = 'an act begins as a wish';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.asked_by IS DISTINCT FROM OLD.asked_by
        OR NEW.approved_by IS DISTINCT FROM OLD.approved_by
            AND NEW.approved_by IS DISTINCT FROM me
        OR OLD.state <> 'wanted' AND ((NEW.amount, NEW.currency, NEW.kind)
            IS DISTINCT FROM (OLD.amount, OLD.currency, OLD.kind)
            OR NEW.body <> OLD.body AND NEW.body <> '{}')
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'an act stays as it was confirmed';
    END IF;
    IF NEW.state <> 'approved' OR OLD.state = 'approved' THEN
        RETURN NEW;
    END IF;
    IF OLD.state NOT IN ('wanted', 'waiting') OR NEW.approved_by IS DISTINCT FROM me THEN
        RAISE insufficient_privilege USING MESSAGE = 'an act is approved in one''s own name';
    END IF;
    IF NEW.amount IS NOT NULL THEN
        SELECT * INTO cap FROM {schema}.act_cap c
            WHERE c.role = ours AND c.currency = NEW.currency;
        IF cap.id IS NULL OR NEW.amount::numeric > cap.most::numeric
            OR NEW.amount::numeric > cap.alone::numeric AND NEW.asked_by IS NOT DISTINCT FROM me
        THEN
            RAISE insufficient_privilege USING MESSAGE = 'the act is over its limit';
        END IF;
    END IF;
    RETURN NEW;
END $$"""

# Who erases leaves blanks, and never other words in their place.
_BLANK = """desk_only_blanks() RETURNS trigger {head}
DECLARE
    blanks jsonb := TG_ARGV[0]::jsonb;
    was jsonb := to_jsonb(OLD);
    is_now jsonb := to_jsonb(NEW);
    one text;
BEGIN
    IF {schema}.desk_role() = 'owner' THEN
        RETURN NEW;
    END IF;
    FOR one IN SELECT jsonb_object_keys(blanks) LOOP
        IF is_now -> one IS DISTINCT FROM was -> one
            AND is_now -> one IS DISTINCT FROM blanks -> one
        THEN
            RAISE insufficient_privilege USING MESSAGE = 'what was said is erased or stays';
        END IF;
    END LOOP;
    RETURN NEW;
END $$"""

WRITTEN = (_DRAFT, _MESSAGE, _APPROVAL, _AGENT, _ACT, _BLANK)
_BLANKED = (message, message_body, message_entry, return_event)
_HISTORY = {"old": "", "new": "", "reason": ""}


def written_triggers(schema: str) -> Iterator[str]:
    """The statements that put them where they belong; they may be run again."""
    for table, name, when in _TRIGGERS:
        yield from _trigger(schema, table, name, when)
    blanks = {one.name: _blanks_of(one) for one in _BLANKED} | {event.name: _HISTORY}
    for place, values in blanks.items():
        when = f"BEFORE UPDATE OF {', '.join(values)}"
        yield from _trigger(schema, place, "desk_only_blanks", when, json.dumps(values))


def _blanks_of(table: Table) -> dict[str, object]:
    """What an erasure puts in place of words, apart from what everybody's program changes."""
    all_change = {name for one in RIGHTS[table.name].columns if len(one.roles) > len(LEADS)
                  for name in one.names}  # fmt: skip
    return {name: value for name, value in ANONYMOUS[table].items() if name not in all_change}


def _trigger(schema: str, table: str, name: str, when: str, told: str = "") -> Iterator[str]:
    said = f"'{told}'" if told else ""
    yield f"DROP TRIGGER IF EXISTS {name} ON {schema}.{table}"
    yield (
        f"CREATE TRIGGER {name} {when} ON {schema}.{table} "
        f"FOR EACH ROW EXECUTE FUNCTION {schema}.{name}({said})"
    )
