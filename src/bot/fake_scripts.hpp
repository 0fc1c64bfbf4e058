#pragma once

// Scripts as the tests of this folder want them.

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "bot/run/scripts.hpp"

namespace guildhall::bot::testing {

/// Does in place of each script what the test says, at first nothing.
class FakeScripts final : public Scripts {
 public:
  std::function<net::Task<vm::Outcome>(vm::ScriptRun, std::shared_ptr<vm::HostCalls>)> next;
  std::vector<vm::ScriptRun> runs;

  [[nodiscard]] net::Task<vm::Outcome> run(vm::ScriptRun run, std::shared_ptr<vm::HostCalls> world) override {
    runs.push_back(run);
    return next ? next(std::move(run), std::move(world)) : nothing();
  }

 private:
  static net::Task<vm::Outcome> nothing() { co_return vm::Outcome{}; }
};

}  // namespace guildhall::bot::testing
