"""What the program says to the user: toasts, questions and faults in a strip, and the list of recent messages."""
