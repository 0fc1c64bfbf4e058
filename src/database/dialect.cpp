#include "database/dialect.hpp"

#include "database/sqlite_dialect.hpp"

namespace guildhall::database {

std::unique_ptr<Dialect> make_dialect(const Options& options) {
  if (options.dialect != config::Dialect::sqlite) {
    throw StartError("This build cannot use " + std::string(config::to_string(options.dialect)) +
                     " yet: set DB_DIALECT=sqlite.");
  }
  return std::make_unique<SqliteDialect>(options);
}

}  // namespace guildhall::database
