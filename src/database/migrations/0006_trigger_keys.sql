-- What triggers are compared by, see base/text/word_key.hpp; the program fills it in at its start where it is empty.

ALTER TABLE commands ADD COLUMN trigger_key VARCHAR(255) {binary} NOT NULL DEFAULT '';

ALTER TABLE commands ADD COLUMN case_sensitive BOOLEAN NOT NULL DEFAULT 0;

CREATE INDEX commands_by_key ON commands (trigger_key, guild_id);

-- A prefix may be a custom emoji.
{server}ALTER TABLE guilds MODIFY prefix VARCHAR(80) {binary} NOT NULL DEFAULT '!';
