"""The process that pulls, files and sends: beside the windows, or alone on a machine.

Nothing is loaded from here: the processes that read mail need a small part of it only.
"""
