"""How key views look."""
