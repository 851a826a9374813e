"""A language model writes: numbered evidence in, drafts with evidence numbers out. Nothing here is shown."""
