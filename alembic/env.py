"""How Alembic reaches the database: by the connection that `monitor.store.migrate` hands over, and no configuration."""

from alembic import context
from monitor.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table by making it anew
)
with context.begin_transaction():
    context.run_migrations()
