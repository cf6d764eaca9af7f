"""Runs the planner against the clock, here or in a process of its own, and writes plans as documents."""
