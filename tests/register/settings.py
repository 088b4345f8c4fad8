"""Parameters for tests: everybody stands in the register, so that a test sees what it is about."""

from pipeline.register.settings import RegisterParams

SETTINGS = RegisterParams(
    zones=["headline", "body", "caption"],
    min_mentions=1,
    include_private=True,
    silent_months=18,
    authority_table="",
)
STRICT = SETTINGS.model_copy(update={"include_private": False})
