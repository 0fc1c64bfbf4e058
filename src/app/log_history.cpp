#include "app/log_history.hpp"

#include <algorithm>

#include "app/blocking.hpp"
#include "database/errors.hpp"
#include "database/models/log_repository.hpp"
#include "logger/log_feed.hpp"

namespace guildhall::app {

std::vector<database::Log> read_log_history(database::LogRepository& repository) {
  database::LogFilter filter;
  filter.limit = logger::LogFeed::history_length;
  try {
    auto logs = run_blocking(repository.list(std::move(filter)));
    std::ranges::reverse(logs);
    return logs;
  } catch (const database::Unavailable&) {
    return {};
  }
}

}  // namespace guildhall::app
