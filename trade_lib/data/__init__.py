"""Tables with their schema and provenance, areas and groups, releases, and the reading of people's own files."""
