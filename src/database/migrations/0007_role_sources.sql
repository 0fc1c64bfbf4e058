-- Where a role came from: 'list' is ADMIN_USER_IDS, and goes with it; 'login' is everybody's; 'added' and 'adopted' stay.
-- The default is what a previous version of the program, which grants ADMIN by the list alone, means.

ALTER TABLE user_roles ADD COLUMN source VARCHAR(16) NOT NULL DEFAULT 'list';

UPDATE roles SET name = 'USER' WHERE LOWER(name) = 'user';

INSERT INTO roles (name) SELECT 'USER' FROM roles WHERE name = 'ADMIN' AND NOT EXISTS
  (SELECT 1 FROM roles AS known WHERE known.name = 'USER');

UPDATE user_roles SET source = 'adopted' WHERE role_id NOT IN (SELECT id FROM roles WHERE name = 'ADMIN');

INSERT INTO user_roles (user_id, role_id, source)
  SELECT users.id, roles.id, 'login' FROM users JOIN roles ON roles.name = 'USER'
  WHERE NOT EXISTS (SELECT 1 FROM user_roles AS held WHERE held.user_id = users.id AND held.role_id = roles.id);
