-- Uses of commands, counted by the UTC day; `day` counts from 1970-01-01. The key answers for one guild without a look
-- at the others. Rows outlive their command, so that the sums of past days stay.

CREATE TABLE command_uses (
  guild_id        {id} NOT NULL,
  `day`           BIGINT NOT NULL,
  command_id      {id} NOT NULL,
  uses            BIGINT NOT NULL,
  failures        BIGINT NOT NULL,
  last_failure_at {time},
  last_failure    VARCHAR(300),
  PRIMARY KEY (guild_id, `day`, command_id)
);

CREATE INDEX command_uses_by_day ON command_uses (`day`);
