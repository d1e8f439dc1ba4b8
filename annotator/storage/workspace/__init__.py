"""Read and write the workspace file `annotator.yaml`."""
