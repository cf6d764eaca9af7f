"""A workbench for the advisers of a patient office."""
