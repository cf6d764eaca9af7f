"""What make targets run to write or check the project's data files."""
