#include "sim/simulation.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::sim {

Simulation::Simulation(World start, const base::Clock& clock)
    : world(start),
      grants(clock, start.application.access_token_lifetime),
      limiter(clock),
      feed(world, messages, gateway),
      clock_(clock),
      start_(std::move(start)) {}

std::uint64_t Simulation::new_snowflake() {
  constexpr std::uint64_t discord_epoch_ms = 1'420'070'400'000;
  const auto since_epoch = static_cast<std::uint64_t>(clock_.now().time_since_epoch().count());
  const auto from_time = (since_epoch - discord_epoch_ms) << 22;
  do {
    last_snowflake_ = std::max(last_snowflake_ + 1, from_time);
  } while (world.find_person(UserId{last_snowflake_}) != nullptr ||
           world.find_guild(GuildId{last_snowflake_}) != nullptr);
  return last_snowflake_;
}

void Simulation::reset() {
  world = start_;
  messages.clear();
  interactions.clear();
  grants = OAuthGrants(clock_, start_.application.access_token_lifetime);
  limiter = RateLimiter(clock_);
  faults.clear();
  journal.clear();
}

}  // namespace guildhall::sim
