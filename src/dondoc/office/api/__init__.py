"""The machine-readable door: numbers and their rows, for whoever is signed in."""
