"""``deskapp`` alone opens the windows; with a command it does that and no more."""

import gc
import sys

ALLOCATIONS = 50_000
"""Between two collections: loading modules makes no garbage, and looking for it took 50 ms of a
command and 120 ms of a start of the windows."""


def main() -> None:
    """The program's entry; ends with the exit code of DESIGN section 6."""
    gc.set_threshold(ALLOCATIONS)
    if len(sys.argv) == 1:
        from deskapp.app import run  # Qt is for the windows only: a command never loads it

        sys.exit(run())
    from deskapp.cli import run_command

    code = run_command(sys.argv[1:])
    gc.freeze()  # the process ends: going through everything once more took 80 ms
    sys.exit(code)


if __name__ == "__main__":
    main()
