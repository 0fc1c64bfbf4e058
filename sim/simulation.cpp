#include "sim/simulation.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::sim {

Simulation::Simulation(World start, const base::Clock& clock)
    : world(start),
      grants(clock, start.application.access_token_lifetime),
      limiter(clock),
      gateway(world, clock),
      feed(world, messages, gateway),
      clock_(clock),
      start_(std::move(start)) {}

std::uint64_t Simulation::new_snowflakes(std::uint64_t count) {
  constexpr std::uint64_t discord_epoch_ms = 1'420'070'400'000;
  const auto since_epoch = static_cast<std::uint64_t>(clock_.now().time_since_epoch().count());
  std::uint64_t first = std::max(last_snowflake_ + 1, (since_epoch - discord_epoch_ms) << 22);
  const auto is_taken = [this](std::uint64_t id) {
    return world.find_user(UserId{id}) != nullptr || world.find_guild(GuildId{id}) != nullptr;
  };
  while (count == 1 && is_taken(first)) ++first;
  last_snowflake_ = first + count - 1;
  return first;
}

void Simulation::reset() {
  gateway.reset();
  world = start_;
  messages.clear();
  attachments.clear();
  interactions.clear();
  commands.clear();
  grants = OAuthGrants(clock_, start_.application.access_token_lifetime);
  limiter = RateLimiter(clock_);
  faults.clear();
  journal.clear();
  feed.world_changed();
}

}  // namespace guildhall::sim
