"""Send annotations to reviewers and take in their answers."""
