"""Names of lease holders, and whether one of this machine is dead.

An engine that was killed cannot give its lease back. The next one on the same machine need not
wait until it runs out: it can see that the process is gone.
"""

import os
import platform
import sys
import uuid

from deskapp.domain.lease_holders import holder_name, machine_name


def new_holder() -> str:
    """A name for this engine: machine, process, and a word of its own."""
    return holder_name(platform.node(), uuid.getnode(), os.getpid(), uuid.uuid4().hex[:8])


def _machine() -> str:
    return f"{machine_name(platform.node())}:{uuid.getnode():012x}"


def is_dead_neighbour(holder: str) -> bool:
    """Whether this is an engine of this very machine whose process has ended.

    False when in doubt: its lease then runs out by itself.
    """
    machine, _, rest = holder.rpartition(":")[0].rpartition(":")
    if machine != _machine() or not rest.isdigit():
        return False
    return _is_gone(int(rest))


def _is_gone(process: int) -> bool:
    if sys.platform == "win32":  # there os.kill would end the process it asks about
        import ctypes

        synchronize, invalid_parameter = 0x00100000, 87
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = kernel.OpenProcess(synchronize, False, process)
        if not handle:
            return ctypes.get_last_error() == invalid_parameter
        try:
            ended: bool = kernel.WaitForSingleObject(handle, 0) == 0
            return ended
        finally:
            kernel.CloseHandle(handle)
    else:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False  # alive, and somebody else's
        return False
