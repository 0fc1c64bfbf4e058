#pragma once

#include <string>
#include <vector>

#include "database/adoption/legacy_schema.hpp"

namespace soci {
class session;
}

namespace guildhall::database {
class Dialect;
}

namespace guildhall::database::adoption {

/// What is in the database that `sql` is connected to. Throws soci::soci_error.
[[nodiscard]] Catalogue read_catalogue(soci::session& sql);

/// The names of guildhall's tables, as its migrations make them.
[[nodiscard]] std::vector<std::string> own_tables();

/// Throws StartError with what to do where the database is one that a start must leave alone: one to be taken over, one
/// whose takeover was interrupted, or somebody else's.
void refuse_foreign(soci::session& sql, const Dialect& dialect);

struct Renaming {
  std::string from;
  std::string to;
};

/// Renames tables, all or none. Throws soci::soci_error.
void rename(soci::session& sql, const std::vector<Renaming>& renamings);

/// A name of a table or column in a statement.
[[nodiscard]] std::string quoted(const std::string& name);

}  // namespace guildhall::database::adoption
