-- The bytes of a command's texts. The index answers how many bytes a guild has without reading them, and lists its
-- commands in the order of their ids.

ALTER TABLE commands ADD COLUMN size BIGINT NOT NULL DEFAULT 0;

UPDATE commands SET size = (LENGTH(HEX(`trigger`)) + LENGTH(HEX(response)) + LENGTH(HEX(COALESCE(interaction, '')))) / 2;

CREATE INDEX commands_by_guild ON commands (guild_id, id, size);
