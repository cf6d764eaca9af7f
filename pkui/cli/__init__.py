"""The commands: everything a screen can do, for robots, cron, screen readers and tests."""
