"""Reusable texts: found, edited, and filled in for a ticket."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from deskapp.data.database import Connection
from deskapp.data.queries.blobs import get_blobs, put_blob
from deskapp.data.queries.canned import Texts, canned_whole
from deskapp.data.queries.canned_facts import TicketFacts, ticket_facts
from deskapp.data.queries.canned_scope import Coming, canned_named, includers, stored_key
from deskapp.data.queries.canned_write import (
    archive_canned,
    count_sent,
    count_use,
    insert_canned,
    place_uses,
    restore_canned,
    stored_actions,
    update_canned,
)
from deskapp.domain.canned_rank import RECENT
from deskapp.domain.ids import BlobHash, CannedId, DraftId, OrderId, TicketId
from deskapp.domain.language_choice import choose_language
from deskapp.domain.last_edits import About
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply, CannedRow, Includers, OutgoingFile

from .canned_filling import values_of
from .canned_index import CannedIndex
from .canned_parts import (
    Included,
    RenderedReply,
    check_includes,
    checked_texts,
    files_for,
    included_texts,
    keep_includes,
    whole_text,
    with_files,
)
from .context import Context
from .last_edits import edited
from .roles import refuse_junior

# The template language is imported where a text is filled in or checked: its 120 ms are more
# than a whole command may take that does neither.


class Canned:
    """Keeps canned replies and fills them in with what is known today.

    Another agent's own replies are not there, whatever is asked: NOT_FOUND. Names are looked for
    among the agent's own first, then among the team's.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._index = CannedIndex()

    def list(self, words: str = "", ticket: TicketId | None = None) -> tuple[CannedRow, ...]:
        """The most used first; with ``words`` those that have all of them, by name before text.

        With ``ticket`` only those offered in its mailbox, and first what was used on tickets of its
        tags, language and mailbox.
        """
        since = self._context.now() - RECENT
        with self._context.database.reading() as connection:
            return self._index.find(connection, words, self._context.agent, ticket, since)

    def get(self, canned: CannedId) -> CannedReply:
        """Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            return self._whole(connection, canned)

    def by_name(self, name: str) -> CannedId:
        """The canned reply of a name, whatever its case and marks. Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            found = canned_named(connection, name, self._context.agent)
        if found is None:
            raise Problem(ProblemKind.NOT_FOUND, what="canned", value=name)
        return found

    def save(self, reply: CannedReply) -> CannedReply:
        """Adds it, or changes the one whose id and version it bears; returns it as kept.

        Raises Problem EMPTY (no name or no text), INVALID (a language twice, or none),
        TEMPLATE_ERROR (language, line, why), DUPLICATE (name), NOT_FOUND or CHANGED_MEANWHILE. A
        new name is written into the replies that include it.
        """
        name, texts = one_line(reply.name, 200), checked_texts(reply)
        if not name:
            raise Problem(ProblemKind.EMPTY, what="name")
        if reply.owner not in (None, self._context.agent):
            raise Problem(ProblemKind.NOT_FOUND, what="canned", value=name)
        values: dict[str, object] = {
            "name": name,
            "name_key": stored_key(name, reply.owner),
            "folder": one_line(reply.folder, 200),
            "agent_id": reply.owner,
            "mailbox_id": reply.mailbox_id,
            "actions": stored_actions(reply.actions),
            "updated_at": self._context.now(),
        }
        with self._context.database.writing() as unit:
            check_includes(unit.connection, replace(reply, name=name), texts, self._context.agent)
            was = None if reply.id is None else self._whole(unit.connection, reply.id)
            if None in (reply.owner, reply.owner if was is None else was.owner):
                refuse_junior(unit.connection, self._context.agent, "junior_shares")
            if reply.id is None or was is None:
                kept = insert_canned(unit, values, texts, reply.files)
                return canned_whole(unit.connection, kept)
            update_canned(unit, reply.id, values, texts, reply.version, reply.files)
            edited(self._context, unit, About.CANNED, reply.id)
            now = canned_whole(unit.connection, reply.id)
            keep_includes(unit, was, now)
            return now

    def check(self, reply: CannedReply, coming: Coming) -> Texts:
        """Raises what ``save`` would of its texts, were ``coming`` saved already; returns them."""
        texts = checked_texts(reply)
        with self._context.database.reading() as connection:
            check_includes(connection, reply, texts, self._context.agent, coming)
        return texts

    def archive(self, canned: CannedId) -> None:
        """Takes it out of the lists; what it was used for stays. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            if self._whole(unit.connection, canned).owner is None:
                refuse_junior(unit.connection, self._context.agent, "junior_shares")
            archive_canned(unit, canned, self._context.now())

    def includers(self, canned: CannedId) -> Includers:
        """The replies that include it: they are missing it once it is archived."""
        with self._context.database.reading() as connection:
            reply = self._whole(connection, canned)
            return includers(connection, reply.name, reply.owner, self._context.agent)

    def keep_file(self, filename: str, content_type: str, data: bytes) -> OutgoingFile:
        """Stores the bytes of a file that a canned reply is to bring along; equal ones once."""
        with self._context.database.writing() as unit:
            sha256 = put_blob(unit.connection, data)
        return OutgoingFile(one_line(filename, 255), content_type, len(data), sha256)

    def used(
        self,
        canned: CannedId,
        ticket: TicketId | None = None,
        language: str = "",
        *,
        draft: DraftId | None = None,
        text: str | None = None,
    ) -> int:
        """Notes that it was put into a reply: lists rank by it. Returns the id of the note.

        ``text`` came into ``draft``: sending that notes whether it was edited.
        """
        with self._context.database.writing() as unit:
            by, at = self._context.agent, self._context.now()
            return count_use(unit, canned, ticket, by, at, language, draft, text)

    def sent(self, uses: Iterable[tuple[int, bool]] = ()) -> None:
        """Notes of uses whether the text was edited before the reply left; without any, only
        reads anew what sending noted."""
        with self._context.database.writing() as unit:
            count_sent(unit, uses)
        self._index.recount()

    def placed(self, uses: Collection[int], draft: DraftId | None) -> None:
        """What ``used`` noted stands in another draft now; None: it was taken out again."""
        with self._context.database.writing() as unit:
            place_uses(unit, uses, draft)

    def restore(self, canned: CannedId) -> None:
        """Undoes ``archive``. Raises Problem NOT_FOUND, or DUPLICATE for a name taken since."""
        with self._context.database.writing() as unit:
            reply = self._whole(unit.connection, canned)
            if reply.owner is None:
                refuse_junior(unit.connection, self._context.agent, "junior_shares")
            restore_canned(unit, canned, stored_key(reply.name, reply.owner))

    def file_bytes(self, files: Iterable[OutgoingFile]) -> Mapping[BlobHash, bytes]:
        """The bytes of files that a canned reply brings along. Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            return get_blobs(connection, [file.sha256 for file in files])

    def render(
        self,
        canned: CannedId,
        ticket: TicketId,
        *,
        order: OrderId | None = None,
        language: str | None = None,
        answers: Mapping[str, str] | None = None,
    ) -> RenderedReply:
        """The variant for the customer's language, or for ``language``, filled in for a ticket.

        ``order`` is the agent's choice; see ``variables`` for what stands in without one.
        ``answers`` are to the ``questions``. Raises Problem NOT_FOUND, or TEMPLATE_ERROR for a text
        that grows without end.
        """
        with self._context.database.reading() as connection:
            reply = self._whole(connection, canned)
            facts = ticket_facts(connection, ticket, self._context.agent, order)
            chosen = _chosen(reply, language or facts.language)
            text = dict(reply.texts)[chosen]
            included = self._included(connection, reply, text, chosen)
            filled = self._filled(canned, chosen, text, facts, included, answers or {})
            by = None if reply.owner is None else self._context.agent
            return with_files(filled, files_for(connection, reply, filled.text, included, by))

    def questions(
        self, canned: CannedId, ticket: TicketId, language: str | None = None
    ) -> tuple[str, ...]:
        """What the agent is asked before it is put in: the names after ``ask.``, each once."""
        from deskapp.domain.canned import questions_of

        with self._context.database.reading() as connection:
            reply = self._whole(connection, canned)
            facts = ticket_facts(connection, ticket, self._context.agent, None)
            chosen = _chosen(reply, language or facts.language)
            text = dict(reply.texts)[chosen]
            included = self._included(connection, reply, text, chosen)
        return questions_of(whole_text(text, included.texts))

    def render_text(
        self,
        text: str,
        ticket: TicketId,
        *,
        order: OrderId | None = None,
        language: str = "",
    ) -> RenderedReply:
        """A text being edited, filled in for a ticket; ``language`` it is written in, "" for the
        customer's. Raises Problem TEMPLATE_ERROR, NOT_FOUND.
        """
        with self._context.database.reading() as connection:
            facts = ticket_facts(connection, ticket, self._context.agent, order)
            written = language or facts.language
            included = included_texts(connection, text, written, self._context.agent)
        return self._filled(None, written, text, facts, included, {})

    def variables(self, ticket: TicketId, order: OrderId | None = None) -> Mapping[str, object]:
        """Today's value of every placeholder that has one for this ticket, by group and name.

        Without ``order`` it is the order of this customer that they wrote of, else their newest.
        """
        with self._context.database.reading() as connection:
            facts = ticket_facts(connection, ticket, self._context.agent, order)
        return self._variables(facts)

    def _filled(
        self,
        canned: CannedId | None,
        language: str,
        text: str,
        facts: TicketFacts,
        included: Included,
        answers: Mapping[str, str],
    ) -> RenderedReply:
        from deskapp.domain.canned import ASK, render

        rendered = render(text, {**self._variables(facts), ASK: answers}, included.texts)
        return RenderedReply(
            canned,
            language,
            rendered.text,
            rendered.unresolved,
            wanted=facts.language,
            borrowed=included.borrowed,
        )

    def _whole(self, connection: Connection, canned: CannedId) -> CannedReply:
        reply = canned_whole(connection, canned)
        if reply.owner not in (None, self._context.agent):
            raise Problem(ProblemKind.NOT_FOUND, what="canned", id=canned)
        return reply

    def _included(
        self, connection: Connection, reply: CannedReply, text: str, language: str
    ) -> Included:
        """What everybody's reply includes is the same for everybody."""
        by = None if reply.owner is None else self._context.agent
        return included_texts(connection, text, language, by)

    def _variables(self, facts: TicketFacts) -> Mapping[str, object]:
        return values_of(facts, self._context.now().astimezone().date())


def _chosen(reply: CannedReply, language: str) -> str:
    return choose_language([name for name, _ in reply.texts], language)
