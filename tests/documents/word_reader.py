"""A reader of Word files as anybody would write one, to be stopped by the limits of the child."""

from io import BytesIO

from docx import Document


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]
