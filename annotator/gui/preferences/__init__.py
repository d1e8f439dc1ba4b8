"""The *Preferences* dialog and the actions of the *View* menu."""
