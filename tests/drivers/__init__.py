"""Page objects: the screens in the tests' words."""
