"""The application without a window: sessions, opening, saving, progress."""
