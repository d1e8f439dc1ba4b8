"""Read and write sidecars."""
