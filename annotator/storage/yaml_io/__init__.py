"""Read YAML 1.2 with positions, validate it and write it."""
