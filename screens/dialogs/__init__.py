"""Questions asked over the work at hand."""
