"""Runs Alembic over a connection that ``data.upgrade`` opened and handed over."""

from alembic import context

from deskapp.data.guard import guard_tables
from deskapp.data.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
    guard_tables(connection)
