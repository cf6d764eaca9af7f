"""Views are taken on the same workbench as every other test of screens."""

from tests.screens.conftest import adviser, colleague, engine_name, own_state, workbench

__all__ = ["adviser", "colleague", "engine_name", "own_state", "workbench"]
