"""Settings, identity and language of the user."""
