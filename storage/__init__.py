"""Tables, engine, reads and migrations."""
