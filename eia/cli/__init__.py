"""The command line: one verb a module, each a thin door to a use case."""
