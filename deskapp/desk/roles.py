"""What only an admin or a lead may do."""

from deskapp.data.database import Connection
from deskapp.data.queries.agents import agent_row, agent_rows
from deskapp.data.queries.identity import identity_of
from deskapp.domain.approvals import JUNIOR
from deskapp.domain.ids import AgentId
from deskapp.domain.people import AgentRow
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context


def acting(connection: Connection, agent: AgentId | None) -> AgentRow:
    """Who acts. Raises Problem(INVALID, what="nobody_acts") for nobody, or for one who left."""
    if agent is None:
        raise Problem(ProblemKind.INVALID, what="nobody_acts")
    row = agent_row(connection, agent)
    if not row.active:
        raise Problem(ProblemKind.INVALID, what="nobody_acts")
    return row


def require_admin(connection: Connection, agent: AgentId | None) -> AgentRow:
    """The acting admin. Raises Problem INVALID, what="admin_only" or "nobody_acts"."""
    row = acting(connection, agent)
    if row.role != "admin":
        raise Problem(ProblemKind.INVALID, what="admin_only")
    return row


def refuse_last_admin(staff: tuple[AgentRow, ...], who: AgentRow) -> None:
    """Somebody must be an admin of a team. Raises Problem(INVALID, what="last_admin")."""
    admins = [row.id for row in staff if row.active and row.role == "admin"]
    if len(staff) > 1 and admins == [who.id]:
        raise Problem(ProblemKind.INVALID, what="last_admin", value=who.name)


def refuse_oneself(context: Context, who: AgentRow) -> None:
    """Whose access ends can say nothing more, not even that it ended: another admin does it.

    Raises Problem(INVALID, what="leave_self") on a team desk.
    """
    if context.identity.fixed and who.id == context.agent:
        raise Problem(ProblemKind.INVALID, what="leave_self", value=who.name)


def is_junior(connection: Connection, agent: AgentId | None) -> bool:
    """Whether what this agent writes needs a senior's approval, as of now."""
    return agent is not None and agent_row(connection, agent).role == JUNIOR


def carries_mail(connection: Connection) -> bool:
    """Whether a program that is signed in like this one fetches and sends mail, as of now.

    A junior's on a team desk does not: the database lets it send nothing, and one program at a
    time works on a mailbox.
    """
    me = identity_of(connection)
    return not (me.team_desk and me.role == JUNIOR)


def refuse_junior(connection: Connection, agent: AgentId | None, what: str) -> None:
    """Before a write that is a senior's; a team desk's database would refuse it in its own words.

    Raises Problem NOT_ALLOWED, ``what``: "junior_sends", "junior_joins" for tickets and customers
    joined and parted, "junior_imports" for files of customers.
    """
    if is_junior(connection, agent):
        raise Problem(ProblemKind.NOT_ALLOWED, what=what)


def admin_where_there_is_one(connection: Connection, agent: AgentId | None) -> None:
    """What shapes a desk is an admin's to change, once it has one: a desk of one person needs no
    roles. Raises Problem INVALID, what="admin_only" or "nobody_acts"."""
    if any(row.active and row.role == "admin" for row in agent_rows(connection)):
        require_admin(connection, agent)


def lead_where_there_is_one(connection: Connection, agent: AgentId | None) -> None:
    """What is a lead's or an admin's to say, once the desk has one.

    Raises Problem INVALID, what="lead_only" or "nobody_acts".
    """
    leading = ("lead", "admin")
    has_one = any(row.active and row.role in leading for row in agent_rows(connection))
    if has_one and acting(connection, agent).role not in leading:
        raise Problem(ProblemKind.INVALID, what="lead_only")
