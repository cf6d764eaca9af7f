"""What happened since an instant is found without reading the whole history."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Adds the index."""
    op.create_index(op.f("ix_events_at"), "events", ["at"], unique=False)
