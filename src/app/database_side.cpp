#include "app/database_side.hpp"

namespace guildhall::app {
namespace {

database::Options options_from(const config::Db& config) {
  database::Options options;
  options.dialect = config.dialect;
  options.storage = config.storage;
  return options;
}

}  // namespace

DatabaseSide::DatabaseSide(const config::Db& config, const base::Clock& clock, const base::Log& log)
    : database(database::Database::open(options_from(config), clock, log)),
      users(*database),
      guilds(*database),
      commands(*database),
      calls(*database),
      spent_tokens(*database),
      logs(*database),
      gateway_sessions(*database) {}

}  // namespace guildhall::app
