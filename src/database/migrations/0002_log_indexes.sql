-- The newest logs of a level, or of a source and a level, without a look at all others.

CREATE INDEX logs_by_level ON logs (level, id);

CREATE INDEX logs_by_source ON logs (source, level, id);
