"""Rules, at any instant."""
