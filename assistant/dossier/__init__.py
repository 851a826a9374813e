"""Dossiers: a sourced working document per subject that a municipality edits. What is in it, and its file formats."""
