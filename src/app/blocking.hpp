#pragma once

#include <boost/asio/io_context.hpp>
#include <utility>

#include "net/async/future.hpp"

namespace guildhall::app {

/// Runs a task to its end on an event loop of its own, and returns or throws what it does. For the time before event
/// loops run, and for commands that need none.
template <class T>
T run_blocking(net::Task<T> task) {
  boost::asio::io_context loop;
  auto outcome = net::start(loop.get_executor(), std::move(task));
  loop.run();
  return outcome.get();
}

}  // namespace guildhall::app
