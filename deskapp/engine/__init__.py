"""The process that pulls, files and sends: beside the windows, or alone on a machine."""

from .once import OnceReport, run_once
from .process import run_engine, stdin_is_a_pipe

__all__ = ["OnceReport", "run_engine", "run_once", "stdin_is_a_pipe"]
