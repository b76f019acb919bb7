"""A command in a process of its own, forked from one that has loaded the program already.

Starting Python and loading the program is most of a command's time. What a start loads, and that
it works, is proved elsewhere (``test_speed``, ``test_first_day``, the stories).
"""

import multiprocessing
import os
import pkgutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import deskapp
from deskapp.__main__ import main

POSSIBLE = "forkserver" in multiprocessing.get_all_start_methods()

_PATIENCE_SECONDS = 90
_ROOMS = ("cli", "data", "data.queries", "data.tables", "desk", "domain", "engine", "mail", "shops")


def run_forked(
    words: Sequence[str], environment: Mapping[str, str], files: tuple[Path, Path, Path]
) -> int:
    """The exit code of ``deskapp WORDS``; ``files`` are its input, output and errors."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *_modules()])
    process = context.Process(target=_run, args=(words, environment, Path.cwd(), files))
    process.start()
    process.join(_PATIENCE_SECONDS)
    code = process.exitcode
    if code is None:
        process.kill()
        process.join()
    process.close()
    assert code is not None, f"{words} takes longer than {_PATIENCE_SECONDS} s"
    return code


def _modules() -> list[str]:
    folders = {room: Path(deskapp.__path__[0], *room.split(".")) for room in _ROOMS}
    return [
        f"deskapp.{room}.{module.name}"
        for room, folder in folders.items()
        for module in pkgutil.iter_modules([str(folder)])
    ]


def _run(
    words: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    files: tuple[Path, Path, Path],
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, file in enumerate(files):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    sys.argv = ["deskapp", *words]
    main()
