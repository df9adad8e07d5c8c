"""Tests of the schema's kit and of the schema itself."""
