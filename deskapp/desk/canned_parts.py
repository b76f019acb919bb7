"""Canned replies inside canned replies: which texts a text is made of, and whether that can be."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from deskapp.data.database import Connection, Unit
from deskapp.data.queries.canned import Texts, canned_whole
from deskapp.data.queries.canned_scope import (
    Coming,
    canned_named,
    follow_rename,
    includers,
    stored_key,
    texts_named,
)
from deskapp.domain.canned_pictures import brought, pictures_named, with_gaps
from deskapp.domain.ids import AgentId, CannedId
from deskapp.domain.language_choice import (
    LONGEST_LANGUAGE,
    choose_language,
    is_language,
    same_language,
)
from deskapp.domain.naming import name_key
from deskapp.domain.placeholders import Unresolved, find_unresolved
from deskapp.domain.plain import one_line, plain_text
from deskapp.domain.problem import Problem, ProblemKind
from deskapp.domain.replies import CannedReply, OutgoingFile

if TYPE_CHECKING:
    from deskapp.domain.canned_faults import Fault

_TAG = "include"  # a text without this word includes nothing, and need not be parsed to know it
_LEVELS = 20


@dataclass(frozen=True, slots=True)
class Included:
    """What a text includes. ``texts`` are by ``name_key``; ``borrowed`` are those that have none in
    its language, as (name, language that stands in).
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    borrowed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedReply:
    """A canned reply filled in. Each of ``unresolved`` has no value and blocks sending.

    ``wanted`` is the language the customer reads, "" when nobody knows it. ``borrowed``: included
    replies without a text in ``language``, as (name, language that stands in). ``files`` come
    along; those whose names stand in the text as pictures are shown there.
    """

    canned_id: CannedId | None
    language: str
    text: str
    unresolved: tuple[Unresolved, ...]
    wanted: str = ""
    borrowed: tuple[tuple[str, str], ...] = ()
    files: tuple[OutgoingFile, ...] = ()


def with_files(filled: RenderedReply, files: tuple[OutgoingFile, ...]) -> RenderedReply:
    """The reply with what comes along; a picture whose file is missing blocks sending."""
    text = with_gaps(filled.text, {file.filename: file for file in files})
    return replace(filled, text=text, unresolved=find_unresolved(text), files=files)


def included_texts(
    connection: Connection, text: str, language: str, by: AgentId | None
) -> Included:
    """What ``domain.canned.render`` may include for ``text``, in its language, as ``by`` may.

    Raises Problem(TEMPLATE_ERROR) for a text that cannot be read.
    """
    texts: dict[str, str] = {}
    borrowed: dict[str, str] = {}
    names = list(_names(text))
    for _ in range(_LEVELS):
        found = texts_named(connection, [one for one in names if name_key(one) not in texts], by)
        for key, variants in found.items():
            chosen = choose_language([one for one, _ in variants], language)
            texts[key] = dict(variants)[chosen]
            if language and not same_language(chosen, language):
                borrowed[next(one for one in names if name_key(one) == key)] = chosen
        names = [one for key in found for one in _names(texts[key])]
        if not names:
            break
    return Included(texts, tuple(borrowed.items()))


def whole_text(text: str, included: Mapping[str, str]) -> str:
    """A text and all that it includes, one after the other: to ask what names they use."""
    return "\n".join((text, *included.values()))


def checked_texts(reply: CannedReply) -> Texts:
    """Its texts as they are kept. Raises Problem EMPTY, INVALID or TEMPLATE_ERROR."""
    from deskapp.domain.canned import variables_of

    texts = [
        (one_line(language, LONGEST_LANGUAGE), plain_text(body)) for language, body in reply.texts
    ]
    texts = [(language, body) for language, body in texts if body.strip()]
    if not texts:
        raise Problem(ProblemKind.EMPTY, what="canned_text")
    languages = [language.casefold() for language, _ in texts]
    for language in languages:
        if languages.count(language) > 1 or not is_language(language):
            raise Problem(ProblemKind.INVALID, what="language", value=language)
    for language, body in texts:
        try:
            variables_of(body)
        except Problem as problem:
            raise Problem(problem.kind, **problem.details, language=language) from problem
        _check_pictures(reply, language, body)
    return tuple(texts)


def _check_pictures(reply: CannedReply, language: str, body: str) -> None:
    from deskapp.domain.canned_faults import Fault

    there = {file.filename for file in reply.files}
    for name in pictures_named(body):
        if name not in there:
            raise _error(body, name, language, Fault.PICTURE_MISSING)


def files_for(
    connection: Connection, reply: CannedReply, text: str, included: Included, by: AgentId | None
) -> tuple[OutgoingFile, ...]:
    """What comes with one text of a reply, filled in: its files, and the pictures of what it
    includes."""
    shown = pictures_named(text)
    files = brought(reply.files, (body for _, body in reply.texts), shown)
    there = {file.filename for file in files}
    if there >= set(shown):
        return files
    found = (canned_named(connection, key, by) for key in included.texts)
    others = (canned_whole(connection, one).files for one in found if one is not None)
    more = {file.filename: file for every in others for file in every}
    return (*files, *(more[name] for name in shown if name not in there and name in more))


def check_includes(
    connection: Connection,
    reply: CannedReply,
    texts: Texts,
    by: AgentId | None,
    coming: Coming | None = None,
) -> None:
    """Raises Problem(TEMPLATE_ERROR) for a name that is not there, that leads back here, or that is
    somebody's own where the reply is everyone's. ``coming`` count as being there.
    """
    from deskapp.domain.canned_faults import Fault
    from deskapp.domain.canned_include import circle

    key = name_key(reply.name)
    graph = _graph(connection, {key: _all_names(texts)}, reply.owner, coming)
    for language, body in texts:
        for one in _names(body):
            if name_key(one) not in graph:
                own = texts_named(connection, [one], by, coming)
                fault = Fault.INCLUDE_OWN if own else Fault.INCLUDE_MISSING
                raise _error(body, one, language, fault)
    if way := circle(key, graph):
        raise _error("", " → ".join(way), texts[0][0], Fault.INCLUDE_CIRCLE)


def _graph(
    connection: Connection,
    graph: Mapping[str, tuple[str, ...]],
    owner: AgentId | None,
    coming: Coming | None,
) -> Mapping[str, tuple[str, ...]]:
    """What each reply includes that can be come to from those in ``graph``, by ``name_key``."""
    while names := [one for every in graph.values() for one in every if name_key(one) not in graph]:
        found = texts_named(connection, names, owner, coming)
        if not found:
            break
        graph = {**graph} | {other: _all_names(variants) for other, variants in found.items()}
    return {one: tuple(map(name_key, names)) for one, names in graph.items()}


def keep_includes(unit: Unit, was: CannedReply, now: CannedReply) -> None:
    """After a reply was changed: who includes it goes on doing so under its new name.

    Raises Problem(TEMPLATE_ERROR) for one that became somebody's own while others include it.
    """
    from deskapp.domain.canned_faults import Fault

    if was.owner is None and now.owner is not None:
        others = includers(unit.connection, was.name, None, now.owner)
        if others.team:
            raise _error("", ", ".join(others.team), now.texts[0][0], Fault.INCLUDED)
        if others.elsewhere:
            raise _error("", "", now.texts[0][0], Fault.INCLUDED_ELSEWHERE)
    elif stored_key(was.name, was.owner) != stored_key(now.name, was.owner):
        follow_rename(unit, was.name, now.name, was.owner)


def _names(text: str) -> tuple[str, ...]:
    from deskapp.domain.canned import includes_of

    return includes_of(text) if _TAG in text else ()


def _all_names(texts: Texts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for _, body in texts for one in _names(body)))


def _error(body: str, name: str, language: str, fault: "Fault") -> Problem:
    line = 1 + body[: max(body.find(name), 0)].count("\n")
    return Problem(ProblemKind.TEMPLATE_ERROR, line=line, fault=fault, name=name, language=language)
