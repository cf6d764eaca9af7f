"""Alembic migrations, run from package code."""
