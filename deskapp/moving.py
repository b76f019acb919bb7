"""A desk that its window takes elsewhere: the engine rests, settings and keyring follow."""

from collections.abc import Callable
from dataclasses import dataclass

from .desk.upkeep import move, went_to
from .domain.desk_address import is_server, with_password, without_password
from .domain.desk_move import Moved, MoveProgress
from .domain.problem import Problem
from .paths import from_anywhere
from .secrets import SecretStore, keep_password, with_kept_password
from .settings import Settings


@dataclass(frozen=True, slots=True)
class DeskMover:
    """``address`` is the desk's own, with its password. ``rest`` and ``resume`` the engine, and
    ``reopen`` the windows: those three are called by the window's own thread."""

    address: str
    settings: Settings
    secrets: SecretStore
    rest: Callable[[], None]
    resume: Callable[[], None]
    reopen: Callable[[], None]

    def move(
        self, to: str, password: str, told: Callable[[MoveProgress], None], *, try_only: bool
    ) -> Moved:
        """In a thread of its own, since it takes long, as the two that follow. Raises as
        ``desk.upkeep.move``; what ``told`` raises ends it."""
        target = self._target(to, password)
        return move(self.address, target, try_only=try_only, told=told)

    def follow(self, to: str, password: str) -> bool:
        """After a move: the settings name the new place, and where the desk came from; the
        password goes where passwords are kept. False where it could not be kept there.

        Raises OSError where the settings cannot be written.
        """
        target = self._target(to, password)
        self.settings.desk_url = from_anywhere(without_password(target))
        self.settings.moved_from = without_password(self.address)
        self.settings.save()
        try:
            keep_password(target, self.secrets)
        except Problem:
            return False
        return True

    def stands(self) -> bool:
        """Whether the desk is still where it was; taken for granted where it cannot be asked."""
        return not went_to(self.address)

    def _target(self, to: str, password: str) -> str:
        if not is_server(to):
            return to
        return with_password(to, password) if password else with_kept_password(to, self.secrets)
