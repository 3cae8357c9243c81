"""The pages: one blueprint a folder, each a door to the use cases."""
