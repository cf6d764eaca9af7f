"""Tests of load and balance."""
