"""Tests of the callback planner."""
