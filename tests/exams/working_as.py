"""Stories of tests/desk told by people who sign in on a team desk, instead of by its owner.

A pytest plugin: ``-p tests.exams.working_as --working-as agent``. Whoever works in a story on
PostgreSQL then does so through a login of their own, of this role; what only furnishes the desk
before the story begins is still the owner's.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import URL, insert, make_url, text

from deskapp.data.database import Database, Unit
from deskapp.data.tables.people import agent
from deskapp.data.team_desk import set_up
from deskapp.desk.context import Context, utc_now
from deskapp.desk.signed_in import SignedIn
from deskapp.domain.ids import AgentId

if (
    TYPE_CHECKING
):  # a plugin that imports pytest's other plugins would keep them from being rewritten
    from tests.desk.ground import Ground

VERIFIER = "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$" + "A" * 43 + "=:" + "B" * 43 + "="


FURNISHING = (
    "deskapp.desk.orders.file_source",
    "deskapp.data.queries.order_sources_write.insert_source",
    "deskapp.desk.agents.insert_agent",
)
"""What only an admin adds, and stories of other people's work need: shops and colleagues."""

SHAPING = {
    "deskapp.desk.teams": ("Teams", ("add", "join", "leave", "rename", "put_away")),
    "deskapp.desk.labels": ("Labels", ("add", "rename", "put_away")),
}
"""Acts of a lead in the middle of stories that are about the work with teams and labels."""

OWNERS: dict[str, Database] = {}
"""The owner's side of each desk, by its database."""


def _by_owner(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this function writes is the owner's write, before the rest of the story's."""
    module, _, name = place.rpartition(".")
    plain = getattr(import_module(module), name)

    def furnished(unit: Unit, *values: object) -> object:
        owners = OWNERS.get(unit.connection.engine.url.database or "")
        if owners is None:
            return plain(unit, *values)
        with owners.writing() as other:
            return plain(other, *values)

    monkeypatch.setattr(place, furnished)


def _acts_by_owner(module: str, name: str, acts: Sequence[str], patch: pytest.MonkeyPatch) -> None:
    """Whoever calls these, the owner does them."""
    kind = getattr(import_module(module), name)

    def by_owner(plain: Callable[..., object]) -> Callable[..., object]:
        def act(self: Any, *values: object, **named: object) -> object:
            context: Context = self._context
            owners = OWNERS.get(context.database.writer.url.database or "")
            other = self if owners is None else kind(replace(context, database=owners))
            return plain(other, *values, **named)

        return act

    for one in acts:
        patch.setattr(kind, one, by_owner(getattr(kind, one)))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--working-as", default="", help="the role that stories of the desk work as")


@pytest.fixture(autouse=True)
def _working_as(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    role: str = request.config.getoption("--working-as")
    databases: list[Database] = []
    if role:
        _ground(role, databases, monkeypatch)
        _house(role, databases, monkeypatch)
        if role != "admin":
            for place in FURNISHING:
                _by_owner(place, monkeypatch)
        if role == "agent":
            for module, (name, acts) in SHAPING.items():
                _acts_by_owner(module, name, acts, monkeypatch)
    yield
    OWNERS.clear()
    for one in databases:
        one.close()


def _signed_in(owners: Database, who: AgentId, role: str) -> Database:
    """The desk through a login of this agent's."""
    url: URL = make_url(str(owners.url)) if isinstance(owners.url, str) else owners.url
    login = f"{url.database}_{who}"
    OWNERS[url.database or ""] = owners
    with owners.writer.begin() as connection:
        connection.execute(
            text("UPDATE agent SET role = :role WHERE id = :who"), {"role": role, "who": who}
        )
        connection.execute(
            text("SELECT desk_staff_add(:who, :login, :made, NULL)"),
            {"who": who, "login": login, "made": VERIFIER},
        )
    return Database(url.set(username=login).render_as_string(hide_password=False))


def _ground(role: str, databases: list[Database], monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.desk import ground

    plain, plain_olga = ground.Ground.__init__, ground.Ground.as_olga

    def furnished(self: ground.Ground, url: str) -> None:
        plain(self, url)
        if not url.startswith("postgresql"):
            return
        owners = self.database
        databases.append(owners)
        set_up(owners)
        self.database = _signed_in(owners, self.anna, role)
        olgas = _signed_in(owners, self.olga, role)
        databases.append(olgas)
        self.__dict__["olgas"] = olgas
        _over(self, replace(self.context, database=self.database))

    def as_olga(self: ground.Ground) -> ground.Ground:
        made = plain_olga(self)
        if "olgas" in self.__dict__:
            made.database = self.__dict__["olgas"]
            _over(made, replace(made.context, database=made.database))
        return made

    monkeypatch.setattr(ground.Ground, "__init__", furnished)
    monkeypatch.setattr(ground.Ground, "as_olga", as_olga)


def _over(one: "Ground", context: Context) -> None:
    SignedIn(context).recognise()
    for name, part in list(vars(one).items()):
        if hasattr(part, "_context"):
            setattr(one, name, type(part)(context))
    one.context = context


def _house(role: str, databases: list[Database], monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.data.mail_rows import new_desk as plain
    from tests.desk import house

    @contextmanager
    def new_desk(url: str) -> Iterator[Database]:
        with plain(url) as owners:
            if not url.startswith("postgresql"):
                yield owners
                return
            set_up(owners)
            with owners.writer.begin() as connection:
                row = {"name": "Signed in", "created_at": utc_now()}
                made = insert(agent).values(row).returning(agent.c.id)
                who = AgentId(connection.execute(made).scalar_one())
            worker = _signed_in(owners, who, role)
            databases.append(worker)
            yield worker

    plain_context = house.context_of

    def context_of(database: Database) -> Context:
        context = plain_context(database)
        SignedIn(context).recognise()
        return context

    monkeypatch.setattr(house, "new_desk", new_desk)
    monkeypatch.setattr(house, "context_of", context_of)
