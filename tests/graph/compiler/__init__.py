"""Tests of the selection compiler, without strawberry."""
