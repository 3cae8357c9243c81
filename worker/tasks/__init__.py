"""Thin tasks: each calls one use case, carries no more than ids, and may run twice."""
