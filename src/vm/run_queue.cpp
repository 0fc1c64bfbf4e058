#include "vm/run_queue.hpp"

#include <algorithm>

namespace guildhall::vm {

bool RunQueue::enter(std::uint64_t number, base::GuildId guild, Time now) {
  auto& own = guilds_[guild];
  const bool begins = running_.size() + waiting_.size() < limits_.max_running &&
                      own.running + own.waiting.size() < limits_.max_running_per_guild;
  if (!begins && (waiting_.size() >= limits_.max_waiting || own.waiting.size() >= limits_.max_waiting_per_guild)) {
    erase_if_idle(guild);
    return false;
  }
  if (own.waiting.empty()) turns_.push_back(guild);
  own.waiting.push_back(number);
  waiting_.emplace(number, Waiting{guild, now + limits_.max_wait});
  return true;
}

std::optional<std::uint64_t> RunQueue::take() {
  if (running_.size() >= limits_.max_running) return std::nullopt;
  const auto turn = std::find_if(turns_.begin(), turns_.end(), [this](base::GuildId each) {
    return guilds_.at(each).running < limits_.max_running_per_guild;
  });
  if (turn == turns_.end()) return std::nullopt;
  const auto id = *turn;
  auto& guild = guilds_.at(id);
  const auto number = guild.waiting.front();
  turns_.splice(turns_.end(), turns_, turn);  // its next turn comes last
  stop_waiting(number, id);
  ++guild.running;
  running_.emplace(number, id);
  return number;
}

std::optional<std::uint64_t> RunQueue::take_late(Time now) {
  if (next_late() > now) return std::nullopt;
  const auto number = waiting_.begin()->first;
  leave(number);
  return number;
}

RunQueue::Time RunQueue::next_late() const { return waiting_.empty() ? never : waiting_.begin()->second.until; }

void RunQueue::leave(std::uint64_t number) {
  if (const auto at = waiting_.find(number); at != waiting_.end()) {
    const auto guild = at->second.guild;
    stop_waiting(number, guild);
    erase_if_idle(guild);
  } else if (const auto running = running_.find(number); running != running_.end()) {
    const auto guild = running->second;
    running_.erase(running);
    --guilds_.at(guild).running;
    erase_if_idle(guild);
  }
}

void RunQueue::stop_waiting(std::uint64_t number, base::GuildId guild) {
  waiting_.erase(number);
  auto& waiting = guilds_.at(guild).waiting;
  std::erase(waiting, number);
  if (waiting.empty()) turns_.remove(guild);
}

void RunQueue::erase_if_idle(base::GuildId guild) {
  const auto at = guilds_.find(guild);
  if (at != guilds_.end() && at->second.waiting.empty() && at->second.running == 0) guilds_.erase(at);
}

}  // namespace guildhall::vm
