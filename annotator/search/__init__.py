"""Search in a text, ignoring accents and case unless they are typed."""
