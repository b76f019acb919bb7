"""The exam of acts in shops in little (tests/exams holds it in full): one kill at each place."""

from pathlib import Path

from tests.exams.act_kills import few_trials, kill_engines


def test_a_kill_of_the_engine_at_each_place_of_an_act(desk_file: str, tmp_path: Path) -> None:
    kill_engines(desk_file, tmp_path, few_trials(), print)
