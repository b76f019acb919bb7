"""What a team does, behind one Desk."""

from collections.abc import Callable
from datetime import datetime

from deskapp.data.database import Database
from deskapp.data.queries.desk_info import desk_name
from deskapp.domain.ids import AgentId

from .agents import Agents
from .canned import Canned
from .changes import ChangeLog
from .context import Context, MailFunctions, utc_now
from .customers import Customers
from .intake import Intake
from .mailboxes import Mailboxes
from .orders import Orders
from .replies import Replies
from .search import Search
from .tickets import Tickets
from .upkeep import Upkeep

__all__ = ["Desk", "MailFunctions"]


class Desk:
    """One desk as one agent works on it. Every face uses the same one; all its calls block."""

    def __init__(
        self,
        database: Database,
        mail: MailFunctions,
        *,
        agent: AgentId | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._context = Context(database, mail, agent, now)
        self.tickets = Tickets(self._context)
        self.intake = Intake(self._context)
        self.replies = Replies(self._context)
        self.search = Search(self._context)
        self.changes = ChangeLog(self._context)
        self.customers = Customers(self._context)
        self.canned = Canned(self._context)
        self.orders = Orders(self._context)
        self.agents = Agents(self._context)
        self.mailboxes = Mailboxes(self._context)
        self.upkeep = Upkeep(self._context)

    @property
    def agent(self) -> AgentId | None:
        """Who acts; what they do is noted under this name."""
        return self._context.agent

    @agent.setter
    def agent(self, agent: AgentId | None) -> None:
        self._context.agent = agent

    @property
    def database(self) -> Database:
        """For the faces that join rooms: the mail room works on the same database."""
        return self._context.database

    def name(self) -> str:
        """What the team calls its desk; "" when nobody named it."""
        with self._context.database.reading() as connection:
            return desk_name(connection)

    def close(self) -> None:
        """Gives the database back."""
        self._context.database.close()
