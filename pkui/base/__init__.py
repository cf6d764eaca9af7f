"""What every floor above the domain uses: settings, clock, errors, words and the command table."""
