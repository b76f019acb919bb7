"""``deskapp`` alone opens the windows; with a command it does that and no more."""

import gc
import sys

_ALLOCATIONS = 50_000
"""Between two collections: loading modules makes no garbage, and looking for it took 50 ms."""


def main() -> None:
    """The program's entry; ends with the exit code of DESIGN section 6."""
    if len(sys.argv) == 1:
        from deskapp.app import run  # Qt is for the windows only: a command never loads it

        sys.exit(run())
    gc.set_threshold(_ALLOCATIONS)
    from deskapp.cli import run_command

    code = run_command(sys.argv[1:])
    gc.freeze()  # the process ends: going through everything once more took 80 ms
    sys.exit(code)


if __name__ == "__main__":
    main()
