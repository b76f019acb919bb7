"""What stays its writer's on a team desk, and who decides: functions of triggers, whatever program
asks. They see the row before and after, which a policy does not."""

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
        RETURN NEW;
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
# sent then stand for good; an approval that is taken back waits again. Leads and admins erase.
_APPROVAL = """desk_approval_stays() RETURNS trigger {head}
DECLARE
    me bigint := {schema}.desk_agent();
    role text := {schema}.desk_role();
    told text[] := ARRAY['body', 'html', 'recipients', 'comment', 'final_body',
        'final_recipients', 'outbox_id'];
    ends text[] := ARRAY['state', 'decided_by', 'decided_at', 'comment', 'final_body',
        'final_recipients', 'message_id', 'outbox_id', 'version'];
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
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'an approval is decided once, in one''s own name';
END $$"""

WRITTEN = (_DRAFT, _MESSAGE, _APPROVAL)
