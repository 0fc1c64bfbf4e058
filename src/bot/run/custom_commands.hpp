#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "base/log.hpp"
#include "base/result.hpp"
#include "bot/components/component_ids.hpp"
#include "bot/counters.hpp"
#include "bot/match/command_index.hpp"
#include "bot/match/cooldown.hpp"
#include "bot/match/forbidden_channels.hpp"
#include "bot/render/response_cache.hpp"
#include "bot/run/command_invocations.hpp"
#include "discord/gateway/dispatch.hpp"
#include "discord/model/event_reader.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"

namespace guildhall::bot {

struct CustomCommandOptions {
  bool enabled = true;  ///< If not, messages are counted and nothing else.
  Rate per_person{5, std::chrono::seconds(2)};
  Rate per_guild{40, std::chrono::milliseconds(200)};
  std::size_t under_way = 1000;            ///< Answers that are made at the same time.
  std::size_t waiting = 4000;              ///< Messages that wait for that, at least 1; then the oldest is dropped.
  std::size_t response_cache = 16U << 20;  ///< Bytes.
};

/// Answers messages that ask for a guild's custom command. For one event loop.
class CustomCommands {
 public:
  struct Parts {
    net::Executor home;
    discord::DiscordApi& api;
    CommandIndex& book;
    database::CommandRepository& commands;
    const ComponentIds& ids;
    CommandInvocations& calls;
    BotCounters& counters;
    const base::Clock& clock;
    base::Log log;
    CustomCommandOptions options{};
  };

  /// What is given by reference outlives this, and this outlives the loop's run.
  explicit CustomCommands(Parts parts);

  /// Decides from memory whether the message asks for something, which costs next to nothing where it does not.
  /// Answers follow.
  void on_message(const discord::IncomingMessage& message, discord::EventPosition place);

  /// As discord::GatewayListener has it.
  [[nodiscard]] std::optional<std::uint64_t> first_unanswered(unsigned shard) const;

  /// Waits until nothing is under way, but not longer than `limit`.
  [[nodiscard]] net::Task<> finished(std::chrono::milliseconds limit);

 private:
  /// A message that may be answered.
  struct Asked {
    discord::MessageId message;
    discord::ChannelId channel;
    base::GuildId guild;
    base::UserId author;
    discord::EventPosition place;
    std::string content;
    bool allowed = false;  ///< It asks for a command, and its author and guild may.
  };

  [[nodiscard]] bool allow(base::UserId author, base::GuildId guild);
  void add(Asked asked);
  void drop_oldest();
  void count_under_way();

  /// Answers this one, and others as long as some wait.
  [[nodiscard]] net::Task<> serve(Asked asked);
  [[nodiscard]] net::Task<> try_answer(const Asked& asked);
  [[nodiscard]] net::Task<> answer(const Asked& asked);
  [[nodiscard]] net::Task<std::shared_ptr<const Response>> find_response(const Asked& asked, Match match);
  /// The answer, with what its components will want to know kept.
  [[nodiscard]] std::optional<boost::json::object> render(const Asked& asked, const Match& match,
                                                          const Response& response);
  [[nodiscard]] net::Task<base::Result<boost::json::object>> send(const Asked& asked, boost::json::object message);
  void note(const Asked& asked, std::string_view trigger, const base::Error& error);

  const net::Executor home_;
  discord::DiscordApi& api_;
  CommandIndex& book_;
  database::CommandRepository& commands_;
  const ComponentIds& ids_;
  CommandInvocations& calls_;
  BotCounters& counters_;
  const base::Clock& clock_;
  const base::Log log_;
  const CustomCommandOptions options_;
  Cooldown person_cooldown_;
  Cooldown guild_cooldown_;
  ForbiddenChannels quiet_;
  ResponseCache responses_;
  std::size_t running_ = 0;
  std::deque<Asked> waiting_;
  std::set<discord::EventPosition> unanswered_;  ///< Of what runs or waits.
  std::chrono::steady_clock::time_point next_drop_line_{};
  boost::asio::steady_timer idle_;
};

}  // namespace guildhall::bot
