"""The assistant: questions, cited answers and the HTTP API."""
