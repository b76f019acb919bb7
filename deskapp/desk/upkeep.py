"""Keeping a desk sound: audit, backup, restore, export."""

import logging
import shutil
from pathlib import Path

from deskapp.data.audit import audit
from deskapp.data.backup import backup_desk
from deskapp.data.move import move_desk, take_back, went_to
from deskapp.data.move_pace import Told
from deskapp.data.restore import restore_desk
from deskapp.data.snapshot import snapshot
from deskapp.domain.audit import Head
from deskapp.domain.desk_move import Moved
from deskapp.domain.file_problems import writing_problem
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.upkeep import Copied, Exported, Finding

from .context import Context, utc_now
from .erased_again import erase_again
from .exporting import write_export

log = logging.getLogger(__name__)

__all__ = ["Upkeep", "move", "restore", "take_back", "went_to"]

_NOTHING_SEEN = Head()


class Upkeep:
    """The long jobs on an open desk. Others go on working meanwhile."""

    def __init__(self, context: Context) -> None:
        self._database = context.database

    def check(
        self, newest_bytes: int | None = None, head: Head = _NOTHING_SEEN
    ) -> tuple[Finding, ...]:
        """Audits the desk; () when all is well. ``newest_bytes``: hash only so many mails.
        ``head``: the newest seal of its audit that this machine saw before."""
        with snapshot(self._database) as connection:
            found = audit(connection, newest_bytes, head)
        log.info("audit done: %d sorts of findings", len(found))
        return found

    def backup(self, path: Path) -> Copied:
        """Writes a proven copy to a new file, the same format from either database.

        Raises Problem FILE_EXISTS, DISK_FULL, READ_ONLY, BACKUP_INVALID; then no file is left.
        """
        return backup_desk(self._database, path)

    def export(self, folder: Path) -> Exported:
        """Writes everything in open formats into a folder that is new or empty.

        Raises Problem FILE_EXISTS, DISK_FULL or READ_ONLY; then the folder is as it was.
        """
        unfinished = folder.with_name(folder.name + ".part")
        try:
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                raise Problem(ProblemKind.FILE_EXISTS, path=str(folder))
            unfinished.mkdir(parents=True)
        except OSError as error:
            raise writing_problem(folder, error) from error
        try:
            with snapshot(self._database) as connection:
                written = write_export(connection, unfinished)
            if folder.exists():
                folder.rmdir()
            unfinished.rename(folder)
        except OSError as error:
            raise writing_problem(folder, error) from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        return written


def restore(url: str, path: Path) -> Copied:
    """Makes a backup the desk at ``url``; see ``data.restore``. No Desk on it may be open. Whoever
    was erased after it was made is erased again, where the desk that was there tells of them."""
    at = utc_now()
    return erase_again(url, restore_desk(url, path, at), at)


def move(url: str, to: str, *, try_only: bool = False, told: Told = lambda progress: None) -> Moved:
    """Takes the desk at ``url`` to another database; see ``data.move``. No Desk on it may be open
    in this program; others are kept from writing meanwhile, and told where it went."""
    return move_desk(url, to, try_only=try_only, told=told)
