#pragma once

#include <memory>
#include <utility>

#include "net/task.hpp"
#include "vm/script.hpp"
#include "vm/script_host.hpp"

namespace guildhall::bot {

/// Runs components' scripts. For the bot's event loop.
class Scripts {
 public:
  virtual ~Scripts() = default;

  /// As vm::ScriptHost::run.
  [[nodiscard]] virtual net::Task<vm::Outcome> run(vm::ScriptRun run, std::shared_ptr<vm::HostCalls> world) = 0;
};

/// In the sandbox.
class SandboxedScripts final : public Scripts {
 public:
  /// `host` outlives this.
  explicit SandboxedScripts(vm::ScriptHost& host) : host_(host) {}

  [[nodiscard]] net::Task<vm::Outcome> run(vm::ScriptRun run, std::shared_ptr<vm::HostCalls> world) override {
    return host_.run(std::move(run), std::move(world));
  }

 private:
  vm::ScriptHost& host_;
};

}  // namespace guildhall::bot
