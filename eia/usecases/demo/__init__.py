"""A council that never was, with years of work in it, made by the same verbs that real people use."""
