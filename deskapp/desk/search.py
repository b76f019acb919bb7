"""Finding tickets, messages, customers, orders and canned replies by what is written in them."""

from collections.abc import Mapping, Sequence

from deskapp.data.database import Connection
from deskapp.data.queries.found import describe
from deskapp.data.queries.search_names import names_for
from deskapp.data.queries.search_rebuild import indexed_percent, refold_some
from deskapp.data.queries.search_tickets import Tickets, best_tickets, search_messages
from deskapp.data.queries.ticket_lists import ticket_numbered
from deskapp.data.search import Hit, search
from deskapp.domain.canned_rank import RECENT
from deskapp.domain.ids import TicketId
from deskapp.domain.replies import CannedRow
from deskapp.domain.search_answers import HIT_START, LISTED, Found, SearchGroups
from deskapp.domain.search_line import SearchLine, parse_line
from deskapp.domain.snippets import snippet

from .canned_index import CannedIndex
from .context import Context

_OF_EACH_KIND = 5
_LEAD = 8  # letters before a hit


class Search:
    """Searches the desk on folded text: 订单 finds 訂單, don hang finds đơn hàng."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database
        self._canned = CannedIndex()
        self._found: tuple[str, Tickets] = "", {}  # replaced whole: lanes read it beside each other

    def read(self, words: str) -> SearchLine:
        """The line as it is understood; dates mean the time zone of this computer."""
        return parse_line(words, self._context.now().astimezone())

    def find(self, words: str, limit: int = 50, kinds: Sequence[str] = ()) -> tuple[Found, ...]:
        """The best answers of every kind, or of ``kinds`` (message, customer, order)."""
        line = self.read(words)
        with self._database.reading() as connection:
            hits: list[Hit] = []
            if line.facts or not line.words:
                if line and (not kinds or "message" in kinds):
                    me, now = self._context.agent, self._context.now()
                    hits = search_messages(connection, line, me, now, limit)
            else:
                hits = search(connection, line.words, limit, kinds)
            return describe(connection, hits, line.words)

    def tickets(self, words: str, limit: int | None = LISTED) -> list[TicketId]:
        """Tickets that match, exact hits and the newest first, each once; all of them without
        ``limit``. A number is a ticket's."""
        line = self.read(words)
        found: dict[TicketId, None] = {}
        with self._database.reading() as connection:
            if (numbered := _numbered(connection, words)) is not None:
                found[numbered] = None
            if line:
                me, now = self._context.agent, self._context.now()
                answers = best_tickets(connection, line, me, now, limit)
                self._found = words, answers
                found |= dict.fromkeys(answers)
        return list(found)[:limit]

    def groups(self, words: str) -> SearchGroups:
        """What else the words find; operators ask for tickets alone."""
        line = self.read(words)
        with self._database.reading() as connection:
            indexed = indexed_percent(connection)
            if not line.is_words:
                return SearchGroups(as_text=line.as_text, indexed=indexed)
            people, orders = (
                describe(
                    connection, search(connection, line.words, _OF_EACH_KIND, (kind,)), line.words
                )
                for kind in ("customer", "order")
            )
            since = self._context.now() - RECENT
            rows = self._canned.find(connection, words, self._context.agent, None, since)
            canned = tuple(_found_reply(row, line) for row in rows[:_OF_EACH_KIND])
        return SearchGroups(people, orders, canned, line.as_text, indexed)

    def snippets(self, words: str, tickets: Sequence[TicketId]) -> Mapping[TicketId, str]:
        """The words around the newest hit of each of these tickets, marked."""
        line = self.read(words)
        if not line.words or not tickets:
            return {}
        asked, answers = self._found
        with self._database.reading() as connection:
            if asked != words:  # another search came between: that of another window
                me, now = self._context.agent, self._context.now()
                answers = best_tickets(connection, line, me, now, LISTED)
            hits = [Hit("message", at, one, 0.0) for one in tickets if (at := answers.get(one))]
            found = describe(connection, hits, line.words)
        return {
            one.ticket_id: _near_hit(one.snippet)
            for one in found
            if one.ticket_id is not None and HIT_START in one.snippet
        }

    def index_again(self) -> bool:
        """A short step of folding the index anew, where an older program folded it; the newest
        mail first. False when nothing is left to do. The engine's clerk calls it between mails."""
        with self._database.reading() as connection:
            if indexed_percent(connection) is None:
                return False
        with self._database.writing() as unit:
            return refold_some(unit)

    def names(self, operator: str) -> tuple[str, ...]:
        """What the desk has for an operator to name: its tags, mailboxes, colleagues, teams."""
        with self._database.reading() as connection:
            return names_for(connection, operator)


def _near_hit(said: str) -> str:
    """So that the hit is seen in the little room of a list's row."""
    hit = said.find(HIT_START)
    if hit <= _LEAD:
        return said
    begin = said.find(" ", hit - _LEAD, hit) + 1 or hit
    return f"…{said[begin:]}"


def _found_reply(row: CannedRow, line: SearchLine) -> Found:
    said = snippet(row.name, line.words)
    return Found("canned", row.id, None, None, None, row.name, said, 0.0)


def _numbered(connection: Connection, words: str) -> TicketId | None:
    number = words.strip().lstrip("#")
    if number.isascii() and number.isdigit() and len(number) < 10:
        return ticket_numbered(connection, int(number))
    return None
