"""Who asks, and what follows from his roles."""
