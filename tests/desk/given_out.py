"""A rule, the mails of many customers, and who has their tickets now, for stories of giving out."""

from collections import Counter

from deskapp.desk.assigning import Assigning
from deskapp.domain.assigning import Mode, Scope
from deskapp.domain.ids import AgentId, TeamId, TicketId
from deskapp.domain.kinds import EventKind, TicketStatus
from deskapp.domain.tickets import EventRow, TicketEdit

from .ground import Ground
from .letters import letter

CLOSED = TicketEdit(status=TicketStatus.CLOSED)


def rule(ground: Ground, mode: Mode | None = Mode.ROUND_ROBIN, team: TeamId | None = None) -> None:
    scope = Scope.DESK if team is None else Scope.TEAM
    Assigning(ground.context).set_rule(scope, team, mode, None)


def mails(ground: Ground, count: int, begin: int = 0) -> None:
    """So many matters of so many customers, as one batch."""
    ground.arrive(
        *(
            letter(
                subject=f"Matter {number}",
                sender=f"c{number}@customer.example",
                message_id=f"m{number}@customer.example",
                hours=number / 1000,
            )
            for number in range(begin, begin + count)
        )
    )


def has(ground: Ground) -> Counter[AgentId | None]:
    return Counter(row.assignee_id for row in ground.rows())


def told(ground: Ground, one: TicketId, kind: EventKind = EventKind.ASSIGNED) -> list[EventRow]:
    events = ground.tickets.conversation(one).events
    return [each for each in events if each.kind is kind]
