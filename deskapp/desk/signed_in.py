"""Who works on the desk: the person signed in, else whoever a face says."""

from deskapp.data.queries.identity import identity_of
from deskapp.domain.identity import Identity
from deskapp.domain.ids import AgentId
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context
from .roles import carries_mail, refuse_junior


class SignedIn:
    """What a Desk knows of the person in front of it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @property
    def agent(self) -> AgentId | None:
        """Who acts; what they do is noted under this name."""
        return self._context.agent

    @agent.setter
    def agent(self, agent: AgentId | None) -> None:
        """Raises Problem(NOT_ALLOWED, what="other_agent") where the sign-in says who acts."""
        me = self._context.identity
        if me.fixed and agent != me.agent:
            raise Problem(ProblemKind.NOT_ALLOWED, what="other_agent", login=me.login)
        self._context.agent = agent

    def recognise(self) -> Identity:
        """Asks the database who is signed in, and acts as them from now on.

        Raises Problem(NOT_ALLOWED, what="no_agent") on a team desk for a login that is nobody's.
        """
        with self._context.database.reading() as connection:
            me = identity_of(connection)
        if me.team_desk and not me.role:
            raise Problem(ProblemKind.NOT_ALLOWED, what="no_agent", login=me.login)
        self._context.identity = me
        if me.fixed:
            self._context.agent = me.agent
        return me

    def refuse_junior(self, what: str) -> None:
        """For a window, before it asks what a junior may not do. Problems as of the act."""
        with self._context.database.reading() as connection:
            refuse_junior(connection, self._context.agent, what)

    def carries_mail(self) -> bool:
        """Whether programs of this person fetch and send mail; a junior's leave it to others."""
        with self._context.database.reading() as connection:
            return carries_mail(connection)

    @property
    def signed_in(self) -> Identity:
        """Who is signed in, as ``recognise`` found them."""
        return self._context.identity
