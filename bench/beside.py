"""Times a program of ours beside a peer, in turn, so that both see the same machine."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence


def compare(
    peer: tuple[str, Sequence[str]], ours: tuple[str, Sequence[str]], home: str, rounds: int
) -> None:
    """Each side is (label, arguments for Python). Prints the medians, and that of the ratios."""
    pairs = [(_timed(peer[1], home), _timed(ours[1], home)) for _ in range(rounds)]
    for place, (label, _) in enumerate((peer, ours)):
        print(f"{label:24s}{statistics.median(pair[place] for pair in pairs):6.2f} s")
    print(f"ratio {statistics.median(ours_s / peer_s for peer_s, ours_s in pairs):.2f}")


def _timed(arguments: Sequence[str], home: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DESKAPP_HOME": home}
    command = [sys.executable, *arguments]
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
