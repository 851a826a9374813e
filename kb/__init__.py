"""Knowledge base: domain model, corpus files, catalogue, vectors, search and quote lineage."""
