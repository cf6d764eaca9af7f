"""What comes from other systems over HTTP: no table and no screen is known here."""
