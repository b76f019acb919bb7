"""Many customers in and out: files of other systems, and our own."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from deskapp.data.queries import people_export, people_profiles
from deskapp.data.queries.last_edits import last_edit_of
from deskapp.data.queries.parts import parts
from deskapp.data.queries.people_import import NotTaken, Taking, Wanted
from deskapp.data.queries.people_known import Known
from deskapp.data.queries.people_store import Storing
from deskapp.data.queries.writes import unique
from deskapp.data.snapshot import snapshot
from deskapp.domain.file_problems import writing_problem
from deskapp.domain.last_edits import About, LastEdit
from deskapp.domain.people_files import (
    FailedRow,
    PeopleImport,
    PeopleMapping,
    PersonData,
    PersonFault,
    PersonField,
    mapping_name,
    mapping_told,
)
from deskapp.domain.plain import one_line
from deskapp.domain.problem import Problem, ProblemKind

from .context import Context
from .last_edits import edited
from .people_lines import card_lines, csv_lines
from .roles import refuse_junior

_AT_ONCE = 500
_ATTEMPTS = 3


class PeopleFiles:
    """``take`` with ``dry`` counts exactly what it would do, and stores nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def take(
        self,
        people: Sequence[PersonData],
        source: str,
        *,
        dry: bool = False,
        overwrite: bool = False,
        progress: Callable[[int], bool] | None = None,
    ) -> PeopleImport:
        """Takes in people; who is known by mail, phone, or their number is brought up to date.

        What an agent typed stays unless ``overwrite``. A row that cannot be taken is left out
        whole, and named. Each 500 rows are stored for themselves; a dry run only reads.
        Raises Problem NOT_ALLOWED, what="junior_imports".
        ``progress`` hears how many are done and says whether to go on.
        """
        total, known = PeopleImport(), Known()
        for done, some in enumerate(parts(people, _AT_ONCE)):
            if dry:
                with self._context.database.reading() as connection:
                    known.read(connection, some, lock=False)
                    part, _ = _decided(known, some, overwrite)
            else:
                part = self._stored(some, one_line(source, 200), overwrite)
            total = _added(total, part)
            if progress is not None and not progress(done * _AT_ONCE + len(some)):
                break
        return total

    def profiles(self) -> dict[str, PeopleMapping]:
        """The mappings that were saved, by name."""
        with self._context.database.reading() as connection:
            stored = people_profiles.profiles(connection)
        return {name: _mapping(told) for name, told in stored.items()}

    def save_profile(
        self, name: str, mapping: PeopleMapping, seen: PeopleMapping | None = None
    ) -> None:
        """Keeps a mapping under a name; one of that name is replaced.

        ``seen``: what stood there, empty for nothing. Raises Problem EMPTY, or CHANGED_MEANWHILE
        (what="mapping") with the ``value`` of now where another stands there by now.
        """
        plain = mapping_name(name)
        if not plain:
            raise Problem(ProblemKind.EMPTY, what="profile")
        told = json.dumps({field.value: heading for field, heading in mapping.items()})
        with self._context.database.writing() as unit:
            refuse_junior(unit.connection, self._context.agent, "junior_imports")
            stored = people_profiles.profiles(unit.connection).get(plain)
            now = _mapping(stored) if stored else {}
            as_seen = seen is None or now in (seen, mapping)
            instead = None if seen is None else [told, *([stored] if stored else [])]
            kept = as_seen and people_profiles.put_profile(
                unit, plain, told, self._context.now(), instead
            )
            if not kept:
                now = _mapping(people_profiles.profiles(unit.connection).get(plain, "{}"))
                raise Problem(
                    ProblemKind.CHANGED_MEANWHILE, what="mapping", value=mapping_told(now)
                )
            edited(self._context, unit, About.MAPPING, kept)

    def last_saved(self, name: str) -> LastEdit | None:
        """Who kept the mapping of that name last, where it is known."""
        with self._context.database.reading() as connection:
            kept = people_profiles.profile_id(connection, mapping_name(name))
            return None if kept is None else last_edit_of(connection, About.MAPPING, kept)

    def write_csv(self, path: Path) -> int:
        """All customers as CSV that a spreadsheet opens and ``take`` reads back; how many."""
        return self._write(path, csv_lines)

    def write_cards(self, path: Path) -> int:
        """All customers as vCards 4.0; how many."""
        return self._write(path, card_lines)

    def _write(self, path: Path, lines: people_export.Lines) -> int:
        """Raises Problem FILE_EXISTS, DISK_FULL or READ_ONLY; then no file is left."""
        if path.exists():
            raise Problem(ProblemKind.FILE_EXISTS, path=str(path))
        unfinished = path.with_name(path.name + ".part")
        count, now = 0, self._context.now()
        try:
            unfinished.touch(mode=0o600)
            with (
                snapshot(self._context.database) as connection,
                unfinished.open("w", encoding="utf-8", errors="replace", newline="") as file,
            ):
                for text, people in lines(people_export.people(connection, now)):
                    file.write(text)
                    count += people
            unfinished.replace(path)
        except OSError as error:
            raise writing_problem(path, error) from error
        finally:
            unfinished.unlink(missing_ok=True)
        return count

    def _stored(self, some: Sequence[PersonData], source: str, overwrite: bool) -> PeopleImport:
        """Done again where somebody else has just added one of these people."""
        for left in reversed(range(_ATTEMPTS)):
            try:
                with self._context.database.writing() as unit, unique("contact", ""):
                    refuse_junior(unit.connection, self._context.agent, "junior_imports")
                    known = Known()
                    known.read(unit.connection, some, lock=True)
                    part, wanted = _decided(known, some, overwrite)
                    Storing(unit, self._context.now(), self._context.agent, source).store(wanted)
                return part
            except Problem as problem:
                if problem.kind is not ProblemKind.DUPLICATE or not left:
                    raise
        raise AssertionError("the last attempt returns or raises")


def _mapping(stored: str) -> dict[PersonField, str]:
    known = set(PersonField)
    return {PersonField(k): v for k, v in json.loads(stored).items() if k in known}


def _decided(
    known: Known, people: Sequence[PersonData], overwrite: bool
) -> tuple[PeopleImport, list[Wanted]]:
    taking = Taking(known, overwrite=overwrite)
    wanted: list[Wanted] = []
    faults: list[FailedRow] = []
    for person in people:
        try:
            wanted.append(taking.take(person))
        except NotTaken as refused:
            faults.append(FailedRow(person.row, refused.why, refused.column, refused.value))
        except Problem as problem:
            said = str(problem.details.get("value") or problem.kind.value)
            faults.append(FailedRow(person.row, PersonFault.OTHER, "", said[:200]))
    new = sum(one.new for one in wanted)
    updated = sum(one.changed and not one.new for one in wanted)
    unchanged = len(wanted) - new - updated
    return PeopleImport(new, updated, unchanged, taking.kept, tuple(faults)), wanted


def _added(one: PeopleImport, other: PeopleImport) -> PeopleImport:
    return replace(
        one,
        new=one.new + other.new,
        updated=one.updated + other.updated,
        unchanged=one.unchanged + other.unchanged,
        kept=one.kept + other.kept,
        faults=one.faults + other.faults,
    )
