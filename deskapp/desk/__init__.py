"""What a team does, behind one Desk."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from deskapp.data.database import Database
from deskapp.data.queries.desk_info import desk_identity, desk_name
from deskapp.domain.ids import AgentId
from deskapp.domain.line import Line

from .context import Context, MailFunctions, utc_now
from .staff_parts import StaffParts

if TYPE_CHECKING:
    from .auto_replies import AutoReplies
    from .bulk_replies import BulkReplies
    from .calendar import Calendar
    from .canned import Canned
    from .canned_acts import CannedActs
    from .canned_folder import CannedFolder
    from .changes import ChangeLog
    from .companies import Companies
    from .customers import Customers
    from .duplicates import Duplicates
    from .erasing import Erasing
    from .fields import Fields
    from .hand_overs import HandOvers
    from .intake import Intake
    from .labels import Labels
    from .links import Links
    from .mailboxes import Mailboxes
    from .newcomers import Newcomers
    from .notices import Notices
    from .people_files import PeopleFiles
    from .pictures import Pictures
    from .replies import Replies
    from .search import Search
    from .side_threads import SideThreads
    from .signatures import Signatures
    from .snoozes import Snoozes
    from .staff import Staff
    from .tags import Tags
    from .tickets import Tickets
    from .undo import Undo
    from .upkeep import Upkeep
    from .views import Views

__all__ = ["Desk", "MailFunctions"]


class Desk(StaffParts):
    """One desk as one agent works on it. Every face uses the same one; all its calls block."""

    def __init__(
        self,
        database: Database,
        mail: MailFunctions,
        *,
        agent: AgentId | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(Context(database, mail, agent, now))

    # Each part is loaded when it is first asked for: a command that lists tickets has 0.2 s for
    # all it does, and the template language alone takes 0.06 s of that (DESIGN section 7).

    @cached_property
    def tickets(self) -> "Tickets":
        from .tickets import Tickets

        return Tickets(self._context)

    @cached_property
    def tags(self) -> "Tags":
        from .tags import Tags

        return Tags(self._context)

    @cached_property
    def labels(self) -> "Labels":
        from .labels import Labels

        return Labels(self._context)

    @cached_property
    def intake(self) -> "Intake":
        from .intake import Intake

        return Intake(self._context)

    @cached_property
    def replies(self) -> "Replies":
        from .replies import Replies

        return Replies(self._context)

    @cached_property
    def side_threads(self) -> "SideThreads":
        from .side_threads import SideThreads

        return SideThreads(self._context)

    @cached_property
    def hand_overs(self) -> "HandOvers":
        from .hand_overs import HandOvers

        return HandOvers(self._context)

    @cached_property
    def signatures(self) -> "Signatures":
        from .signatures import Signatures

        return Signatures(self._context)

    @cached_property
    def calendar(self) -> "Calendar":
        from .calendar import Calendar

        return Calendar(self._context)

    @cached_property
    def snoozes(self) -> "Snoozes":
        from .snoozes import Snoozes

        return Snoozes(self._context)

    @cached_property
    def links(self) -> "Links":
        from .links import Links

        return Links(self._context)

    @cached_property
    def search(self) -> "Search":
        from .search import Search

        return Search(self._context)

    @cached_property
    def views(self) -> "Views":
        from .views import Views

        return Views(self._context)

    @cached_property
    def changes(self) -> "ChangeLog":
        from .changes import ChangeLog

        return ChangeLog(self._context)

    @cached_property
    def customers(self) -> "Customers":
        from .customers import Customers

        return Customers(self._context)

    @cached_property
    def duplicates(self) -> "Duplicates":
        from .duplicates import Duplicates

        return Duplicates(self._context)

    @cached_property
    def people_files(self) -> "PeopleFiles":
        from .people_files import PeopleFiles

        return PeopleFiles(self._context)

    @cached_property
    def erasing(self) -> "Erasing":
        from .erasing import Erasing

        return Erasing(self._context)

    @cached_property
    def companies(self) -> "Companies":
        from .companies import Companies

        return Companies(self._context)

    @cached_property
    def fields(self) -> "Fields":
        from .fields import Fields

        return Fields(self._context)

    @cached_property
    def auto_replies(self) -> "AutoReplies":
        from .auto_replies import AutoReplies

        return AutoReplies(self._context)

    @cached_property
    def canned(self) -> "Canned":
        from .canned import Canned

        return Canned(self._context)

    @cached_property
    def bulk_replies(self) -> "BulkReplies":
        from .bulk_replies import BulkReplies

        return BulkReplies(self._context, self.canned)

    @cached_property
    def canned_acts(self) -> "CannedActs":
        from .canned_acts import CannedActs

        return CannedActs(self._context)

    @cached_property
    def canned_folder(self) -> "CannedFolder":
        from .canned_folder import CannedFolder

        return CannedFolder(self._context, self.canned, self.mailboxes)

    @cached_property
    def notices(self) -> "Notices":
        from .notices import Notices

        return Notices(self._context)

    @cached_property
    def pictures(self) -> "Pictures":
        from .pictures import Pictures

        return Pictures(self._context)

    @cached_property
    def newcomers(self) -> "Newcomers":
        from .newcomers import Newcomers

        return Newcomers(self._context)

    @cached_property
    def staff(self) -> "Staff":
        from .staff import Staff

        return Staff(self._context)

    @cached_property
    def mailboxes(self) -> "Mailboxes":
        from .mailboxes import Mailboxes

        return Mailboxes(self._context)

    @cached_property
    def undo(self) -> "Undo":
        from .undo import Undo

        return Undo(self._context)

    @cached_property
    def upkeep(self) -> "Upkeep":
        from .upkeep import Upkeep

        return Upkeep(self._context)

    @property
    def database(self) -> Database:
        """For the faces that join rooms: the mail room works on the same database."""
        return self._context.database

    @property
    def line(self) -> Line:
        """Whether the desk can be reached; a change of that is told where the desk was opened."""
        return self._context.database.line.now

    def name(self) -> str:
        """What the team calls its desk; "" when nobody named it."""
        with self._context.database.reading() as connection:
            return desk_name(connection)

    def now(self) -> datetime:
        """The time that all who share the desk agree on; waits for nothing."""
        return self._context.now()

    def identity(self) -> str:
        """What tells this desk from all others, wherever it is moved."""
        with self._context.database.reading() as connection:
            return desk_identity(connection)

    def close(self) -> None:
        """Gives the database back."""
        self._context.database.close()
