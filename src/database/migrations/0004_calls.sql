-- With which arguments a command was called, for the scripts of its answer's components. `id` is the calling message's.

CREATE TABLE calls (
  id         {id} NOT NULL PRIMARY KEY,
  command_id {id} NOT NULL,
  user_id    {id} NOT NULL,
  args       {json} NOT NULL CHECK (json_valid(args)),
  created_at {time} NOT NULL,
  expires_at {time} NOT NULL,
  FOREIGN KEY (command_id) REFERENCES commands (id) ON DELETE CASCADE
);

CREATE INDEX calls_by_command ON calls (command_id);

CREATE INDEX calls_by_expiry ON calls (expires_at);
