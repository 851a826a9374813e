"""Ingestion: readers, structure, quotations and the pipeline that fills the knowledge base."""
