"""Runs the migrations on the connection it is handed; `eia db upgrade` is the way in."""

from alembic import context

from eia.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()
