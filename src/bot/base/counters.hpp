#pragma once

#include <atomic>
#include <cstdint>

namespace guildhall::bot {

/// What the bot has done since the start, for /metrics.
struct BotStats {
  std::uint64_t messages = 0;       ///< MESSAGE_CREATE events.
  std::uint64_t matched = 0;        ///< Messages that asked for a custom command.
  std::uint64_t answered = 0;       ///< Of these: answers that Discord took.
  std::uint64_t cooled_down = 0;    ///< Ignored, since their author or guild had too many answers lately.
  std::uint64_t not_permitted = 0;  ///< In channels where the bot may not speak.
  std::uint64_t empty = 0;          ///< With nothing to say.
  std::uint64_t dropped = 0;        ///< Dropped, since too many waited.
  std::uint64_t failed = 0;         ///< Answers that failed otherwise.
  std::uint64_t interactions = 0;   ///< Slash commands that were used.
  std::uint64_t interactions_failed = 0;
  std::uint64_t under_way = 0;  ///< Answers that are being made or wait for it, now.
};

/// Where it is counted: by one thread, while any may read.
struct BotCounters {
  std::atomic<std::uint64_t> messages{0};
  std::atomic<std::uint64_t> matched{0};
  std::atomic<std::uint64_t> answered{0};
  std::atomic<std::uint64_t> cooled_down{0};
  std::atomic<std::uint64_t> not_permitted{0};
  std::atomic<std::uint64_t> empty{0};
  std::atomic<std::uint64_t> dropped{0};
  std::atomic<std::uint64_t> failed{0};
  std::atomic<std::uint64_t> interactions{0};
  std::atomic<std::uint64_t> interactions_failed{0};
  std::atomic<std::uint64_t> under_way{0};

  [[nodiscard]] BotStats read() const {
    return {messages, matched, answered,     cooled_down,         not_permitted, empty,
            dropped,  failed,  interactions, interactions_failed, under_way};
  }
};

}  // namespace guildhall::bot
