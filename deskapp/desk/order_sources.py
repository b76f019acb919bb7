"""The shops, databases, folders and files that orders come from; their secrets are elsewhere."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from deskapp.data.queries import order_source_removal as removal
from deskapp.data.queries import order_sources_write as write
from deskapp.data.queries.desk_info import desk_identity
from deskapp.data.queries.order_sources import (
    number_patterns,
    source_named,
    source_state,
    source_states,
)
from deskapp.data.queries.orders import order_details
from deskapp.domain.ids import OrderId, OrderSourceId
from deskapp.domain.last_edits import About
from deskapp.domain.order_rows import OrderImport
from deskapp.domain.order_sources import SourceSettings, SourceState, checked
from deskapp.domain.orders import OrderAnswer, OrderPage
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context
from .last_edits import edited
from .portions import give_way, portions


class OrderSources:
    """Adds, changes and removes sources, and keeps what asking them brought."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[SourceState, ...]:
        """All sources by name, as they stand."""
        with self._context.database.reading() as connection:
            return source_states(connection)

    def get(self, source: OrderSourceId) -> SourceState:
        """Raises Problem(NOT_FOUND, what="order_source")."""
        with self._context.database.reading() as connection:
            return source_state(connection, source, counted=True)

    def standings(self) -> tuple[SourceState, ...]:
        """As ``list``, less the counts: for whoever looks often."""
        with self._context.database.reading() as connection:
            return source_states(connection, counted=False)

    def standing(self, source: OrderSourceId) -> SourceState:
        """As ``get``, less the count."""
        with self._context.database.reading() as connection:
            return source_state(connection, source)

    def by_name(self, name: str) -> OrderSourceId:
        """In any case. Raises Problem(NOT_FOUND, what="order_source")."""
        with self._context.database.reading() as connection:
            return source_named(connection, name)

    def number_patterns(self) -> tuple[str, ...]:
        """How the sources in use write their numbers, for ``order_numbers.find_order_numbers``."""
        with self._context.database.reading() as connection:
            return number_patterns(connection)

    def secret_owner(self, source: OrderSourceId) -> str:
        """Under what name a keyring keeps this source's secrets: it outlasts a new name."""
        with self._context.database.reading() as connection:
            return f"source {source} of {desk_identity(connection)}"

    def add(self, settings: SourceSettings) -> OrderSourceId:
        """Adds a source; a name whose orders are here without a source takes them up.

        Raises Problem as ``order_sources.checked``, INVALID (what="time zone") and DUPLICATE.
        """
        sound = _checked(settings)
        with self._context.database.writing() as unit:
            return write.insert_source(unit, sound)

    def change(
        self, source: OrderSourceId, settings: SourceSettings, version: int | None = None
    ) -> None:
        """Problems as ``add``, NOT_FOUND and CHANGED_MEANWHILE. It is tried again at once; another
        address or query is read from its beginning."""
        sound = _checked(settings)
        with self._context.database.writing() as unit:
            write.update_source(unit, source, sound, version)
            edited(self._context, unit, About.ORDER_SOURCE, source)

    def switch(self, source: OrderSourceId, *, on: bool) -> None:
        """Whether it is asked at all; its orders stay. Raises Problem(NOT_FOUND)."""
        with self._context.database.writing() as unit:
            write.switch_source(unit, source, on=on)
            edited(self._context, unit, About.ORDER_SOURCE, source)

    def read_anew(self, source: OrderSourceId) -> None:
        """From its beginning, at once: for a key that leads to another place. Raises NOT_FOUND."""
        with self._context.database.writing() as unit:
            write.read_source_anew(unit, source)

    def try_now(self, source: OrderSourceId) -> None:
        """The engine that reads it, wherever it runs, goes on at once. Raises NOT_FOUND."""
        with self._context.database.writing() as unit:
            write.try_source_now(unit, source)

    def remove(self, source: OrderSourceId, *, keep_orders: bool = True) -> int:
        """How many of its orders stay: all, or those that returns and acts refer to.

        Many orders go a portion at a time, so that others can write in between; where it is broken
        off, the source is off and can be removed again.
        """
        if not keep_orders:
            self.switch(source, on=False)
            after: int | None = 0
            while after is not None:
                if after:
                    give_way()
                with self._context.database.writing() as unit:
                    after = removal.delete_orders(unit, source, after)
        with self._context.database.writing() as unit:
            return removal.remove_source(unit, source)

    def take_page(
        self,
        source: OrderSourceId,
        before: str,
        page: OrderPage,
        *,
        first: bool,
        next_at: datetime | None = None,
        asked_as: int | None = None,
    ) -> OrderImport:
        """Stores what changed, and where to go on, in one transaction; of a long page, as a file is
        one, the first orders before in portions.

        ``asked_as`` is the version of the settings that the page was asked with. Raises Problem
        CHANGED_MEANWHILE where these or the mark are others by now, NOT_FOUND.
        """
        at, done = self._context.now(), OrderImport()
        asked = write.Asked(source, before, first, next_at, asked_as)
        left = len(page.orders)
        for some in portions(page.orders):
            left -= len(some)
            with self._context.database.writing() as unit:
                done += write.store_part(unit, asked, replace(page, orders=tuple(some)), at)
                if not left:
                    write.go_on_from(unit, asked, page, at)
        return done

    def take_answer(self, source: OrderSourceId, answer: OrderAnswer) -> OrderImport:
        """Stores what a source found when it was asked for one customer or one order."""
        with self._context.database.writing() as unit:
            return write.store_answer(unit, source, answer, self._context.now())

    def note_trouble(self, source: OrderSourceId, problem: Problem, next_at: datetime) -> None:
        """What stood in the way, for people to read, and when the source is asked again."""
        with self._context.database.writing() as unit:
            write.note_waiting(unit, source, self._context.now(), next_at, problem)

    def place_of(self, order: OrderId) -> tuple[OrderSourceId, str]:
        """Whose order it is and the shop's own id, "" for none. Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            for detail in order_details(connection, [order]):
                return detail.row.source_id, detail.ref
        raise Problem(ProblemKind.NOT_FOUND, what="order", id=order)


def _checked(settings: SourceSettings) -> SourceSettings:
    sound = checked(settings)
    if sound.zone:
        try:
            ZoneInfo(sound.zone)
        except (KeyError, ValueError, OSError) as fault:
            raise Problem(ProblemKind.INVALID, what="time zone", value=sound.zone) from fault
    return sound
