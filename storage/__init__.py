"""Tables, engine, reads and migrations."""

import os

# Pydantic would look through every installed package for plugins before its first model; there are none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
