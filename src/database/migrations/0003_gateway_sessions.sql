-- Sessions with Discord's gateway, so that a restart goes on where the program ended. `bot` is a fingerprint of its token.

CREATE TABLE gateway_sessions (
  bot        VARCHAR(64) {binary} NOT NULL,
  shard      BIGINT NOT NULL,
  shards     BIGINT NOT NULL,
  intents    BIGINT NOT NULL,
  session_id VARCHAR(255) {binary} NOT NULL,
  url        VARCHAR(1024) NOT NULL,
  sequence   BIGINT NOT NULL,
  saved_at   {time} NOT NULL,
  PRIMARY KEY (bot, shard)
);

-- When sessions were started in the last 24 hours: too many of them cost the bot its token.
CREATE TABLE gateway_identifies (
  id         {serial},
  bot        VARCHAR(64) {binary} NOT NULL,
  started_at {time} NOT NULL
);

CREATE INDEX gateway_identifies_by_time ON gateway_identifies (bot, started_at);
