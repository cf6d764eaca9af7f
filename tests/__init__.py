"""The tests, a folder a floor."""
