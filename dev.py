"""Sets up deskapp's own environment and runs what is asked for; needs Python and nothing else.

    python3 dev.py demo                    a sample desk in its windows
    python3 dev.py demo --picture FOLDER   the same as PNG files, for machines without a screen
    python3 dev.py test [PYTEST ARGS]      all checks and all tests; with arguments only those tests
    python3 dev.py check                   ruff, mypy and import-linter
    python3 dev.py run [ARGS]              deskapp itself
    python3 dev.py stories FOLDER          three stories of a reply, told with pictures
    python3 dev.py pictures FOLDER [WORD]  the Inbox in every window and state, with a list of them
    python3 dev.py exam [NAME]             the long exams in tests/exams
    python3 dev.py bench [NAME [ARGS]]     a benchmark; without a name, the list
    python3 dev.py schema                  writes the first migration anew from the tables
    python3 dev.py lock                    writes both lock files anew from pyproject.toml

The environment is `.venv-dev`, filled from the hash-locked files. Missing system packages are
installed on Debian when root asks; others get the line to run. (`python3` is `py` on Windows.)
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from tests.servers.system import (
    WINDOW_PACKAGES,
    Stop,
    add_chinese_font,
    add_libraries,
    add_packages,
    add_test_programs,
    has_display,
    say,
    use_memory,
)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv-dev"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PROGRAM_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
UV = "uv==0.13.9"  # only `lock` needs it, so it is not in the locks

EXAMS = {
    "team": "test_team or test_notify or test_rights or test_audit",
    "engines": "test_engines",
}


def main(words: list[str]) -> int:
    """Runs one command line; returns the exit code."""
    if sys.version_info[:2] < (3, 11):  # noqa: UP036 (an older one gets a sentence, not a traceback)
        raise Stop(
            f"deskapp needs Python 3.11 or newer; this is {sys.version.split()[0]}. On Ubuntu "
            "22.04: apt-get install python3.11 python3.11-venv, then python3.11 dev.py …"
        )
    commands = {
        command.__name__: command
        for command in (demo, test, check, run, stories, pictures, exam, bench, schema, lock)
    }
    if not words or words[0] not in commands:
        print(__doc__)
        return 0 if words and words[0] in ("-h", "--help") else 2
    return commands[words[0]](words[1:])


def demo(arguments: list[str]) -> int:
    """The sample desk; drawn into files when a folder for pictures is given."""
    pictures = any(word.split("=")[0] == "--picture" for word in arguments)
    if not pictures and not has_display():
        raise Stop(
            "There is no screen here, so no window can open. "
            "`python3 dev.py demo --picture FOLDER` writes a picture of each window instead."
        )
    if pictures:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    install(PROGRAM_LOCK)
    add_chinese_font(PYTHON)
    return run(["demo", *arguments])


def run(arguments: list[str]) -> int:
    """deskapp with these arguments, in the folder of the person who called."""
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # Qt aborts where it finds no screen
    install(PROGRAM_LOCK)
    add_libraries(PYTHON)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.call([str(PYTHON), "-m", "deskapp", *arguments], env=environment)


def test(arguments: list[str]) -> int:
    """All checks and tests, or only the tests that pytest's arguments choose."""
    prepare_tests()
    use_memory()
    if arguments:
        return in_root("-m", "pytest", *arguments)
    # One more than there are cores: half of the tests wait for servers and programs. Who is done
    # takes from who is not: the longest stories stand at the end, and would end on one worker.
    workers = min(4, (os.cpu_count() or 1) + 1)
    shared = ("-n", str(workers), "--dist", "worksteal")
    return max(run_checks(), in_root("-m", "pytest", *shared))


def check(arguments: list[str]) -> int:
    """What can be said about the code without running it."""
    install(DEV_LOCK)
    return run_checks()


def stories(arguments: list[str]) -> int:
    """The stories of a reply, with pictures of their windows in a folder."""
    if not arguments:
        raise Stop("Name a folder for the pictures: python3 dev.py stories FOLDER")
    prepare_tests()
    return in_root("-m", "tests.stories.pictures", str(Path(arguments[0]).absolute()))


def pictures(arguments: list[str]) -> int:
    """The Inbox in every state, light and dark, at 100 % and 200 %; WORD chooses among them."""
    if not arguments:
        raise Stop("Name a folder for the pictures: python3 dev.py pictures FOLDER [WORD]")
    prepare_tests()
    folder, word = str(Path(arguments[0]).absolute()), "".join(arguments[1:2])
    return in_root("-m", "tests.gallery", folder, word)


def exam(arguments: list[str]) -> int:
    """The long tests, all or those with NAME in their names (an expression of pytest's -k).

    Each prints its seeds and counts at the end; one part alone: `exam "kills and sqlite-3"`.
    `exam team` is all that a team on one database is asked.
    """
    prepare_tests()
    chosen = ["-k", EXAMS.get(arguments[0], arguments[0]), *arguments[1:]] if arguments else []
    exams = f"-m pytest tests -m exam --timeout=0 -n {min(2, os.cpu_count() or 1)}"
    return in_root(*exams.split(), *chosen)


def bench(arguments: list[str]) -> int:
    """One program of bench/."""
    names = sorted(file.stem for file in (ROOT / "bench").glob("[!_]*.py"))
    if not arguments or arguments[0] not in names:
        print("Benchmarks:", *names or ["none yet"])
        return 2 if arguments else 0
    prepare_tests()
    return in_root("-m", f"bench.{arguments[0]}", *arguments[1:])


def schema(arguments: list[str]) -> int:
    """The first migration, from the tables as they stand in the code."""
    install(DEV_LOCK)
    return in_root("-m", "tests.data.first_migration")


def lock(arguments: list[str]) -> int:
    """Both lock files; pins already there stay unless `--upgrade` is given."""
    install(DEV_LOCK)
    pip("install", "--quiet", UV)
    form = "--universal --python-version 3.11 --generate-hashes --no-header --no-annotate"
    quiet = "--quiet --no-emit-index-url --no-emit-find-links"
    compile_ = ["-m", "uv", "pip", "compile", *form.split(), *quiet.split(), *arguments]
    development = ["--group", "dev", "-c", PROGRAM_LOCK.name]
    return in_root(*compile_, "-o", PROGRAM_LOCK.name, "pyproject.toml") or in_root(
        *compile_, *development, "-o", DEV_LOCK.name, "pyproject.toml"
    )


# The environment


def install(lock_file: Path) -> None:
    """Makes `.venv-dev` hold what a lock names; the development lock includes the program's."""
    stamp = VENV / "deskapp-stamp"
    stamped = stamp.read_text("utf-8").split() if stamp.is_file() and PYTHON.is_file() else []
    if _mark(DEV_LOCK) in stamped or _mark(lock_file) in stamped:
        return
    if not _same_python():
        make_environment()
    say(f"Installing {lock_file.name} into {VENV.name} (once; a minute or two) …")
    stamp.unlink(missing_ok=True)
    pip("install", "--quiet", "--require-hashes", "--only-binary=:all:", "-r", str(lock_file))
    stamp.write_text(_mark(lock_file) + "\n", "utf-8")


def make_environment() -> None:
    """A new `.venv-dev`; on Debian the module for it is a package of its own."""
    if importlib.util.find_spec("ensurepip") is None:  # a bare system: the rest is missing too
        add_packages([f"python3.{sys.version_info.minor}-venv", *WINDOW_PACKAGES])
    say(f"Making {VENV.name} with Python {sys.version.split()[0]} …")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise Stop(f"Python could not make {VENV}; the lines above say why.")


def pip(*words: str) -> None:
    """pip of the environment, with the settings that this machine gives it."""
    if subprocess.call([str(PYTHON), "-m", "pip", "--disable-pip-version-check", *words]):
        raise Stop("pip could not install what is needed; the lines above say why.")


def _mark(lock_file: Path) -> str:
    content = lock_file.read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def _same_python() -> bool:
    ask = "import sys, pip; sys.exit(sys.version != sys.argv[1])"
    return PYTHON.is_file() and not subprocess.call([str(PYTHON), "-c", ask, sys.version])


def prepare_tests() -> None:
    """Everything the tests need: packages, libraries, servers, a screen, a font."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    install(DEV_LOCK)
    add_libraries(PYTHON)
    add_test_programs()
    add_chinese_font(PYTHON)


def run_checks() -> int:
    """Runs every check even when an earlier one complains; 1 when any did."""
    arrows = "from importlinter.cli import lint_imports_command as go; go()"
    checks = ("-m ruff check .", "-m ruff format --check --quiet .", "-m mypy")
    results = [in_root(*words.split()) for words in checks]
    return max(*results, in_root("-c", arrows, "--no-logo", "--no-cache"))


def in_root(*words: str) -> int:
    """Python of the environment in the root folder, without a screen; its exit code."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    return abs(subprocess.call([str(PYTHON), *words], cwd=ROOT, env=environment))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as reason:
        sys.exit(f"dev.py: {reason}")
    except KeyboardInterrupt:
        sys.exit(130)
