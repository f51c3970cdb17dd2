"""Tests of the store; one suite for every engine."""
