"""How is the invented company told elsewhere? A file per language: its names, its places, its money."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cartera.sources.demo.voices.voice import Voice

SPOKEN = ("pt-BR", "fr", "es")


def voice_of(language: str) -> Voice | None:
    """The voice of a language, None where the company is told as it was invented: in English and in euros."""
    from cartera.sources.demo.voices import french, portuguese, spanish

    return {"pt-BR": portuguese.VOICE, "fr": french.VOICE, "es": spanish.VOICE}.get(language)
