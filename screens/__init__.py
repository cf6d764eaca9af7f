"""What a person sees: Textual only, no tables."""
