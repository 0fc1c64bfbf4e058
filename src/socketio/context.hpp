#pragma once

#include <cstddef>
#include <exception>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "net/task.hpp"
#include "socketio/options.hpp"

namespace guildhall::socketio {

/// What all parts of a server share.
struct Context {
  Options options;
  std::vector<net::Executor> loops;
  base::Log log;

  /// Runs a handler of the application; an exception that it lets out is logged as a failure of `what`.
  template <class Action>
  void guard(std::string_view what, std::string_view nsp, Action&& action) const {
    try {
      action();
    } catch (const std::exception& failure) {
      log.error("A handler let an exception out", {{"handler", what}, {"namespace", nsp}, {"error", failure.what()}});
    }
  }
};

}  // namespace guildhall::socketio
