"""Parse and format the values of label fields."""
