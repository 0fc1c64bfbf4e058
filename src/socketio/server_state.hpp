#pragma once

#include <cstddef>
#include <exception>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "net/async/task_group.hpp"
#include "net/task.hpp"
#include "socketio/options.hpp"

namespace guildhall::socketio {

class Namespace;

/// What a server shares with its namespaces and their sockets, which may outlive it.
struct Context {
  Options options;
  std::vector<net::Executor> loops;
  base::Log log;

  /// Runs a handler of the application. An exception is logged with the handler's name, `what`.
  template <class Handler>
  void run_handler(std::string_view what, std::string_view nsp, Handler&& handler) const {
    try {
      handler();
    } catch (const std::exception& failure) {
      log.error("Exception in a handler", {{"handler", what}, {"namespace", nsp}, {"error", failure.what()}});
    }
  }
};

/// What a server shares with its clients.
struct ServerState {
  std::shared_ptr<const Context> context;
  std::map<std::string, std::shared_ptr<Namespace>, std::less<>> namespaces;
  std::vector<std::unique_ptr<net::TaskGroup>> middleware_runs;  ///< By event loop; used only there.
};

}  // namespace guildhall::socketio
