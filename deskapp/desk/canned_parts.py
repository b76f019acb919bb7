"""Canned replies inside canned replies: which texts a text is made of, and whether that can be."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskapp.data.database import Connection
from deskapp.data.queries.canned import Texts, texts_by_name
from deskapp.domain.language_choice import choose_language
from deskapp.domain.naming import name_key
from deskapp.domain.problem import Problem, ProblemKind

if TYPE_CHECKING:
    from deskapp.domain.canned_faults import Fault

_TAG = "include"  # a text without this word includes nothing, and need not be parsed to know it


def included_texts(connection: Connection, text: str, language: str) -> Mapping[str, str]:
    """What ``domain.canned.render`` may include for ``text``, in the customer's language."""
    if _TAG not in text:
        return {}
    return {
        key: dict(texts)[choose_language([name for name, _ in texts], language)]
        for key, texts in texts_by_name(connection).items()
    }


def whole_text(text: str, included: Mapping[str, str]) -> str:
    """A text and all that it includes, one after the other: to ask what names they use."""
    from deskapp.domain.canned import includes_of

    seen: dict[str, str] = {}

    def collect(part: str) -> None:
        if _TAG not in part:
            return
        for name in includes_of(part):
            key = name_key(name)
            if key in included and key not in seen:
                seen[key] = included[key]
                collect(included[key])

    collect(text)
    return "\n".join((text, *seen.values()))


def check_includes(connection: Connection, name: str, texts: Texts) -> None:
    """Raises Problem(TEMPLATE_ERROR) for a name that is not there, or that leads back here."""
    from deskapp.domain.canned import includes_of
    from deskapp.domain.canned_faults import Fault
    from deskapp.domain.canned_include import circle

    if not any(_TAG in body for _, body in texts):
        return
    there = {**texts_by_name(connection), name_key(name): texts}
    includes = {
        key: tuple(name_key(one) for _, body in every if _TAG in body for one in includes_of(body))
        for key, every in there.items()
    }
    for language, body in texts:
        for one in includes_of(body):
            if name_key(one) not in there:
                raise _error(body, one, language, Fault.INCLUDE_MISSING)
    way = circle(name_key(name), includes)
    if way:
        raise _error("", " → ".join(way), texts[0][0], Fault.INCLUDE_CIRCLE)


def _error(body: str, name: str, language: str, fault: "Fault") -> Problem:
    line = 1 + body[: max(body.find(name), 0)].count("\n")
    return Problem(ProblemKind.TEMPLATE_ERROR, line=line, fault=fault, name=name, language=language)
