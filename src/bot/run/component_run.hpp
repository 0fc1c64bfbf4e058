#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "bot/components/script_messages.hpp"
#include "bot/counters.hpp"
#include "bot/run/run_report.hpp"
#include "discord/interaction/interaction_response.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/async/event.hpp"
#include "net/async/gate.hpp"
#include "net/task.hpp"
#include "vm/script.hpp"

namespace guildhall::bot {

/// Executes the calls of a component's script against Discord, and defers the response if the script is late. For one
/// event loop, the script host's. Kept by shared_ptr, as its tasks hold it.
class ComponentRun final : public vm::HostCalls, public std::enable_shared_from_this<ComponentRun> {
 public:
  struct Parts {
    net::Executor home;
    discord::DiscordApi& api;
    BotCounters& counters;
    const base::Clock& clock;
    discord::InteractionId interaction;
    discord::ApplicationId application;
    base::Secret token;
    ComponentOrigin origin;  ///< Of components in the script's messages; `now` is set for each message.
    ScriptMessages messages;
    std::function<void()> on_response;  ///< Called when Discord has accepted a first response.
  };

  explicit ComponentRun(Parts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] net::Task<base::Result<boost::json::value>> call(vm::Call call) override;
  void console(vm::ConsoleLevel level, std::string text) override { console_.push_back({level, std::move(text)}); }

  /// Defers the response unless there is one after this time.
  void defer_after(std::chrono::milliseconds time);

  /// Call one of these when the script has ended. Both wait for requests in flight; then the first defers the response
  /// if there is none, the second shows the user a sentence. Neither does anything if it is too late.
  [[nodiscard]] net::Task<base::Result<void>> acknowledge();
  [[nodiscard]] net::Task<base::Result<void>> notify_user(std::string sentence);

  /// Whether Discord refused the first response because it was late, or because an earlier run of the program sent one.
  [[nodiscard]] bool too_late() const { return too_late_; }

  /// Parts of the script's messages that were left out, because Discord refuses them.
  [[nodiscard]] const discord::RefusedParts& left_out() const { return left_out_; }

  [[nodiscard]] std::vector<RunReport::Line> take_console() { return std::move(console_); }

 private:
  using Request = discord::InteractionResponse::Request;

  static net::Task<> defer_later(std::shared_ptr<ComponentRun> self, std::chrono::milliseconds time);
  [[nodiscard]] net::Task<base::Result<void>> defer();
  [[nodiscard]] net::Task<> end();
  [[nodiscard]] base::Result<discord::InteractionResponse::Call> parse(vm::Call call) const;
  [[nodiscard]] net::Task<base::Result<boost::json::value>> send(Request request);
  [[nodiscard]] net::Task<base::Result<boost::json::value>> execute(const Request& request);
  [[nodiscard]] net::Task<base::Result<boost::json::object>> execute_for_message(const Request& request);

  Parts parts_;
  discord::InteractionResponse response_;
  std::vector<RunReport::Line> console_;
  discord::RefusedParts left_out_;
  net::Gate requests_;
  net::Event ended_;     ///< The script has ended.
  bool is_due_ = false;  ///< The time for a deferral has come.
  bool too_late_ = false;
};

}  // namespace guildhall::bot
