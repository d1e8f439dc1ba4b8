"""The article set as a page: one scroll area over paragraphs that are laid out when they are seen."""
