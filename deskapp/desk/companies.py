"""Companies: their people, what they wrote together, what to know of them."""

from deskapp.data.queries import companies
from deskapp.data.queries.timeline import timeline
from deskapp.domain.companies import CompanyEdit, CompanyRecord
from deskapp.domain.ids import CompanyId
from deskapp.domain.last_edits import About
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.timeline import TimelineAsk, TimelinePage

from .context import Context
from .last_edits import edited

_MOST_PEOPLE = 200


class Companies:
    """A company is there from its first customer on: by a mail's domain, or because a person
    wrote it into a record. Its domains say who belongs to it without being asked."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def record(self, one: CompanyId) -> CompanyRecord:
        """Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            return companies.company_record(connection, one)

    def named(self, name: str) -> CompanyId:
        """By its name or one of its domains. Raises Problem(NOT_FOUND)."""
        with self._context.database.reading() as connection:
            return companies.company_of_name(connection, one_line(name))

    def timeline(self, one: CompanyId, ask: TimelineAsk | None = None) -> TimelinePage:
        """What happened with all of its people, newest first."""
        with self._context.database.reading() as connection:
            people = companies.people_of(connection, one, _MOST_PEOPLE)
            return timeline(connection, people, ask or TimelineAsk())

    def edit(self, one: CompanyId, edit: CompanyEdit, version: int | None = None) -> None:
        """Raises Problem NOT_FOUND, EMPTY or CHANGED_MEANWHILE."""
        values: dict[str, object] = {}
        if edit.name is not None:
            values["name"] = one_line(edit.name)
            if not values["name"]:
                raise Problem(ProblemKind.EMPTY, what="name")
        if edit.must_know is not None:
            values["must_know"] = plain_text(edit.must_know).strip()
        with self._context.database.writing() as unit:
            companies.update_company(unit, one, values, version)
            edited(self._context, unit, About.COMPANY, one)

    def add_domain(self, one: CompanyId, domain: str) -> None:
        """Who writes from there later belongs to it. Raises Problem INVALID for a public
        provider's, or DUPLICATE with the ``company`` that has it."""
        with self._context.database.writing() as unit:
            companies.add_domain(unit, one, domain)

    def add_note(self, one: CompanyId, text: str) -> None:
        """Raises Problem EMPTY or NOT_FOUND."""
        plain = plain_text(text).strip()
        if not plain:
            raise Problem(ProblemKind.EMPTY, what="note")
        with self._context.database.writing() as unit:
            companies.update_company(unit, one, {}, None)
            at, by = self._context.now(), self._context.agent
            companies.add_company_note(unit, one, plain, at, by)
