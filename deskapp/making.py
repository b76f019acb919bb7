"""Makes desks for the wizard, and joins those of teams."""

from .desk import Desk
from .domain.join_link import looks_like_link
from .domain.mailboxes import MailboxSettings
from .joining import join_desk
from .secrets import OpenedLater, SecretStore
from .ui.setup.new_desk import DeskFound, DeskWish
from .wiring import open_house


class Maker:
    """Where the wizard's wishes become a desk."""

    def __init__(self, secrets: SecretStore | None = None) -> None:
        self._secrets = secrets or OpenedLater()

    def make(self, wish: DeskWish) -> DeskFound:
        """See ``ui.setup.new_desk.DeskMaker``."""
        if looks_like_link(wish.place):
            return self._join(wish)
        desk = open_house(wish.place, create=True, name=wish.name)
        try:
            if wish.agent_name and not _knows(desk, wish.agent_name):
                desk.agents.add(wish.agent_name)
            boxes = tuple(box.settings.address for box in desk.mailboxes.list())
            return DeskFound(wish.place, desk.name(), boxes)
        finally:
            desk.close()

    def _join(self, wish: DeskWish) -> DeskFound:
        found = join_desk(wish.place, wish.password, lambda: wish.own_password, self._secrets)
        return DeskFound(found.place, found.desk_name, agent_name=found.name)

    def add_mailbox(self, desk_url: str, settings: MailboxSettings) -> None:
        """See ``ui.setup.new_desk.DeskMaker``."""
        desk = open_house(desk_url)
        try:
            desk.mailboxes.add(settings)
        finally:
            desk.close()


def _knows(desk: Desk, name: str) -> bool:
    return any(agent.name.casefold() == name.casefold() for agent in desk.agents.list())
