-- Names in braces are types that each database calls differently; see the dialects.

CREATE TABLE users (
  id            {id} NOT NULL PRIMARY KEY,
  username      VARCHAR(100) NOT NULL,
  global_name   VARCHAR(100),
  avatar        VARCHAR(100),
  email         VARCHAR(320),
  refresh_token {text},
  created_at    {time} NOT NULL,
  updated_at    {time} NOT NULL
);

CREATE TABLE roles (
  id   {serial},
  name VARCHAR(64) NOT NULL UNIQUE
);

INSERT INTO roles (name) VALUES ('ADMIN');

CREATE TABLE user_roles (
  user_id {id} NOT NULL,
  role_id {id} NOT NULL,
  PRIMARY KEY (user_id, role_id),
  FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
  FOREIGN KEY (role_id) REFERENCES roles (id) ON DELETE CASCADE
);

CREATE TABLE guilds (
  id         {id} NOT NULL PRIMARY KEY,
  name       VARCHAR(200) NOT NULL,
  icon       VARCHAR(100),
  prefix     VARCHAR(40) {binary} NOT NULL DEFAULT '!',
  language   VARCHAR(64) NOT NULL DEFAULT 'en',
  left_at    {time},
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL
);

CREATE TABLE commands (
  id          {serial},
  guild_id    {id} NOT NULL,
  `trigger`   VARCHAR(64) {binary} NOT NULL,
  response    {json} NOT NULL CHECK (json_valid(response)),
  interaction {text},
  revision    BIGINT NOT NULL DEFAULT 1,
  created_at  {time} NOT NULL,
  updated_at  {time} NOT NULL,
  UNIQUE (guild_id, `trigger`),
  FOREIGN KEY (guild_id) REFERENCES guilds (id) ON DELETE CASCADE
);

-- Ids are made by those who log; they rise with time.
CREATE TABLE logs (
  id          {id} NOT NULL PRIMARY KEY,
  level       VARCHAR(16) NOT NULL,
  source      VARCHAR(64) NOT NULL DEFAULT '',
  message     {text} NOT NULL,
  `timestamp` {time} NOT NULL,
  stacktrace  {text}
);

-- Ids that must not be accepted again: sessions that were ended, login states that were used.
CREATE TABLE spent_tokens (
  id         VARCHAR(128) {binary} NOT NULL PRIMARY KEY,
  expires_at {time} NOT NULL
);

CREATE INDEX spent_tokens_by_expiry ON spent_tokens (expires_at);

-- What each write changed, for the caches of all processes that share the database. Rows live for minutes.
CREATE TABLE changes (
  seq        {serial},
  entity     INTEGER NOT NULL,
  entity_id  VARCHAR(128) NOT NULL,
  created_at {time} NOT NULL
);
