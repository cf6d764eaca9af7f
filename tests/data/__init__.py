"""Made-up material for tests: people with replacement numbers only."""
