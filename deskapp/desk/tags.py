"""The tags of a desk: names, colours, counts, and two that become one."""

import builtins
from datetime import timedelta

from deskapp.data.queries.tag_write import (
    colour_tag,
    delete_tag,
    merge_tags,
    rename_tag,
    undo_tag_merge,
)
from deskapp.data.queries.tagging import ensure_tag
from deskapp.data.queries.tags import tag_merges, tag_named, tag_rows
from deskapp.domain.ids import TagId, TagMergeId
from deskapp.domain.last_edits import About
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.ticket_facts import TagColour, TagMerge, TagRow

from .context import Context
from .last_edits import edited

_UNDONE_WITHIN = timedelta(days=90)  # how long a merge is offered to be taken back


class Tags:
    """What a tag was once called goes on meaning it: in canned replies, searches and scripts."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[TagRow, ...]:
        """All tags with their counts, by name."""
        with self._context.database.reading() as connection:
            return tag_rows(connection)

    def named(self, name: str) -> TagId:
        """The tag that a name means, also a former one. Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            found = tag_named(connection, name)
        if found is None:
            raise Problem(ProblemKind.NOT_FOUND, what="tag", value=name)
        return found[0]

    def add(self, name: str, colour: TagColour = TagColour.NONE) -> TagId:
        """Raises Problem INVALID, or DUPLICATE for one that is there."""
        plain = one_line(name, 80)
        with self._context.database.writing() as unit:
            if (known := tag_named(unit.connection, plain)) is not None:
                raise Problem(ProblemKind.DUPLICATE, what="tag", value=known[1])
            made, _ = ensure_tag(unit, plain)
            colour_tag(unit, made, colour)
        return made

    def rename(self, one: TagId, name: str, seen: str | None = None) -> None:
        """Raises Problem NOT_FOUND, INVALID, DUPLICATE for another tag's name: merge them; or
        CHANGED_MEANWHILE with its name of now where that is no longer the one that was ``seen``."""
        with self._context.database.writing() as unit:
            rename_tag(unit, one, one_line(name, 80), seen)
            edited(self._context, unit, About.TAG, one)

    def colour(self, one: TagId, colour: TagColour, seen: TagColour | None = None) -> None:
        """Raises Problem NOT_FOUND, or CHANGED_MEANWHILE (what="tag_colour") with its colour of now
        where that is no longer the one that was ``seen``."""
        with self._context.database.writing() as unit:
            colour_tag(unit, one, colour, seen)
            edited(self._context, unit, About.TAG, one)

    def merge(self, one: TagId, into: TagId) -> TagMergeId:
        """Every ticket with ``one`` has ``into`` instead. Raises Problem NOT_FOUND or INVALID."""
        at, by = self._context.now(), self._context.agent
        with self._context.database.writing() as unit:
            return merge_tags(unit, one, into, at, by)

    def merges(self) -> builtins.list[TagMerge]:
        """The merges that can be taken back, newest first."""
        with self._context.database.reading() as connection:
            return builtins.list(tag_merges(connection, self._context.now() - _UNDONE_WITHIN))

    def undo_merge(self, one: TagMergeId) -> int:
        """Gives the tickets their tag back; on how many.

        Where the kept tag was taken off since, nothing changes. Raises Problem(TOO_LATE) when it
        was undone already, or a tag of it was merged on.
        """
        at, by = self._context.now(), self._context.agent
        with self._context.database.writing() as unit:
            return undo_tag_merge(unit, one, at, by)

    def delete(self, one: TagId) -> int:
        """Takes it off every ticket and away; from how many. Raises Problem(NOT_FOUND)."""
        at, by = self._context.now(), self._context.agent
        with self._context.database.writing() as unit:
            return delete_tag(unit, one, at, by)
