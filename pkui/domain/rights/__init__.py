"""A patient's rights as pure rules: facts, the law of the day and a calendar in, hints with dates and reasons out."""
