"""Members of staff: added, found, changed by two people, and gone without a trace lost."""

import threading

import pytest

from deskapp.desk.agents import Agents
from deskapp.desk.context import Context
from deskapp.domain.ids import AgentId
from deskapp.domain.problem import Problem, ProblemKind


@pytest.fixture
def agents(context: Context) -> Agents:
    return Agents(context)


def test_an_agent_is_found_by_name_in_any_spelling_and_by_mail(agents: Agents) -> None:
    minh = agents.add("Minh Trần", "minh@shop.example")
    anna = agents.add("Anna Keller", "Anna@shop.example")
    assert agents.by_name("minh tran") == minh
    assert agents.by_name(" ANNA@SHOP.EXAMPLE ") == anna
    with pytest.raises(Problem) as unknown:
        agents.by_name("Nobody")
    assert unknown.value.kind is ProblemKind.NOT_FOUND


def test_those_at_work_are_listed_first_by_name(agents: Agents) -> None:
    zoe, ada, old = (agents.add(name) for name in ("Zoe", "ada", "Aaron"))
    agents.edit(old, active=False)
    assert [row.id for row in agents.list()] == [ada, zoe, old]


def test_a_mail_address_belongs_to_one_agent(agents: Agents) -> None:
    agents.add("Anna", "anna@shop.example")
    with pytest.raises(Problem) as refused:
        agents.add("Another Anna", "ANNA@shop.example")
    assert refused.value.kind is ProblemKind.DUPLICATE
    assert [row.name for row in agents.list()] == ["Anna"]


def test_several_agents_may_have_no_mail_address(agents: Agents) -> None:
    assert agents.add("Anna") != agents.add("Ben")


def test_two_agents_cannot_have_one_name(agents: Agents) -> None:
    agents.add("Trần Minh")
    with pytest.raises(Problem) as refused:
        agents.add("tran minh")
    assert refused.value.kind is ProblemKind.DUPLICATE


def test_the_second_of_two_edits_of_one_version_is_refused(agents: Agents) -> None:
    anna = agents.add("Anna")
    seen = agents.get(anna).version
    first = agents.edit(anna, signature="Kind regards\nAnna", version=seen)
    with pytest.raises(Problem) as refused:
        agents.edit(anna, signature="Cheers", version=seen)
    assert refused.value.kind is ProblemKind.CHANGED_MEANWHILE
    assert agents.get(anna) == first
    assert agents.edit(anna, signature="Cheers", version=first.version).signature == "Cheers"


def test_of_two_people_saving_at_once_exactly_one_wins(agents: Agents) -> None:
    anna = agents.add("Anna")
    seen = agents.get(anna).version
    start, outcomes = threading.Barrier(2), list[str]()

    def save(signature: str) -> None:
        start.wait()
        try:
            agents.edit(anna, signature=signature, version=seen)
            outcomes.append(signature)
        except Problem as problem:
            outcomes.append(problem.kind)

    both = [threading.Thread(target=save, args=(text,)) for text in ("one", "two")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert outcomes.count(ProblemKind.CHANGED_MEANWHILE) == 1
    assert agents.get(anna).signature in outcomes


@pytest.mark.parametrize(
    ("name", "email", "role", "kind"),
    [
        ("  ", "", "agent", ProblemKind.EMPTY),
        ("Anna", "anna(at)shop", "agent", ProblemKind.INVALID),
        ("Anna", "", "king", ProblemKind.INVALID),
    ],
)
def test_what_makes_no_agent_is_refused(
    agents: Agents, name: str, email: str, role: str, kind: ProblemKind
) -> None:
    with pytest.raises(Problem) as refused:
        agents.add(name, email, role)
    assert refused.value.kind is kind


def test_editing_somebody_who_is_not_there_says_so(agents: Agents) -> None:
    with pytest.raises(Problem) as refused:
        agents.edit(AgentId(77), name="Anna")
    assert refused.value.kind is ProblemKind.NOT_FOUND
