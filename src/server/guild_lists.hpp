#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "api/guild_lists.hpp"
#include "base/clock.hpp"
#include "base/lru_map.hpp"
#include "base/result.hpp"
#include "discord/rest/client.hpp"
#include "net/async/single_flight.hpp"

namespace guildhall::server {

/// What people pick from in a guild that the bot is in: channels, roles, emojis and members, as Discord lists them for
/// the bot. Each list is cached for a moment and fetched once however many ask. Any event loop may ask.
class GuildLists {
 public:
  enum class List : std::uint8_t { channels, roles, emojis };
  /// A list as the API shows it. Errc::not_found if the bot is not in the guild any more, unavailable, bad_upstream.
  using Json = base::Result<std::shared_ptr<const std::string>>;

  /// How long a list is shown without asking Discord again: while somebody types into a field, or opens one after the
  /// other.
  static constexpr std::chrono::seconds fresh_for{10};
  /// The oldest list that is shown when Discord does not answer.
  static constexpr std::chrono::hours shown_for{1};
  /// Bytes of JSON that are cached.
  static constexpr std::size_t capacity = 4UL << 20;

  /// `home` as of net::SingleFlight. What is given by reference outlives this.
  GuildLists(net::Executor home, const base::Clock& clock, discord::RestClient& rest);

  [[nodiscard]] net::Task<Json> list(base::GuildId guild, List list);
  [[nodiscard]] net::Task<Json> members(base::GuildId guild, api::MemberQuery query);

 private:
  using Fetch = std::function<net::Task<base::Result<std::string>>()>;
  struct Entry {
    std::shared_ptr<const std::string> json;
    std::chrono::steady_clock::time_point fetched;
  };

  [[nodiscard]] net::Task<Json> find(std::string key, Fetch fetch);
  [[nodiscard]] net::Task<Json> fetch_unless_cached(std::string key, Fetch fetch);
  /// The entry of `key` if it is younger than `max_age`.
  [[nodiscard]] std::shared_ptr<const std::string> cached(const std::string& key, std::chrono::seconds max_age);
  [[nodiscard]] net::Task<base::Result<std::string>> fetch(base::GuildId guild, List list);
  [[nodiscard]] net::Task<base::Result<std::string>> fetch_members(base::GuildId guild, api::MemberQuery query);

  const base::Clock& clock_;
  discord::RestClient& rest_;
  net::SingleFlight<std::string, Json> flights_;
  std::mutex mutex_;
  base::LruMap<std::string, Entry> entries_{capacity};
};

}  // namespace guildhall::server
