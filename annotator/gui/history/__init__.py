"""The *History* panel: the steps of a document, and the way back to any of them."""
