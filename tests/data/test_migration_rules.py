"""Expand first, contract one release later: what a migration may do, read from its own text.

A program of the release before goes on reading while a desk is expanded, so nothing it knows may
go or change its meaning. What goes, goes in a migration that calls itself a contraction.
"""

import ast
from pathlib import Path

import pytest

from deskapp.data import schema
from tests.data.later import LATER

NARROWING = {
    *("drop_table", "drop_column", "drop_constraint", "drop_index", "rename_table"),
    *("alter_column", "create_unique_constraint", "create_check_constraint", "create_foreign_key"),
}
"""Steps after which an older program misses something, or is refused what it writes."""

LATER_ONES = sorted(
    one
    for folder in (*schema.VERSIONS, LATER)
    for one in folder.glob("v*.py")
    if not one.name.startswith("v0001")
)


def _faults(source: str) -> list[str]:
    tree = ast.parse(source)
    kinds = [
        node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "KIND"
    ]
    if kinds not in (["expand"], ["contract"]):
        return ["a migration says KIND: expand or contract"]
    up = next(
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "upgrade"
    )
    if kinds == ["contract"]:
        return []
    return [fault for node in ast.walk(up) if isinstance(node, ast.Call) for fault in _of(node)]


def _of(call: ast.Call) -> list[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    given = {one.arg: one.value for one in call.keywords}
    if name in NARROWING:
        return [f"{name} in an expansion"]
    if name == "add_column" and _must_be_given(call):
        return ["add_column that an older program does not fill"]
    if name == "create_index" and "unique" in given:
        return ["a unique index in an expansion"]
    return []


def _must_be_given(call: ast.Call) -> bool:
    column = next(one for one in call.args if isinstance(one, ast.Call))
    given = {one.arg: one.value for one in column.keywords}
    null = given.get("nullable")
    filled = "server_default" in given
    return isinstance(null, ast.Constant) and null.value is False and not filled


@pytest.mark.parametrize("place", LATER_ONES, ids=lambda place: place.stem)
def test_an_expansion_takes_nothing_away(place: Path) -> None:
    assert _faults(place.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "step",
    [
        'op.drop_column("ticket", "subject")',
        'op.alter_column("ticket", "subject", nullable=False)',
        'op.add_column("ticket", sa.Column("x", sa.Integer(), nullable=False))',
        'op.create_index("i", "ticket", ["subject"], unique=True)',
    ],
)
def test_a_contraction_in_an_expansion_is_found(step: str) -> None:
    source = 'KIND = "expand"\n\ndef upgrade():\n    '
    assert len(_faults(source + step)) == 1
    assert _faults(source.replace("expand", "contract") + step) == []
    assert _faults("def upgrade():\n    pass") == ["a migration says KIND: expand or contract"]
