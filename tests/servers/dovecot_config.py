"""The configuration of a private Dovecot 2.3."""

import grp
import os
import pwd
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Accounts:
    """The system accounts that Dovecot's processes run as."""

    internal: str
    login: str
    mail: str

    @classmethod
    def of_this_process(cls) -> "Accounts":
        """As root three accounts without rights; else everything runs as whoever runs the tests."""
        if os.geteuid() == 0:
            return cls("dovecot", "dovenull", "nobody")
        own = pwd.getpwuid(os.geteuid()).pw_name
        return cls(own, own, own)


@dataclass(frozen=True, slots=True)
class DovecotOptions:
    """What a test wants to be different from a plain server."""

    capability: str = ""  #: announced after login in place of what the server can do
    prefix: str = ""  #: of the personal namespace, "INBOX." say
    separator: str = "/"
    folders: tuple[str, ...] = ()  #: created by the server when first asked for
    quota_bytes: int = 0  #: 0 is without limit
    access_lists: bool = False  #: obey a `dovecot-acl` file in a folder's directory
    token_endpoint: str = ""  #: URL that says whose an OAuth2 access token is (RFC 7662); XOAUTH2 then works
    extra: str = field(default="", repr=False)  #: appended as it is


def configuration(root: Path, imap: int, imaps: int, accounts: Accounts, options: DovecotOptions) -> str:
    """Write the whole configuration; every path stands below `root`."""
    return "\n".join(
        [
            _server(root, imap, imaps, accounts, options),
            _mail(root, accounts, options),
            _plugins(options),
            options.extra,
            "",
        ]
    )


def _server(root: Path, imap: int, imaps: int, accounts: Accounts, options: DovecotOptions) -> str:
    return f"""
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{root}/cert.pem
ssl_key = <{root}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login{" xoauth2 oauthbearer" if options.token_endpoint else ""}
auth_failure_delay = 0
default_internal_user = {accounts.internal}
default_internal_group = {_group(accounts.internal)}
default_login_user = {accounts.login}
mail_max_userip_connections = 100
shutdown_clients = yes
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}"""


def _mail(root: Path, accounts: Accounts, options: DovecotOptions) -> str:
    folders = "\n".join(f'  mailbox "{name}" {{\n    auto = create\n  }}' for name in options.folders)
    prefix = f"  prefix = {options.prefix}\n" if options.prefix else ""
    return f"""
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/maildir
{_tokens(root) if options.token_endpoint else ""}
passdb {{
  driver = static
  args = password=secret
  mechanisms = plain login
}}
userdb {{
  driver = static
  args = uid={accounts.mail} gid={_group(accounts.mail)} home={root}/mail/%u
}}
namespace inbox {{
  inbox = yes
{prefix}  separator = {options.separator}
{folders}
}}"""


def _tokens(root: Path) -> str:
    return f"""
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {root}/oauth2.conf
}}"""


def token_configuration(options: DovecotOptions) -> str:
    """Write how the server finds out about an access token."""
    return f"""
introspection_mode = post
introspection_url = {options.token_endpoint}
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
"""


def _plugins(options: DovecotOptions) -> str:
    names = ["quota"] * bool(options.quota_bytes) + ["acl"] * options.access_lists
    settings = []
    if options.quota_bytes:
        settings += ["quota = count:User quota", "quota_vsizes = yes", "quota_grace = 0"]
        settings.append(f"quota_rule = *:storage={options.quota_bytes}B")
    if options.access_lists:
        settings.append("acl = vfile")
    lines = [f"mail_plugins = {' '.join(names)}", "plugin {", *settings, "}"]
    if options.capability:
        lines += ["protocol imap {", f"imap_capability = {options.capability}", "}"]
    return "\n".join(lines)


def _group(account: str) -> str:
    return grp.getgrgid(pwd.getpwnam(account).pw_gid).gr_name
