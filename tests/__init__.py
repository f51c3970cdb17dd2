"""All tests; each folder mirrors a package."""
