-- Where people are logged in, so that they can see it and end it. Ended sessions are in spent_tokens.

CREATE TABLE sessions (
  id           VARCHAR(128) {binary} NOT NULL PRIMARY KEY,
  user_id      {id} NOT NULL,
  browser      VARCHAR(100) NOT NULL,
  created_at   {time} NOT NULL,
  last_seen_at {time} NOT NULL,
  expires_at   {time} NOT NULL
);

CREATE INDEX sessions_by_user ON sessions (user_id, last_seen_at);

CREATE INDEX sessions_by_expiry ON sessions (expires_at);
