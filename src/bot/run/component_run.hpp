#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "bot/counters.hpp"
#include "bot/run/interaction_answer.hpp"
#include "bot/run/run_report.hpp"
#include "bot/run/script_messages.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"
#include "vm/script.hpp"

namespace guildhall::bot {

/// What a component's script does to Discord while it runs, and what is done in its place where it is late. For one
/// event loop, that of the script host. Tasks hold it, so it is kept by shared_ptr.
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
    ComponentOrigin origin;  ///< Of components in the script's messages, but for the time.
    ScriptMessages messages;
    std::function<void()> responded;  ///< Told when Discord has taken a first response.
  };

  explicit ComponentRun(Parts parts);

  [[nodiscard]] net::Task<base::Result<boost::json::value>> call(vm::Call call) override;
  void console(vm::ConsoleLevel level, std::string text) override { console_.push_back({level, std::move(text)}); }

  /// From now on Discord is told that the answer follows where it has not got one after this time.
  void defer_after(std::chrono::milliseconds time);

  /// The script has ended: waits for what is on its way, and then either sees to it that Discord has got a response, or
  /// tells the person a sentence, if it is not too late.
  [[nodiscard]] net::Task<base::Result<void>> acknowledge();
  [[nodiscard]] net::Task<base::Result<void>> tell(std::string sentence);

  /// Whether Discord takes no answer, as too much time has passed, or a former run of the program gave one.
  [[nodiscard]] bool too_late() const { return too_late_; }

  [[nodiscard]] std::vector<RunReport::Line> take_console() { return std::move(console_); }

 private:
  using Request = InteractionAnswer::Request;

  static net::Task<> defer_later(std::shared_ptr<ComponentRun> self, std::chrono::milliseconds time);
  [[nodiscard]] net::Task<base::Result<void>> defer();
  [[nodiscard]] net::Task<> end();
  [[nodiscard]] net::Task<> wait_for_requests();
  [[nodiscard]] base::Result<InteractionAnswer::Said> read(vm::Call call) const;
  [[nodiscard]] net::Task<base::Result<boost::json::value>> send(Request request);
  [[nodiscard]] net::Task<base::Result<boost::json::value>> ask(const Request& request);
  [[nodiscard]] net::Task<base::Result<boost::json::object>> ask_for_message(const Request& request);

  const Parts parts_;
  InteractionAnswer answer_;
  std::vector<RunReport::Line> console_;
  boost::asio::steady_timer deferral_;
  boost::asio::steady_timer sent_;
  unsigned sending_ = 0;
  bool due_ = false;    ///< A response is late.
  bool ended_ = false;  ///< The script has.
  bool too_late_ = false;
};

}  // namespace guildhall::bot
