"""A Problem with a shop's own database, or with the query for it, as a command tells it."""

from deskapp.domain.problem import ProblemKind

K = ProblemKind

ABOUT_QUERIES: dict[tuple[ProblemKind, str], str] = {
    (K.SIGN_IN_REFUSED, "shop_database"): "{host} refused the name or the password ({said}). "
    "Orders already here stay; enter the database's address anew.",
    (K.NOT_FOUND, "shop_database"): "{host} has no database “{value}”. Nothing was changed; "
    "check the end of its address.",
    (K.NOT_FOUND, "shop_table"): "The query asks for a table that is not there ({value}). "
    "Nothing was changed; correct the query.",
    (K.SCOPE_MISSING, "shop_table"): "The database's account may not read what the query asks for "
    "({said}). Nothing was changed; give it the right to read there (GRANT SELECT), and no other.",
    (K.READ_ONLY, "query"): "The query would do more than read ({value}). Nothing was done; "
    "write one SELECT, without INTO, FOR UPDATE and a second statement.",
    (K.EMPTY, "query"): "There is no query for the orders. Nothing was changed; write one SELECT.",
    (K.TOO_LARGE, "query"): "The query is longer than {limit} characters. Nothing was changed; "
    "make a view of it in the database.",
    (K.INVALID, "query"): "The database does not understand the query ({value}). Nothing was "
    "changed; correct it.",
    (K.INVALID, "query_comparison"): "The database cannot compare what the query compares "
    "({value}). Nothing was changed; convert one side in it, for example with CAST.",
    (K.INVALID, "query_parameter"): "“:{value}” is no placeholder of a query. Nothing was "
    "changed; there are :number, :mail, :phone, :name, :postcode, :tracking, :changed_after, "
    ":limit, and :numbers for the items.",
    (K.INVALID, "query_numbers"): "The query of the items does not say of which orders. Nothing"
    " was changed; end it with WHERE … IN (:numbers).",
    (K.INVALID, "query_column"): "The query gives two columns named “{value}”. Nothing was "
    "changed; rename one of them with AS.",
    (K.INVALID, "query_value"): "The column {column} holds “{value}”, which it cannot mean. "
    "Nothing was changed; choose another column, or convert it in the query.",
    (K.INVALID, "query_lines"): "The items that came are of order “{value}”, which was not "
    "asked for. Nothing was changed; let both queries write the number in the same way.",
    (K.INVALID, "query_order"): "The query does not give orders in the order of their changes, "
    "and some would be passed over. Nothing was changed; end it with ORDER BY that column, "
    "ascending, and LIMIT :limit.",
    (K.INVALID, "time_zone"): "“{value}” has no time zone, or is none. Nothing was changed; "
    "name the zone in which the shop writes its times, like Europe/Berlin.",
    (K.INVALID, "database_url"): "“{value}” is no address of a database. Nothing was changed; "
    "write it like postgresql://name:password@host/database, mysql://… or sqlite:///path.",
    (K.WRONG_COLUMNS, "query"): "The query gives no column “{missing}”; it gives: {found}. "
    "Nothing was changed; name it in the query with AS.",
    (K.TOO_LARGE, "query_rows"): "The query gives more rows than are read at once ({limit}). "
    "Nothing was changed; let it give only what changed, with :changed_after and LIMIT "
    ":limit.",
}
