"""Sentences for Problems with the desk's own database: see ``error_texts``."""

from deskapp.domain.problem import ProblemKind

from .error_texts import Texts, texts
from .translatable import N

K = ProblemKind

STORES: dict[ProblemKind, Texts] = {
    K.DATABASE_UNREACHABLE: texts(
        N("Errors", "The database is away"),
        N("Errors", "The desk's database at {place} cannot be reached."),
        N("Errors", "What is stored there is untouched. Text in open windows is kept."),
        N("Errors", "Check the network and that the database server is running."),
    ),
    K.OUTCOME_UNKNOWN: texts(
        N("Errors", "Not known whether it was written"),
        N("Errors", "The line to the database broke at the last step, and it is still away."),
        N("Errors", "Your text is kept. Nothing is repeated before the database has been asked."),
        N("Errors", "Try again when it is back: deskapp asks first and writes nothing twice."),
    ),
    K.DATABASE_BUSY: texts(
        N("Errors", "The database is busy"),
        N("Errors", "Another program keeps the desk's database locked."),
        N("Errors", "Nothing was changed; your text is kept."),
        N("Errors", "Try again in a moment."),
    ),
    K.SCHEMA_NEWER: texts(
        N("Errors", "This desk is newer than this program"),
        N("Errors", "The desk was last opened with a newer deskapp (format {found})."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Install the newest deskapp on this computer."),
    ),
    K.SCHEMA_OLDER: texts(
        N("Errors", "This desk has to be upgraded"),
        N("Errors", "The desk has an older format, and colleagues are connected to it: {who}."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Run “deskapp upgrade” when they may be left with reading until they update."),
    ),
    K.DESK_CLOSED: texts(
        N("Errors", "The desk is being upgraded"),
        N("Errors", "A colleague's program is upgrading or moving the desk right now."),
        N("Errors", "Nothing was written; your text is kept."),
        N("Errors", "Try again in a minute."),
    ),
    K.DESK_MOVED: texts(
        N("Errors", "The desk has moved"),
        N("Errors", "The desk is now at {to}."),
        N("Errors", "Nothing was written here; your text is kept."),
        N("Errors", "Open the desk at its new place. “deskapp move --undo” takes the move back."),
    ),
    K.MOVE_UNPROVED: texts(
        N("Errors", "The move was not proved"),
        N("Errors", "What arrived is not what left: {said}"),
        N("Errors", "The desk is where it was and works on there."),
        N("Errors", "Make a backup, and tell us of this."),
    ),
    K.UNSUITABLE_SERVER: texts(
        N("Errors", "This database cannot hold a desk"),
        N("Errors", "The database server does not suit: {found}."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Use PostgreSQL 13 or newer with UTF8."),
    ),
    K.DATABASE_DAMAGED: texts(
        N("Errors", "The database is damaged"),
        N("Errors", "The desk at {place} cannot be read correctly: {said}"),
        N("Errors", "deskapp stopped writing to it, so that nothing gets worse."),
        N("Errors", "Restore the last backup, or keep the file and ask for help."),
    ),
}

ABOUT_STORES: dict[tuple[ProblemKind, str], Texts] = {
    (K.DISK_FULL, "upgrade"): texts(
        N("Errors", "No room to upgrade this desk"),
        N(
            "Errors",
            "The desk has an older format. To upgrade it, {path} needs {needed} MB of room "
            "beside it, and {free} MB are free.",
        ),
        N("Errors", "Nothing was changed."),
        N("Errors", "Free some space, or move the file to a larger disk, then start again."),
    ),
    (K.DATABASE_UNREACHABLE, "not_written"): texts(
        N("Errors", "Not written"),
        N("Errors", "The line to the database broke before this was written."),
        N("Errors", "Nothing of it was written; your text is kept."),
        N("Errors", "Do it again. If it breaks again, check the network."),
    ),
    (K.NETWORK_FOLDER, "synced"): texts(
        N("Errors", "Not in a synced folder"),
        N("Errors", "{system} copies {path} to other computers. A desk file would be torn apart."),
        N("Errors", "Nothing was created."),
        N("Errors", "Choose another folder, or PostgreSQL for a team. Backups may lie there."),
    ),
    (K.DUPLICATE, "move"): texts(
        N("Errors", "The new place is in use"),
        N("Errors", "{value} is not empty."),
        N("Errors", "Nothing was changed, neither here nor there."),
        N("Errors", "Name a database with nothing in it yet, or a file that is not there."),
    ),
    (K.DISK_FULL, "server"): texts(
        N("Errors", "The database server's disk is full"),
        N("Errors", "The server at {place} has no room left."),
        N("Errors", "Nothing of it was kept there."),
        N("Errors", "Ask who runs the server for more room, then try again."),
    ),
    (K.UNSUITABLE_SERVER, "no_database"): texts(
        N("Errors", "There is no such database"),
        N("Errors", "The server has no database called {name}."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Check the name, or have whoever runs the server make it: {value}"),
    ),
    (K.SCHEMA_NEWER, "write"): texts(
        N("Errors", "A newer deskapp has upgraded the desk"),
        N("Errors", "A colleague's newer program has upgraded the desk to format {found}."),
        N("Errors", "Nothing was written; your text is kept, and reading goes on."),
        N("Errors", "Update deskapp on this computer, then do it again."),
    ),
    (K.SCHEMA_OLDER, "desk_owner"): texts(
        N("Errors", "This desk has to be upgraded"),
        N("Errors", "The desk has an older format ({found}), and only its owner may change that."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask the desk's owner to run “deskapp upgrade”."),
    ),
    (K.DESK_CLOSED, "arriving"): texts(
        N("Errors", "The desk has not arrived whole"),
        N("Errors", "A desk was being moved here and the move did not come to its end."),
        N("Errors", "Its old place is as it was."),
        N("Errors", "Run the same “deskapp move” again from there to finish."),
    ),
    (K.UNSUITABLE_SERVER, "encoding"): texts(
        N("Errors", "This database cannot hold a desk"),
        N("Errors", "The database stores text in {found}, where no Chinese or Vietnamese fits."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Make another database and use that one: {value}"),
    ),
    (K.UNSUITABLE_SERVER, "locale"): texts(
        N("Errors", "This database cannot hold a desk"),
        N("Errors", "The database has the locale {found}, which knows only English letters."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Make another database and use that one: {value}"),
    ),
    (K.UNSUITABLE_SERVER, "server_version"): texts(
        N("Errors", "This database server is too old"),
        N("Errors", "The server is PostgreSQL {found}; deskapp needs 13 or newer."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask who runs the server to upgrade it."),
    ),
    (K.UNSUITABLE_SERVER, "create_right"): texts(
        N("Errors", "No right to make a desk there"),
        N("Errors", "You may not make tables in the database {name}."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask its owner to make the desk, or for the right to create tables."),
    ),
    (K.DATABASE_UNREACHABLE, "given_up"): texts(
        N("Errors", "Given up"),
        N("Errors", "You gave this change up before the database was back."),
        N("Errors", "Nothing of it was written; your text is kept."),
        N("Errors", "Do it again whenever you like."),
    ),
    (K.DATABASE_UNREACHABLE, "many"): texts(
        N("Errors", "The database takes no more connections"),
        N("Errors", "The database server has as many connections as it allows. It said: {said}"),
        N("Errors", "Nothing was changed; text in open windows is kept."),
        N("Errors", "deskapp tries again. Ask who runs the server to allow more, or use a pooler."),
    ),
    (K.DATABASE_UNREACHABLE, "starting"): texts(
        N("Errors", "The database is starting"),
        N("Errors", "The database server is starting or stopping. It said: {said}"),
        N("Errors", "What is stored there is untouched. Text in open windows is kept."),
        N("Errors", "deskapp tries again by itself."),
    ),
    (K.READ_ONLY, "desk"): texts(
        N("Errors", "The database only reads"),
        N("Errors", "This database server takes no changes now. It said: {said}"),
        N("Errors", "Nothing was changed; reading goes on, and your text is kept."),
        N("Errors", "After a failover this may pass. Else ask who runs the server."),
    ),
}
