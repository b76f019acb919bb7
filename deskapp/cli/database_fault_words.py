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
    K.SCHEMA_NEWER: "The desk was made by a newer deskapp (format {found}; this one knows "
    "{known}). Nothing was changed; install the newest deskapp.",
    K.SCHEMA_OLDER: "The desk has an older format ({found}; this deskapp writes {known}), and "
    "colleagues are connected: {who}. Nothing was changed; run `deskapp upgrade` when they may be "
    "left with reading until they update.",
    K.DESK_CLOSED: "The desk is being upgraded or moved at this moment. Nothing was written; try "
    "again in a minute.",
    K.DESK_MOVED: "The desk has moved to {to}. Nothing was written here; name that address with "
    "--desk, or take the move back with `deskapp move --undo`.",
    K.MOVE_UNPROVED: "What arrived is not what left ({said}). The desk is where it was and works "
    "on there; make a backup, and tell us of this.",
    K.UNSUITABLE_SERVER: "This database server cannot hold a desk ({found}). Nothing was changed; "
    "use PostgreSQL 13 or newer with UTF8.",
    K.DATABASE_DAMAGED: "The desk at {place} cannot be read correctly ({said}). Nothing more was "
    "written to it; restore the last backup with `deskapp restore FILE`.",
}

ABOUT_DATABASE: dict[tuple[ProblemKind, str], str] = {
    (
        K.DISK_FULL,
        "upgrade",
    ): "The desk has an older format, and to upgrade it {path} needs {needed} "
    "MB of room beside it; {free} MB are free. Nothing was changed; free some space, or move the "
    "file to a larger disk, and start again.",
    (K.DATABASE_UNREACHABLE, "not_written"): "The line to the database broke before this was "
    "written ({said}). The database was asked: nothing of it is there; do it again.",
    (K.OUTCOME_UNKNOWN, "ticket"): "The line to the database broke at the last step and it is "
    "still away ({said}). Whether this was written is not known; look at ticket {value} with "
    "`deskapp ticket show` when it is back, before you repeat it.",
    (K.OUTCOME_UNKNOWN, "forgotten"): "The line to the database broke at the last step, and since "
    "then another server took its place. Whether this was written is not known; look at what is "
    "there before you repeat it.",
    (K.DATABASE_UNREACHABLE, "in_part"): "The line to the database broke after a part of this was "
    "written ({said}). That part stands, the rest was not written; look at what is there, then do "
    "what is missing.",
    (K.SCHEMA_NEWER, "write"): "A colleague's newer deskapp has upgraded the desk (format {found}; "
    "this one writes {known}). Nothing was written, what you wrote is kept where you wrote it; "
    "update deskapp.",
    (K.NETWORK_FOLDER, "synced"): "{path} is in a folder that {system} copies to other computers, "
    "where a desk file would be torn apart. Nothing was created; use another folder, or PostgreSQL "
    "for a team. A backup may lie there.",
    (K.DUPLICATE, "move"): "{value} is not empty. Nothing was changed; name a database that has "
    "nothing in it yet, or a file that is not there.",
    (K.DISK_FULL, "server"): "The disk of the database server at {place} is full ({said}). Nothing "
    "of it was kept there; ask who runs it for more room, then try again.",
    (K.UNSUITABLE_SERVER, "no_database"): "The server has no database called {name}. Nothing was "
    "changed; check the name, or have whoever runs it make it: {value}.",
    (K.SCHEMA_OLDER, "desk_owner"): "The desk has an older format ({found}; this deskapp writes "
    "{known}), and only its owner may change that. Nothing was changed; ask them to run `deskapp "
    "upgrade`.",
    (K.DESK_CLOSED, "arriving"): "A desk was being moved to {place} and did not arrive whole. Its "
    "old place is as it was; run the same `deskapp move` again from there to finish.",
    (K.UNSUITABLE_SERVER, "encoding"): "The database {name} stores text in {found}, where no "
    "Chinese or Vietnamese fits. Nothing was changed; make another one and name it with --desk: "
    "{value}.",
    (K.UNSUITABLE_SERVER, "locale"): "The database {name} has the locale {found}, which knows no "
    "letters but English ones. Nothing was changed; make another one and name it with --desk: "
    "{value}.",
    (K.UNSUITABLE_SERVER, "server_version"): "The database server is PostgreSQL {found}, and "
    "deskapp needs 13 or newer. Nothing was changed; ask who runs it to upgrade it.",
    (
        K.UNSUITABLE_SERVER,
        "create_right",
    ): "You may not make tables in the database {name}. Nothing "
    "was changed; ask its owner to run `deskapp init`, or for: GRANT CREATE ON SCHEMA public.",
    (K.DATABASE_UNREACHABLE, "many"): "The database server has as many connections as it allows "
    "({said}). Nothing was changed; try again, or ask who runs it to allow more.",
    (K.DATABASE_UNREACHABLE, "starting"): "The database server is starting or stopping ({said}). "
    "What is stored there is untouched; try again in a moment.",
    (K.READ_ONLY, "desk"): "This database server takes no changes now ({said}). Nothing was "
    "changed; after a failover try again in a moment, else ask who runs it.",
}
