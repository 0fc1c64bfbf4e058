#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/lru_map.hpp"
#include "bot/counters.hpp"
#include "bot/events/unhandled_events.hpp"
#include "bot/match/cooldown.hpp"
#include "bot/match/triggers.hpp"
#include "discord/cache/guild_cache.hpp"
#include "discord/model/event_reader.hpp"
#include "net/async/gate.hpp"
#include "net/task.hpp"

namespace guildhall::bot {

class CommandIndex;
class CommandRunner;

struct MessageCommandOptions {
  bool enabled = true;   ///< Otherwise messages are only counted.
  bool prefixes = true;  ///< Otherwise a message must begin with a mention of the bot.
  Rate per_user{5, std::chrono::seconds(2)};
  Rate per_guild{40, std::chrono::milliseconds(200)};
  std::size_t max_in_flight = 1000;  ///< Messages that are answered at the same time.
  std::size_t max_waiting = 4000;    ///< Messages that wait for that, at least 1; beyond, the oldest is dropped.
};

/// Runs the custom commands that messages start. For one event loop.
class MessageCommands {
 public:
  struct Parts {
    net::Executor home;
    CommandIndex& index;
    CommandRunner& runner;
    UnhandledEvents& unhandled;
    const discord::GuildCache& cache;
    BotCounters& counters;
    base::Log log;
    MessageCommandOptions options{};
  };

  /// The references outlive this, and this outlives the loop's run.
  explicit MessageCommands(Parts parts);

  /// Decides from memory whether the message starts a command; that allocates nothing if it does not. The response
  /// follows later.
  void on_message(const discord::IncomingMessage& message, discord::EventPosition place);

  /// The message says something else since `edited`. It counts like a new one if that is within a minute of its making,
  /// and it has not been answered before. What this process does not remember of that, Discord does: the nonce of a
  /// response is its message's id.
  void on_edit(const discord::IncomingMessage& message, base::Timestamp edited, discord::EventPosition place);

  /// Waits until no message is in flight or `limit` has passed.
  [[nodiscard]] net::Task<bool> drain(std::chrono::milliseconds limit) const { return in_flight_.drain(limit); }

 private:
  /// A message that may start a command.
  struct Pending {
    discord::MessageId message;
    discord::ChannelId channel;
    base::GuildId guild;
    base::UserId author;
    discord::EventPosition place;
    std::string content;
    discord::UserFace face;
    bool allowed = false;  ///< It starts a command, and no cooldown is in the way.
  };

  /// For a message that is not known to have been answered.
  void consider(const discord::IncomingMessage& message, discord::EventPosition place);
  [[nodiscard]] bool is_answered(discord::MessageId message) { return answered_.find(message) != nullptr; }
  [[nodiscard]] std::optional<Match> find(base::GuildId guild, std::string_view content) const;
  void enqueue(Pending message);
  void drop_oldest();
  void update_count();

  /// Answers this message, then others while some wait.
  [[nodiscard]] net::Task<> serve(Pending message, net::Gate::Holder in_flight);
  [[nodiscard]] net::Task<> try_answer(const Pending& message);
  [[nodiscard]] net::Task<> answer(const Pending& message);

  struct Answered {};

  const Parts parts_;
  discord::EventReader authors_;                         // not the events' own: that one's content is in use
  base::LruMap<discord::MessageId, Answered> answered_;  // those of the last minute are enough
  net::Gate in_flight_;
  std::deque<Pending> waiting_;
  std::chrono::steady_clock::time_point next_drop_log_{};
};

}  // namespace guildhall::bot
