"""Canned replies: Liquid with our names and filters; what cannot be filled in blocks sending.

A placeholder without a value stays in the text as ``⟦customer.first_name⟧``, where the agent sees
it and can write over it. An author may write such a mark too, to be asked: ``⟦which colour?⟧``.
Values go in as plain text and are never read as a template, now or later: marks and braces in
them are taken apart.

``{{ ask.colour }}`` asks the agent at insertion; what is not answered stays a mark.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from liquid import BoundTemplate, Environment, Token
from liquid.builtin import content, illegal, output
from liquid.builtin.tags import (
    assign_tag,
    case_tag,
    comment_tag,
    for_tag,
    if_tag,
    inline_comment_tag,
    unless_tag,
)
from liquid.context import RenderContext
from liquid.exceptions import LiquidError
from liquid.undefined import UNDEFINED, Undefined

from .canned_faults import Fault, fault_of
from .canned_filters import FILTERS
from .canned_include import TEXTS, IncludeTag, included_in
from .canned_pictures import no_pictures
from .placeholders import Unresolved, find_unresolved, mark
from .problem import Problem, ProblemKind

LONGEST_TEXT = 100_000
"""Of a canned reply and of what it becomes, in bytes of UTF-8."""

_MOST_OPEN = 20

ASK = "ask"
"""The group of what only the agent can answer."""

_TAGS = (
    content.Literal,
    output.Output,
    illegal.Illegal,
    if_tag.IfTag,
    unless_tag.UnlessTag,
    case_tag.CaseTag,
    for_tag.ForTag,
    for_tag.BreakTag,
    for_tag.ContinueTag,
    assign_tag.AssignTag,
    comment_tag.CommentTag,
    inline_comment_tag.InlineCommentTag,
)
"""No render (files), no capture (a mark could be cut up by a filter)."""

_path = re.compile(r"[\w-]+(?:\.[\w-]+|\[[^\]]*\])*")
_apart = str.maketrans({"⟦": "[", "⟧": "]"})
_braces = re.compile(r"(?<=\{)(?=[{%])|(?<=[}%])(?=\})")
_controls = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Rendered:
    text: str
    unresolved: tuple[Unresolved, ...]


def render(
    text: str, variables: Mapping[str, object], texts: Mapping[str, str] | None = None
) -> Rendered:
    """Fills in a canned reply. ``variables``: see ``canned_variables``; empty counts as missing.

    ``texts`` are what may be included, by ``name_key``; one that is missing leaves a mark.

    Raises Problem(TEMPLATE_ERROR, line, fault, name) for text that is not Liquid as we know it, or
    that grows past ``LONGEST_TEXT``, 500 rounds of loops or 20 levels.
    """
    template = _parsed(text)
    values = {**_NO_CLOCK, **_values(variables), TEXTS: texts or {}}
    try:
        filled = template.render(values)
    except (LiquidError, RecursionError, ArithmeticError, ValueError, TypeError) as fault:
        raise _template_error(fault, text) from fault
    return Rendered(filled, find_unresolved(filled))


def variables_of(text: str) -> tuple[str, ...]:
    """The names a canned reply takes from outside, in order of appearance, each once.

    Raises Problem(TEMPLATE_ERROR, line, fault, name).
    """
    analysis = _parsed(text).analyze(include_partials=False)
    used = [variable for uses in analysis.globals.values() for variable in uses]
    used.sort(key=lambda variable: variable.span.index)
    return tuple(dict.fromkeys(map(str, used)))


def includes_of(text: str) -> tuple[str, ...]:
    """The names of the canned replies that a text includes, each once. Raises TEMPLATE_ERROR."""
    template = _parsed(text)
    return tuple(dict.fromkeys(included_in(template.nodes, RenderContext(template))))


def questions_of(text: str) -> tuple[str, ...]:
    """What the agent is asked before a text is put in: ``ask.delivery_day`` as delivery_day."""
    names = (name.partition(".") for name in variables_of(text))
    return tuple(dict.fromkeys(rest for group, _, rest in names if group == ASK and rest))


class _Missing(Undefined):
    """A name without a value: false in conditions, a mark in the text."""

    def __init__(
        self,
        name: str,
        *,
        token: Token | None = None,
        obj: object = UNDEFINED,
        hint: str | None = None,
    ) -> None:
        written = token and _path.match(token.source, token.start_index)
        super().__init__(written[0] if written else name, token=token, obj=obj, hint=hint)

    def __str__(self) -> str:
        return mark(self.name)


class _Group(dict[str, object]):
    """Values under one name. The name alone is not a value and leaves a mark."""

    def __init__(self, name: str, values: Mapping[str, object]) -> None:
        super().__init__(values)
        self.name = name

    def __str__(self) -> str:
        return mark(self.name)


class _Context(RenderContext):
    """Names lead to what stands under them. Liquid's ``first``, ``last`` and ``size`` would lead
    from any group or text to values that nobody listed."""

    def get_item(self, obj: object, key: object) -> object:
        if isinstance(obj, Mapping) and isinstance(key, str):
            return obj[key]
        if isinstance(obj, list) and isinstance(key, int):
            return obj[key]
        raise KeyError(key)


class _Template(BoundTemplate):
    context_class = _Context


class _CannedEnvironment(Environment):
    template_class = _Template
    block_nesting_limit = 20
    context_depth_limit = 20
    loop_iteration_limit = 500
    local_namespace_limit = 4 * LONGEST_TEXT
    output_stream_limit = LONGEST_TEXT

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        for tag in _TAGS:
            self.add_tag(tag)
        self.add_tag(IncludeTag)
        for name, work in FILTERS.items():
            self.add_filter(name, work)


_environment = _CannedEnvironment(undefined=_Missing)
_NO_CLOCK = {name: _Missing(name) for name in ("now", "today")}
"""Liquid's own, which would read the clock where nobody gave a day."""


@lru_cache(maxsize=256)
def _parsed(text: str) -> BoundTemplate:
    if len(text.encode("utf-8", "replace")) > LONGEST_TEXT:
        raise Problem(ProblemKind.TEMPLATE_ERROR, line=1, fault=Fault.TOO_LONG, name="")
    if (opener := _left_open(text)) >= 0:
        line = 1 + text.count("\n", 0, opener)
        raise Problem(ProblemKind.TEMPLATE_ERROR, line=line, fault=Fault.NOT_CLOSED, name="")
    try:
        return _environment.from_string(text)
    except (LiquidError, RecursionError, ArithmeticError, ValueError, TypeError) as fault:
        raise _template_error(fault, text) from fault


def _left_open(text: str) -> int:
    """Where a text begins placeholders that nothing ends; -1 for none, or few.

    The lexer would look for the end of each of them through all that follows: 4 000 braces took
    two seconds.
    """
    for opener, closer in (("{{", "}}"), ("{%", "%}")):
        after = text.rfind(closer) + 1
        if text.count(opener, after) > _MOST_OPEN:
            return text.index(opener, after)
    return -1


def _template_error(fault: Exception, text: str) -> Problem:
    line = 1
    if isinstance(fault, LiquidError) and fault.token is not None:
        at = fault.token.start_index  # -1: the end of the text
        line += text.count("\n", 0, at if at >= 0 else None)
    kind, name = fault_of(fault)
    return Problem(ProblemKind.TEMPLATE_ERROR, line=line, fault=kind, name=name)


def _values(variables: Mapping[str, object], above: str = "") -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in variables.items():
        plain = _value(value, f"{above}{name}")
        if plain is not None and plain != "":
            values[name] = plain
    return values


def _value(value: object, name: str) -> object:
    if isinstance(value, Mapping):
        return _Group(name, _values(value, f"{name}."))
    if isinstance(value, list | tuple):
        return [_value(item, name) for item in value]
    if value is None or isinstance(value, bool | int | Decimal | date):
        return value
    return _plain(str(value))


def _plain(text: str) -> str:
    text = _controls.sub(" ", text.replace("\r\n", "\n")).translate(_apart)
    return no_pictures(_braces.sub(" ", text))
