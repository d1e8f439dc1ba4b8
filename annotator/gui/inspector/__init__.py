"""The *Sentence* panel: labels, note and fields of the current sentence."""
