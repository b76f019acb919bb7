"""Colleagues on tickets: in list and head, and the strip above the editor."""

from deskapp.domain.ids import AgentId, TakeOverId, TicketId
from deskapp.domain.kinds import View
from deskapp.domain.presence import Answer, Colleague, Doing, Here, Room, TakeOver

from .camera import Camera
from .stage import Stage

_ME = AgentId(1)
_NAMES = ("Nguyễn Thị Phương Anh Khánh Huyền", "王小明", "Мария Константиновна Преображенская")
_HOUR = 3600.0


def play(stage: Stage, camera: Camera) -> None:
    """What colleagues do is put in by hand; nobody is really there."""
    page, colleagues = stage.inbox, stage.shell.shell_actions.colleagues
    stage.shell._bridge.room.disconnect(colleagues.hear)
    camera.widen()
    page.show_view(View.ALL_OPEN.value)
    camera.settle()
    page.list.list.choose_first()
    camera.settle()
    here = page.conversation.ticket
    assert here is not None
    near = [page.list.list.tickets.id_at(place) for place in range(1, 5)]
    there = (
        _one(stage, 0, here, Doing.WRITING),
        _one(stage, 1, here, Doing.LOOKING),
        _one(stage, 2, here, Doing.LOOKING),
        _one(stage, 1, near[0], Doing.WRITING),
        _one(stage, 2, near[1], Doing.LOOKING),
        _one(stage, 0, near[1], Doing.LOOKING),
        _one(stage, 2, near[2], Doing.NOTING),
    )
    here = tuple(Here(AgentId(100 + place), name, _HOUR) for place, name in enumerate(_NAMES))
    colleagues.hear(Room(_ME, there, here=here))
    camera.settle()
    camera.window("together-seen")
    page.list.columns._on.trigger()
    camera.settle()
    camera.window("together-columns")
    page.list.columns._on.trigger()
    strip = page.conversation._together.strip
    strip.look(began=True)
    camera.settle()
    camera.window("together-writes")
    for answer in (Answer.WAITING, Answer.KEPT, Answer.EXPIRED, Answer.GIVEN):
        strip._mine = _request(here, answer, taken=answer is Answer.GIVEN)
        strip.look()
        camera.settle()
        camera.window(f"together-{answer or 'waits'}")
    strip._mine = None
    asked = _request(here, Answer.WAITING, taken=False, of_me=True)
    colleagues.hear(Room(_ME, there, (asked,)))
    camera.settle()
    camera.window("together-asked")
    colleagues.hear(Room(_ME))
    stage.shell._bridge.room.connect(colleagues.hear)
    camera.settle()


def _one(stage: Stage, place: int, ticket: TicketId, doing: Doing) -> Colleague:
    agent = AgentId(100 + place)
    return Colleague(agent, _NAMES[place], ticket, doing, stage.now, _HOUR)


def _request(ticket: TicketId, answer: Answer, *, taken: bool, of_me: bool = False) -> TakeOver:
    other, one = AgentId(100), TakeOverId(7)
    asker, holder = (other, _ME) if of_me else (_ME, other)
    names = ("", _NAMES[0])
    first, second = names[::-1] if of_me else names
    return TakeOver(one, ticket, 1042, asker, first, holder, second, answer, _HOUR, taken)
