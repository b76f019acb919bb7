"""Five thousand fuzzed canned texts (E33): only listed names resolve, none takes long or raises.

Time is the thread's own: another program on the machine is nobody's fault here.
"""

import random
import time
from collections.abc import Callable

from deskapp.domain.canned import questions_of, render, variables_of
from deskapp.domain.placeholders import find_unresolved
from deskapp.domain.problem import Problem, ProblemKind
from tests.domain.canned_fuzz import listed, paths, texts, variables
from tests.domain.test_canned_fuzz import INCLUDED

COUNT, LONGEST_MS = 5_000, 10.0
SEED = 20261122

Tell = Callable[[str], None]


def test_five_thousand_texts_are_filled_in_or_refused_in_time(tell: Tell) -> None:
    values, taken, refused = variables(), [], 0
    render("{{ customer.name }}", values)  # the first one loads the template language
    for text in texts(random.Random(SEED), COUNT):
        began = time.thread_time()
        try:
            filled = render(text, values, INCLUDED)
            variables_of(text), questions_of(text)
        except Problem as problem:
            assert problem.kind is ProblemKind.TEMPLATE_ERROR
            assert problem.details["fault"]
            refused += 1
        else:
            assert filled.unresolved == find_unresolved(filled.text)
        taken.append((time.thread_time() - began) * 1000)
    taken.sort()
    tell(
        f"{COUNT} texts, seed {SEED}: {refused} refused with a reason; p50 "
        f"{taken[COUNT // 2]:.2f} ms, p99 {taken[COUNT * 99 // 100]:.2f} ms, "
        f"longest {taken[-1]:.2f} ms"
    )
    assert taken[-1] <= LONGEST_MS


def test_five_thousand_names_come_to_nothing_but_the_listed_ones(tell: Tell) -> None:
    known, values, resolved, refused = listed(), variables(), 0, 0
    for path in paths(random.Random(SEED), COUNT):
        plain = path.replace("['", ".").replace("']", "")
        try:
            filled = render(f"<<{{{{ {path} }}}}>>", values)
        except Problem as problem:
            assert problem.kind is ProblemKind.TEMPLATE_ERROR
            refused += 1
            continue
        if plain in known:
            assert filled.text == f"<<{known[plain]}>>"
            resolved += 1
        else:
            assert filled.unresolved, path
    tell(f"{COUNT} names, seed {SEED}: {resolved} listed ones resolved, {refused} refused, 0 more")
    assert resolved
