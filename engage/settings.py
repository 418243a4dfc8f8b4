"""Everything that can be set from outside. Nobody else reads the environment."""

from pathlib import Path
from typing import Literal

from aiohttp import web
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE_FOLDER = Path(__file__).parent


class Settings(BaseSettings):
    """One frozen value, read once at the start; each field is an environment variable `ENGAGE_<NAME>`."""

    model_config = SettingsConfigDict(
        env_prefix="ENGAGE_", frozen=True, extra="ignore", populate_by_name=True, env_ignore_empty=True
    )

    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 for all.")
    port: int = Field(
        8000,
        ge=0,
        le=65535,
        validation_alias=AliasChoices("PORT", "ENGAGE_PORT", "port"),
        description="Port to listen on (also read from PORT). A taken port is said and the next free one used.",
    )
    public_url: str | None = Field(
        None, description="The address people use, such as https://care.example; default: the address listened on."
    )
    data_dir: Path = Field(Path("var"), description="Folder for the SQLite file, uploads and the generated secret.")
    database_url: str | None = Field(
        None, description="SQLAlchemy URL of SQLite or PostgreSQL; default: engage.db in the data folder."
    )
    database_seconds: float = Field(
        20, ge=1, le=600, description="Longest wait for an answer of PostgreSQL; after it a connection is given up."
    )
    redis_url: str | None = Field(None, description="Redis for signals between processes; not needed with one process.")
    secret: SecretStr | None = Field(
        None, description="Signs tickets and links. Default: made once and kept in the data folder."
    )
    old_secrets: tuple[SecretStr, ...] = Field(
        (), description="Earlier secrets, as a JSON list: answers to mails that were signed with them still find home."
    )
    demo: bool = Field(False, description="Serve the demo carrier's site at /demo/ with demo agents.")
    demo_mails: bool = Field(False, description="With the demo: put some customers' mails into its mailbox, once.")
    static_dir: Path = Field(PACKAGE_FOLDER / "static", description="Folder of the built front ends.")
    channels: tuple[str, ...] = Field(
        ("webchat", "email", "callback"), description="Channels that are on, as a JSON list of names."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least severe line logged.")
    log_format: Literal["auto", "text", "json"] = Field(
        "auto", description="Form of the log lines; auto: text on a terminal, JSON otherwise."
    )
    otlp_url: str | None = Field(
        None,
        description="Collector of traces by OTLP over HTTP, such as http://collector:4318; needs the extra `otel`.",
    )
    trusted_proxies: int = Field(
        0, ge=0, le=5, description="How many proxies in front add to X-Forwarded-For; 0 ignores the header."
    )
    smtp_url: SecretStr | None = Field(
        None,
        description="smtp://user:password@host:port (STARTTLS), smtps://… or, for a server of one's own, "
        "smtp+plain://…; without it mails are kept, not sent.",
    )
    mail_from: str = Field("care@localhost", description="Sender of mails of sites that name none.")
    mail_host: str = Field("127.0.0.1", description="Address on which mail is taken by SMTP and LMTP.")
    mail_smtp_port: int | None = Field(
        None, ge=0, le=65535, description="Port on which customers' mail is taken by SMTP; without it none is."
    )
    mail_lmtp_port: int | None = Field(
        None, ge=0, le=65535, description="Port on which customers' mail is taken by LMTP, as from Postfix."
    )
    mail_tls_cert: Path | None = Field(
        None, description="File with certificate chain and key (PEM) for STARTTLS; without it mail comes in the clear."
    )
    mail_tls_required: bool = Field(False, description="Take no mail by SMTP before STARTTLS.")
    mail_max_bytes: int = Field(
        40_000_000, ge=10_000, description="Largest mail that is taken; of a larger one in an IMAP folder the headers."
    )
    mail_max_connections: int = Field(100, ge=1, le=10_000, description="SMTP and LMTP connections at a time.")
    mail_sender_per_minute: int = Field(
        6000, ge=1, description="Mails a minute of one sender that are taken at once; others are asked to wait."
    )
    mail_retry_hours: int = Field(
        48, ge=1, le=120, description="How long a mail that its server does not take for now is tried again."
    )
    mail_undo_seconds: int = Field(
        10, ge=0, le=120, description="How long an agent can take back an answer that goes by mail."
    )
    chat_mail_seconds: int = Field(
        120,
        ge=10,
        le=86_400,
        description="When a visitor who left gets by mail what an agent has said in a chat since.",
    )
    outgoing_allow: tuple[str, ...] = Field(
        (),
        description="Hosts and networks (CIDR) of one's own that webhooks and sign-in providers may lie in, "
        "as a JSON list; all other private addresses are refused.",
    )
    upload_max_bytes: int = Field(
        10_000_000, ge=1_000, description="Largest file that may be sent in a chat, in bytes."
    )
    stop_seconds: float = Field(10, ge=0, le=60, description="Time sockets and requests get to end at a graceful stop.")
    presence_grace_seconds: int = Field(
        45, ge=1, le=600, description="How long an agent may be away from the network before his chats move on."
    )
    visitor_offer_grace_seconds: int = Field(
        30, ge=1, le=600, description="How long the offer of a visitor who dropped out of the queue stays."
    )
    visitor_place_grace_seconds: int = Field(
        300, ge=1, le=3600, description="How long a visitor who dropped out of the queue keeps his place."
    )
    short_abandon_seconds: int = Field(
        5, ge=0, le=300, description="Who leaves the queue sooner than this is a short abandon, which is counted apart."
    )
    centre_loss_percent: int = Field(
        0,
        ge=0,
        le=100,
        description="Share of a centre's screens in percent that must go out together for it to be down; 0: never.",
    )
    routing: Literal["auto", "matched", "pulled"] = Field(
        "auto",
        description="How work is given out. matched: by one process that sees all of it; pulled: each process lets "
        "free agents pull, which is slower; auto: matched, and pulled while nobody has matched for some seconds.",
    )
    chat_ask_seconds: int = Field(180, ge=1, description="Silence of the visitor after which a chat is asked after.")
    chat_park_seconds: int = Field(300, ge=1, description="Silence of the visitor after which a chat is parked.")
    chat_close_seconds: int = Field(1800, ge=1, description="Silence of the visitor after which a chat is closed.")
    session_hours: int = Field(12, ge=1, le=720, description="Life of an agent's sign-in, in hours.")
    work_poll_seconds: float = Field(
        1, ge=0.05, le=60, description="Longest sleep of a worker that no signal wakes (several processes, no Redis)."
    )

    @property
    def sqlalchemy_url(self) -> str:
        """The database's URL with the async driver named."""
        url = self.database_url or f"sqlite:///{self.data_dir / 'engage.db'}"
        for plain, driver in (
            ("postgres://", "postgresql+asyncpg://"),
            ("postgresql://", "postgresql+asyncpg://"),
            ("sqlite://", "sqlite+aiosqlite://"),
        ):
            if url.startswith(plain):
                return driver + url.removeprefix(plain)
        return url

    @property
    def own_url(self) -> str:
        """The address for links in mails, without a slash at its end."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def upload_dir(self) -> Path:
        return self.data_dir / "uploads"

    @property
    def mail_dir(self) -> Path:
        """Mails as they came."""
        return self.data_dir / "mails"


SETTINGS = web.AppKey("settings", Settings)
