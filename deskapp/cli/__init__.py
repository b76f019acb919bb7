"""The house without windows: every command of ``deskapp``, on the same Desk as the windows."""

import json
import logging
import sys
from collections.abc import Sequence

from deskapp import logs, paths
from deskapp.domain.attempt import Attempt
from deskapp.domain.problem import Problem

from .errors import exit_code, sentence
from .program import called, program

__all__ = ["run_command"]

log = logging.getLogger(__name__)


def run_command(words: Sequence[str]) -> int:
    """Runs one command and returns its exit code (DESIGN section 6).

    A Problem is one sentence on stderr, with ``--json`` one JSON line there. Anything else is a
    fault of ours: one line on stderr, and all of it in the log.
    """
    diary = "engine" if called(words) == "engine" else "command"
    logs.start(diary, brief=diary == "command")
    _speak_utf8()
    attempt = Attempt()
    try:
        with attempt.in_force():
            program(words)(words)
    except Problem as met:
        problem = attempt.told(met)
        _tell(problem, as_json="--json" in words)
        return exit_code(problem)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except Exception:  # whatever it is, a person gets one line and the log gets all of it
        log.exception("a command failed")
        _complain(
            "deskapp has a fault and stopped; what was stored before is safe. "
            f"Please report it with the last lines of {paths.home() / 'logs' / diary}.log"
        )
        return 1
    return 0


def _speak_utf8() -> None:
    """Names and texts in any script come out whole, whatever the terminal's locale says.

    Half a surrogate pair, which UTF-8 cannot write, becomes its escape: valid in JSON too.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _tell(problem: Problem, *, as_json: bool) -> None:
    log.info("a command ended with %s", problem.kind)
    if not as_json:
        _complain(sentence(problem))
        return
    told = {**problem.details, "kind": problem.kind, "message": sentence(problem)}
    _complain(json.dumps({"error": told}, ensure_ascii=False))


def _complain(line: str) -> None:
    sys.stderr.write(line + "\n")
