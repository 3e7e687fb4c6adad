"""A face of App: pages on which readers answer alerts, by the links in messages. Off unless [web] public_url is set."""
