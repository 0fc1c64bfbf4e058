-- Discord's tokens, encrypted, of session tokens that have no room for them.

CREATE TABLE kept_tokens (
  id            VARCHAR(128) {binary} NOT NULL PRIMARY KEY,
  access_token  {text} NOT NULL,
  refresh_token {text} NOT NULL,
  expires_at    {time} NOT NULL
);

CREATE INDEX kept_tokens_by_expiry ON kept_tokens (expires_at);
