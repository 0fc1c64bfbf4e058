-- Whether the bot answers a command. One that is switched off keeps its trigger.

ALTER TABLE commands ADD COLUMN enabled BOOLEAN NOT NULL DEFAULT 1;
