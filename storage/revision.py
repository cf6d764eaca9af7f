"""The newest step of the schema, known without loading what migrates."""

HEAD = "0015"
"""The newest step in storage/migrations/versions; a test compares the two."""
