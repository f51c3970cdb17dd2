"""What was found in use: each fault with the right value, and the tests that hold it."""
