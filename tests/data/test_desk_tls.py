"""Joining over a line with TLS, and each thing that can be wrong with line or login, in words."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from deskapp.cli.errors import sentence
from deskapp.desk import Desk
from deskapp.domain.desk_address import with_password
from deskapp.domain.ids import AgentId
from deskapp.domain.join_link import JoinLink
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.joining import Joined, join_desk
from deskapp.secrets import SessionSecrets
from deskapp.ui.errors import explain
from deskapp.wiring import open_house
from tests.servers.authority import Authority
from tests.servers.postgres import JOINED, Postgres, serve
from tests.servers.process import give

K = ProblemKind
OWN = "own-password-123"


@dataclass
class Guarded:
    """A server with certificates of a test authority; its desk asks everybody for a password."""

    postgres: Postgres
    desk: Desk
    link: JoinLink
    minh: AgentId

    def superuser(self) -> psycopg.Connection:
        place = f"host=127.0.0.1 port={self.postgres.port} user=deskapp dbname=postgres"
        return psycopg.connect(place, autocommit=True)

    def shows(self, certificate: str) -> None:
        """What new lines are shown from now on; "" switches TLS off."""
        with self.superuser() as psql:
            psql.execute(f"ALTER SYSTEM SET ssl = {'on' if certificate else 'off'}".encode())
            if certificate:
                psql.execute(f"ALTER SYSTEM SET ssl_cert_file = '{certificate}.crt'".encode())
                psql.execute(f"ALTER SYSTEM SET ssl_key_file = '{certificate}.key'".encode())
            asked = "SELECT pg_conf_load_time()"
            before = psql.execute(asked).fetchone()
            psql.execute("SELECT pg_reload_conf()")
            while psql.execute(asked).fetchone() == before:
                pass  # some milliseconds

    def run(self, words: str) -> None:
        with self.superuser() as psql:
            psql.execute(sql.SQL(words).format(login=sql.Identifier("minh")))  # type: ignore[arg-type]

    def first(self) -> str:
        """Another first password for Minh."""
        return self.desk.staff.password(self.minh)

    def joins(self, password: str, tls: str = "bound") -> Joined:
        link = replace(self.link, tls=tls).text()
        return join_desk(link, password, lambda: OWN, SessionSecrets())


@pytest.fixture(scope="module")
def guarded(authority: Authority) -> Iterator[Guarded]:
    with serve() as server:
        owner = sql.SQL("CREATE ROLE boss LOGIN CREATEROLE PASSWORD 'secret'")
        server.execute(owner)
        server.create(JOINED)
        server.execute(sql.SQL("ALTER DATABASE {} OWNER TO boss").format(sql.Identifier(JOINED)))
        place = f"postgresql://boss@127.0.0.1:{server.port}/{JOINED}"
        desk = open_house(with_password(place, "secret"), create=True, name="Lotus")
        desk.staff.set_up()
        minh = desk.agents.add("Minh Trần")
        desk.staff.add(minh, "minh")
        link = desk.staff.link(minh, host="localhost", tls="bound")
        made = Guarded(server, desk, link, minh)
        with made.superuser() as psql:
            [data] = psql.execute("SHOW data_directory").fetchone() or ("",)
        for name, host in (("right", "localhost"), ("wrong", "db.example")):
            files = [Path(data) / f"{name}.{end}" for end in ("crt", "key")]
            authority.write_certificate(files[0], files[1], host)
            for one in files:
                give(one)
                one.chmod(0o600)
        yield made
        desk.close()


@pytest.fixture(autouse=True)
def trusting(authority: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This computer trusts the authority, and has no certificates of PostgreSQL's own."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.pem))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PGSSLROOTCERT", raising=False)


def refused(guarded: Guarded, password: str, tls: str = "bound") -> tuple[Problem, str, str]:
    """The Problem, and its sentences in a command and in a window."""
    with pytest.raises(Problem) as caught:
        guarded.joins(password, tls)
    problem = caught.value
    return problem, sentence(problem), explain(problem).in_one()


@pytest.mark.parametrize("tls", ["verify-full", "bound"])
def test_joining_over_tls_works_and_the_first_password_is_over(guarded: Guarded, tls: str) -> None:
    guarded.shows("right")
    first = guarded.first()
    joined = guarded.joins(first, tls)
    assert (joined.name, joined.role, joined.desk_name) == ("Minh Trần", "agent", "Lotus")
    with closing(open_house(with_password(joined.place, OWN))) as desk:
        assert desk.signed_in.login == "minh" and not desk.staff.is_first_password()
    problem, told, shown = refused(guarded, first, tls)
    assert (problem.kind, problem.details["what"]) == (K.SIGN_IN_REFUSED, "join")
    assert "good for a week" in told and "good for a week" in shown


def test_an_authority_of_postgresqls_own_folder_is_used(
    guarded: Guarded, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded.shows("right")
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    own = tmp_path / ".postgresql" / "root.crt"
    own.parent.mkdir()
    own.write_bytes(authority.pem.read_bytes())
    monkeypatch.setenv("PGSSLROOTCERT", str(own))  # the driver asks the system for the home
    assert guarded.joins(guarded.first(), "verify-full").name == "Minh Trần"


def test_a_certificate_of_another_name_or_authority_is_refused_before_the_password(
    guarded: Guarded, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    guarded.shows("wrong")
    problem, told, shown = refused(guarded, "x", "verify-full")
    assert (problem.kind, problem.details["what"]) == (K.TLS_UNTRUSTED, "desk_name")
    assert "db.example" in told and "No password was sent" in told and "db.example" in shown
    guarded.shows("right")
    stranger = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(stranger.pem))
    problem, told, shown = refused(guarded, "x", "verify-full")
    assert (problem.kind, problem.details["what"]) == (K.TLS_UNTRUSTED, "desk")
    assert "root.crt" in told and "does not trust" in shown
    monkeypatch.setenv("PGSSLROOTCERT", str(tmp_path / "nowhere.crt"))
    problem, told, shown = refused(guarded, "x", "verify-full")
    assert problem.details["what"] == "desk_root" and "nowhere.crt" in told + shown


@pytest.mark.parametrize("tls", ["verify-full", "bound"])
def test_a_server_without_tls_is_not_spoken_to(guarded: Guarded, tls: str) -> None:
    guarded.shows("")
    problem, told, shown = refused(guarded, guarded.first(), tls)
    assert (problem.kind, problem.details["what"]) == (K.TLS_UNAVAILABLE, "desk")
    assert "offers no TLS" in told and "offers no TLS" in shown


def test_a_server_that_asks_for_no_password_is_not_bound_to_the_line(guarded: Guarded) -> None:
    guarded.shows("right")
    link = replace(guarded.link, database="postgres", login="deskapp").text()
    with pytest.raises(Problem) as caught:
        join_desk(link, "x", lambda: "", SessionSecrets())
    assert (caught.value.kind, caught.value.details["what"]) == (K.TLS_UNAVAILABLE, "desk_bound")
    assert "scram-sha-256" in sentence(caught.value)


@pytest.mark.parametrize(
    ("words", "back"),
    [
        ("ALTER ROLE {login} VALID UNTIL '2026-01-01'", ""),
        ("ALTER ROLE {login} NOLOGIN PASSWORD NULL", "ALTER ROLE {login} LOGIN"),
    ],
)
def test_a_password_that_ran_out_and_a_login_that_ended_are_told_with_the_way_out(
    guarded: Guarded, words: str, back: str
) -> None:
    guarded.shows("right")
    first = guarded.first()
    guarded.run(words)
    problem, told, shown = refused(guarded, first)
    assert (problem.kind, problem.details["what"]) == (K.SIGN_IN_REFUSED, "join")
    assert "ask an admin for another" in told and "ask who sent it for a new one" in shown
    with pytest.raises(Problem) as caught:  # who had joined, and starts the program
        open_house(with_password(guarded.link.address(), OWN))
    assert "your access has ended" in sentence(caught.value)
    assert "your access has ended" in explain(caught.value).in_one()
    if back:
        guarded.run(back)
    assert guarded.joins(guarded.first()).name == "Minh Trần"


def test_a_login_without_the_right_to_connect_is_told_so(guarded: Guarded) -> None:
    guarded.shows("right")
    first = guarded.first()
    guarded.run(f"REVOKE deskapp_{JOINED}_agent FROM {{login}}")
    problem, told, shown = refused(guarded, first)
    assert (problem.kind, problem.details["what"]) == (K.NOT_ALLOWED, "connect")
    assert "access to the desk has ended" in told and "has ended" in shown
    guarded.run(f"GRANT deskapp_{JOINED}_agent TO {{login}}")
    assert guarded.joins(first).name == "Minh Trần"


def test_who_left_and_starts_the_program_is_told(guarded: Guarded) -> None:
    guarded.shows("right")
    guarded.joins(guarded.first())
    guarded.desk.staff.leave(guarded.minh)
    try:
        problem, _told, _shown = refused(guarded, OWN)
        assert problem.kind is K.SIGN_IN_REFUSED
    finally:
        guarded.desk.agents.edit(guarded.minh, active=True)
    assert guarded.joins(guarded.first()).name == "Minh Trần"
