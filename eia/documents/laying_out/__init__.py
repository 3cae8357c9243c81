"""Files in: what stands in them as paragraphs and rows, before anybody asks what it means.

Every reader here is a function from bytes to plain values that JSON can carry, so that it can run in a
child with little memory and little time. None of them knows what a plan is.
"""
