"""``{% include "Signature" %}``: one canned reply inside another, so that one edit changes all.

The name is a text and never a variable: what a customer wrote must not choose what we send.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TextIO

from liquid.ast import Node
from liquid.context import RenderContext
from liquid.exceptions import LiquidSyntaxError
from liquid.tag import Tag
from liquid.token import TOKEN_STRING, TOKEN_TAG, Token

from .naming import name_key
from .placeholders import mark

if TYPE_CHECKING:
    from liquid.stream import TokenStream

TEXTS = "\0texts"
"""Under this name a render is given the texts that may be included, by ``name_key``."""
_INSIDE = "\0inside"


class IncludeNode(Node):
    """A missing or circular reply leaves a mark, which blocks sending."""

    def __init__(self, token: Token, name: str) -> None:
        super().__init__(token)
        self.name = name
        self.blank = False

    def __str__(self) -> str:
        return f'{{% include "{self.name}" %}}'

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        key = name_key(self.name)
        texts = context.resolve(TEXTS, default=None)
        inside = context.resolve(_INSIDE, default=())
        if not isinstance(texts, Mapping) or key not in texts or key in inside:
            return buffer.write(mark(self.name))
        template = context.env.from_string(str(texts[key]).strip("\n"))
        with context.extend({_INSIDE: (*inside, key)}, template=template):
            template.render_with_context(context, buffer, partial=True)
        return True

    def children(
        self, static_context: RenderContext, *, include_partials: bool = True
    ) -> Iterable[Node]:
        return ()


class IncludeTag(Tag):
    """Takes one text in quotes and nothing else."""

    name = "include"
    block = False
    node_class = IncludeNode

    def parse(self, stream: "TokenStream") -> Node:
        token = stream.eat(TOKEN_TAG)
        words = stream.into_inner(tag=token, eat=False)
        said = words.current
        if said.kind != TOKEN_STRING or not said.value.strip():
            raise LiquidSyntaxError('include needs a name in quotes: "…"', token=token)
        words.next()
        words.expect_eos()
        return self.node_class(token, said.value)


def included_in(nodes: Iterable[Node], context: RenderContext) -> Iterator[str]:
    """The names a parsed text includes, wherever they stand in it."""
    for node in nodes:
        if isinstance(node, IncludeNode):
            yield node.name
        yield from included_in(node.children(context, include_partials=False), context)


def circle(start: str, includes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The way from a reply back to itself, by name; () when there is none.

    ``includes`` tells what each reply includes; both its names and ``start`` are keys.
    """
    way: list[str] = []
    seen: set[str] = set()

    def leads_back(name: str) -> bool:
        if name == start and way:
            return True
        if name in seen:
            return False
        seen.add(name)
        way.append(name)
        if any(leads_back(other) for other in includes.get(name, ())):
            return True
        way.pop()
        return False

    return (*way, start) if leads_back(start) else ()
