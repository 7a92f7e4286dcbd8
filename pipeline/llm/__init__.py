"""The other extractor, off unless an endpoint is named: a language model proposes, the report's own words decide.

Any OpenAI-compatible endpoint will do (docs/language-model.md). What it answers is taken value by value, and only
where the words it points to stand in the report and say that value.
"""

from pipeline.llm.extract import LlmExtractor, Reading
from pipeline.llm.settings import LlmSettings, settings_from

__all__ = ["LlmExtractor", "LlmSettings", "Reading", "settings_from"]
