"""Tables, engine and migrations on real databases."""
