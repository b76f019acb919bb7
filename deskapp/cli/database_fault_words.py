"""A Problem with the desk's own database, as a command tells it."""

from deskapp.domain.problem import ProblemKind

K = ProblemKind

DATABASE: dict[ProblemKind, str] = {
    K.DATABASE_UNREACHABLE: "The desk's database at {place} cannot be reached ({said}). What is "
    "stored there is untouched; check the address, the network and that the server runs.",
    K.OUTCOME_UNKNOWN: "The line to the database broke at the last step and it is still away "
    "({said}). Whether this was written is not known; look when it is back, before you repeat it.",
    K.DATABASE_BUSY: "Another program keeps the desk's database locked. Nothing was changed; try "
    "again in a moment.",
    K.DATABASE_DAMAGED: "The desk at {place} cannot be read correctly ({said}). Nothing more was "
    "written to it; restore the last backup with `deskapp restore FILE`.",
}

ABOUT_DATABASE: dict[tuple[ProblemKind, str], str] = {
    (K.DATABASE_UNREACHABLE, "not_written"): "The line to the database broke before this was "
    "written ({said}). The database was asked: nothing of it is there; do it again.",
    (K.DATABASE_UNREACHABLE, "many"): "The database server has as many connections as it allows "
    "({said}). Nothing was changed; try again, or ask who runs it to allow more.",
    (K.DATABASE_UNREACHABLE, "starting"): "The database server is starting or stopping ({said}). "
    "What is stored there is untouched; try again in a moment.",
    (K.READ_ONLY, "desk"): "This database server takes no changes now ({said}). Nothing was "
    "changed; after a failover try again in a moment, else ask who runs it.",
}
