"""config.toml as one frozen value; read by the root and the commands alone."""

from monitor.config.addresses import hide_address
from monitor.config.find import Found, find, state_folder
from monitor.config.load import config_of, load, read
from monitor.config.salvage import operators_in
from monitor.config.secrets import Secret
from monitor.config.values import (
    Config,
    DatabaseSettings,
    DisplaySettings,
    FetchSettings,
    LogSettings,
    PublishSettings,
    RetentionSettings,
    RuleSettings,
    WebSettings,
)

__all__ = [
    "Config",
    "DatabaseSettings",
    "DisplaySettings",
    "FetchSettings",
    "Found",
    "LogSettings",
    "PublishSettings",
    "RetentionSettings",
    "RuleSettings",
    "Secret",
    "WebSettings",
    "config_of",
    "find",
    "hide_address",
    "load",
    "operators_in",
    "read",
    "state_folder",
]
