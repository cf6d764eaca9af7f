"""The SQLModel tables, one file a topic."""
