"""The exams are held in the same shop as the stories, and say what they saw."""

from collections.abc import Callable

import pytest
from _pytest.terminal import TerminalReporter

from tests.stories.conftest import shop

__all__ = ["shop"]

_SEEN = "seen"


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """A sentence for the end of the run: seeds, counts, the longest wait."""
    return lambda sentence: record_property(_SEEN, sentence)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Prints what the exams told, also from other processes."""
    told = {
        f"{report.head_line}: {sentence}"
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, sentence in getattr(report, "user_properties", ())
        if name == _SEEN
    }
    for line in sorted(told):
        terminalreporter.write_line(line)
