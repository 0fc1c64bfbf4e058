#include "app/database_module.hpp"

namespace guildhall::app {

database::Options database_options(const config::Db& config) {
  database::Options options;
  options.dialect = config.dialect;
  options.storage = config.storage;
  if (config.dialect == config::Dialect::sqlite) return options;
  options.server = {config.host, config.port, config.user, config.pass, config.name, config.tls_ca};
  options.readers = config.pool - 2U;  // One connection writes, one polls the change feed.
  return options;
}

DatabaseModule::DatabaseModule(const config::Db& config, const base::Clock& clock, const base::Log& log)
    : database(database::Database::open(database_options(config), clock, log)),
      users(*database),
      guilds(*database),
      commands(*database),
      invocations(*database),
      uses(*database),
      token_denylist(*database),
      kept_tokens(*database),
      sessions(*database),
      logs(*database),
      gateway_sessions(*database) {}

}  // namespace guildhall::app
