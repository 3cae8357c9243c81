"""The pages: one blueprint a folder, each a door to the use cases."""

from eia.web.app import create_app

__all__ = ["create_app"]
