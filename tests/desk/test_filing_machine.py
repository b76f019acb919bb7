"""The machine of ``filing_machine`` on a short walk; ``dev.py exam filing`` takes long ones."""

from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.servers.blank_desk import put_blank_desk

from .filing_machine import FilingMachine


def test_whatever_comes_in_whatever_order_lies_where_it_belongs(tmp_path: Path) -> None:
    count = iter(range(1000))

    class OnSqlite(FilingMachine):
        def __init__(self) -> None:
            self.url = put_blank_desk(tmp_path / f"{next(count)}.db")
            super().__init__()

    quick = settings(
        max_examples=6,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],  # what fails is told by its steps; shrinking takes minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(OnSqlite, settings=quick)  # type: ignore[no-untyped-call]
