#pragma once

// The script host of this folder's tests.

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "bot/run/component_interactions.hpp"

namespace guildhall::bot::test_support {

/// Runs a function of the test in place of each script; by default nothing.
class FakeScripts {
 public:
  RunScript next;
  std::vector<vm::ScriptRun> runs;

  [[nodiscard]] RunScript runner() {
    return [this](vm::ScriptRun run, std::shared_ptr<vm::HostCalls> host) {
      runs.push_back(run);
      return next ? next(std::move(run), std::move(host)) : nothing();
    };
  }

 private:
  static net::Task<vm::Outcome> nothing() { co_return vm::Outcome{}; }
};

}  // namespace guildhall::bot::test_support
