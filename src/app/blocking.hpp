#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <utility>

#include "net/task.hpp"

namespace guildhall::app {

/// Runs a task to its end on an event loop of its own, and returns or throws what it does. For the time before event
/// loops run, and for commands that need none.
template <class T>
T run_blocking(net::Task<T> task) {
  boost::asio::io_context loop;
  auto outcome = boost::asio::co_spawn(loop, std::move(task), boost::asio::use_future);
  loop.run();
  return outcome.get();
}

}  // namespace guildhall::app
