"""Orders out of a shop's own database, by a query that an admin wrote and that only reads.

What is needed, all of it plain: ``sql_orders`` takes

- ``url``: postgresql://NAME:PASSWORD@HOST[:PORT]/DATABASE, the same with mysql or mariadb, or
  sqlite:///PATH. It holds the password and belongs into the keyring, never into a setting.
- ``orders``: one SELECT. A row is an order, or an item of one. In it may stand, once or often,
  ``:number :mail :phone :name :postcode :tracking`` (what is looked for, else NULL),
  ``:changed_after`` (a time; the beginning of all times when nothing is known) and ``:limit``.
  The source finds by those keys that the query has, and reads only what changed where it has
  ``:changed_after`` and a column for CHANGED_AT, in whose order it must then be sorted, with
  ``LIMIT :limit`` at its end.
- ``lines`` ("" for none): one SELECT of items, ``… WHERE number IN (:numbers)``.
- ``columns`` and ``line_columns``: field to output column, the words of
  ``domain.order_files.OrderField``; None lets the column names speak for themselves.
- ``zone``: an IANA name, for times that the database keeps without one; "" refuses such times.
- ``own_network``: the host may be this machine or a private address.
- ``plain_allowed``: without TLS, or with a certificate nobody vouches for, also over a network.
- ``authority``: a PEM file with the authority that signed the server's certificate, "" for the
  system's.
- ``hints``: the currency of a shop that has only one, and how its texts write dates and numbers.
"""

from .address import DatabaseAddress, DatabaseKind, database_address
from .source import SqlOrders, SqlQueries, sql_orders

__all__ = [
    "DatabaseAddress",
    "DatabaseKind",
    "SqlOrders",
    "SqlQueries",
    "database_address",
    "sql_orders",
]
