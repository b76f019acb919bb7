"""Sentences for Problems about a shop's own database and the query that an admin wrote for it."""

from deskapp.domain.problem import ProblemKind

from .error_texts import Texts, texts
from .translatable import N

K = ProblemKind

ABOUT_QUERIES: dict[tuple[ProblemKind, str], Texts] = {
    (K.SIGN_IN_REFUSED, "shop_database"): texts(
        N("Errors", "The database refused the name or the password"),
        N("Errors", "{host} did not accept the name or the password. It said: {said}"),
        N(
            "Errors",
            "Orders that are here stay readable. Nothing is tried again with this password.",
        ),
        N("Errors", "Enter the database's address anew, with the right password."),
    ),
    (K.NOT_FOUND, "shop_database"): texts(
        N("Errors", "No such database"),
        N("Errors", "{host} has no database named “{value}”."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Check the end of the database's address."),
    ),
    (K.NOT_FOUND, "shop_table"): texts(
        N("Errors", "No such table"),
        N("Errors", "The query asks for a table that is not there: {value}"),
        N("Errors", "Nothing was changed."),
        N("Errors", "Correct the table's name in the query, or name its schema too."),
    ),
    (K.SCOPE_MISSING, "shop_table"): texts(
        N("Errors", "The account may not read this"),
        N("Errors", "The database's account may not read what the query asks for: {said}"),
        N("Errors", "Nothing was changed."),
        N("Errors", "Give it the right to read there (GRANT SELECT), and no other."),
    ),
    (K.READ_ONLY, "query"): texts(
        N("Errors", "More than a question"),
        N("Errors", "The query would do more than read: {value}"),
        N("Errors", "Nothing was done; the database is only read."),
        N("Errors", "Write one SELECT, without INTO, FOR UPDATE and a second statement."),
    ),
    (K.EMPTY, "query"): texts(
        N("Errors", "No query"),
        N("Errors", "There is no query for the orders."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Write one SELECT that names each order."),
    ),
    (K.TOO_LARGE, "query"): texts(
        N("Errors", "Too long a query"),
        N("Errors", "The query is longer than is taken."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Make a view of it in the database, and select from that."),
    ),
    (K.INVALID, "query"): texts(
        N("Errors", "The query is not understood"),
        N("Errors", "The database does not understand the query: {value}"),
        N("Errors", "Nothing was changed."),
        N("Errors", "Correct the query, and try it in the database's own program first."),
    ),
    (K.INVALID, "query_comparison"): texts(
        N("Errors", "Values that cannot be compared"),
        N("Errors", "The database cannot compare what the query compares: {value}"),
        N("Errors", "Nothing was changed."),
        N("Errors", "Convert one side in the query, for example with CAST."),
    ),
    (K.INVALID, "query_parameter"): texts(
        N("Errors", "An unknown placeholder"),
        N("Errors", "“:{value}” is no placeholder that a query may have."),
        N("Errors", "Nothing was changed."),
        N(
            "Errors",
            "Use :number, :mail, :phone, :name, :postcode, :tracking, :changed_after and "
            ":limit; :numbers for the items.",
        ),
    ),
    (K.INVALID, "query_numbers"): texts(
        N("Errors", "Items of which orders?"),
        N("Errors", "The query of the items does not say of which orders."),
        N("Errors", "Nothing was changed."),
        N("Errors", "End it with WHERE and the order's number IN (:numbers)."),
    ),
    (K.INVALID, "query_column"): texts(
        N("Errors", "Two columns with one name"),
        N("Errors", "The query gives two columns named “{value}”."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Give one of them another name with AS."),
    ),
    (K.INVALID, "query_value"): texts(
        N("Errors", "A column holds something else"),
        N("Errors", "The column {column} holds “{value}”, which it cannot mean."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Choose another column for it, or convert it in the query."),
    ),
    (K.INVALID, "query_lines"): texts(
        N("Errors", "Items of another order"),
        N("Errors", "The items that came are of order “{value}”, which was not asked for."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Let both queries write the order's number in the same way."),
    ),
    (K.INVALID, "query_order"): texts(
        N("Errors", "Not in the order of changes"),
        N(
            "Errors",
            "The query gives orders in another order than that of their changes, and some"
            " would be passed over.",
        ),
        N("Errors", "Nothing was changed."),
        N("Errors", "End it with ORDER BY the column of the changes, ascending, and LIMIT :limit."),
    ),
    (K.INVALID, "time_zone"): texts(
        N("Errors", "Which time zone?"),
        N("Errors", "The time “{value}” has no time zone, or this names none."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Name the zone in which the shop writes its times, like Europe/Berlin."),
    ),
    (K.INVALID, "database_url"): texts(
        N("Errors", "No address of a database"),
        N("Errors", "“{value}” is no address of a database."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Write it like postgresql://name:password@host/database."),
    ),
    (K.WRONG_COLUMNS, "query"): texts(
        N("Errors", "A column is missing"),
        N("Errors", "The query gives no column “{missing}”; it gives: {found}"),
        N("Errors", "Nothing was changed."),
        N("Errors", "Name it in the query with AS, or say which column it is."),
    ),
    (K.TOO_LARGE, "query_rows"): texts(
        N("Errors", "Too many rows"),
        N("Errors", "The query gives more rows than are read at once."),
        N("Errors", "Nothing was changed."),
        N(
            "Errors",
            "Let it give only what changed: WHERE … >= :changed_after ORDER BY … LIMIT :limit.",
        ),
    ),
}
