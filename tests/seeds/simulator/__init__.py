"""Tests of the simulator: that it repeats itself, that what it plants can be found, that its judges judge right."""
