"""Whether the passages that a language model cites bear out what it says: one file for each thing that is checked."""
