#include "app/log_history.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "database/errors.hpp"
#include "database/models/log_repository.hpp"
#include "logger/log_feed.hpp"

namespace guildhall::app {

std::vector<database::Log> read_log_history(database::LogRepository& repository) {
  database::LogFilter filter;
  filter.limit = logger::LogFeed::history_length;
  // The event loops are not running yet.
  boost::asio::io_context loop{1};
  auto listing = boost::asio::co_spawn(loop, repository.list(std::move(filter)), boost::asio::use_future);
  loop.run();
  try {
    auto logs = listing.get();
    std::ranges::reverse(logs);
    return logs;
  } catch (const database::Unavailable&) {
    return {};
  }
}

}  // namespace guildhall::app
