"""What a person at the desk can do: one use case is one function is one transaction."""
