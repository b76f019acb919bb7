"""Text made to cost the folder of quotes the square of its length. Steps are counted, not time."""

import sys
from types import FrameType

import pytest

from deskapp.mail.quotes import fold_html, fold_text

FEW, MANY = 80, 320
UNITS = {
    "rules after text": "____\nx\n",
    "dashes": "x\n-- \n",
    "rules": "x\n" + "----\n" * 20,
    "header lines": "From: x\nx:\n",
    "colons": "x:\n",
    "introductions": "On 2026-11-02 10:00 a@example.org wrote:\n",
    "introductions and quotes": "On 2026-11-02 10:00 a@example.org wrote:\n> x\n",
    "nearly introductions": "10:00 2026 <a@b.c>:\n",
    "quotes": "> a\nb\n",
    "empty cells": "|\nx\n",
    "devices": "Sent from my iPhone\n",
    "fences": "```\n",
    "original messages": "-----Original Message-----\n",
    "empty lines in quotes": "> a\n\n\n",
}


def steps(work: object, text: str) -> int:
    """Lines of Python that run."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work(text)  # type: ignore[operator]
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", UNITS.values(), ids=[*UNITS])
@pytest.mark.parametrize("start", ["", "hello\n"], ids=["alone", "below text"])
def test_four_times_the_text_takes_about_four_times_the_steps(unit: str, start: str):
    few, many = start + unit * FEW, start + unit * MANY
    assert steps(fold_text, many) < 5 * steps(fold_text, few)


@pytest.mark.parametrize("unit", UNITS.values(), ids=[*UNITS])
def test_so_it_does_in_html(unit: str):
    line = unit.replace("<", "&lt;").replace("\n", "<br>")
    assert steps(fold_html, line * MANY) < 5 * steps(fold_html, line * FEW)
