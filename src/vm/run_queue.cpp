#include "vm/run_queue.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace guildhall::vm {
namespace {

using std::chrono::microseconds;
using Seconds = std::chrono::duration<double>;

/// The half-life with which a guild's processor time is forgotten.
constexpr Seconds half_life{2};
/// What is remembered of a processor that was always used. In seconds.
constexpr double use_of_a_processor = half_life.count() / std::numbers::ln2;
/// A guild is heavy that has used more than this fraction of its share of the processors. Others use some of them, too.
constexpr double heavy_fraction = 0.25;
/// A guild that has used less than this is never heavy. In seconds.
constexpr double min_heavy_use = 0.1;
/// Guilds become heavy, and light again, by time alone.
constexpr std::chrono::milliseconds recheck{10};

}  // namespace

bool RunQueue::enter(std::uint64_t number, base::GuildId guild, Time now) {
  forget_guilds(now);
  auto& own = guilds_[guild];
  if (own.is_absent()) ++present_;
  const bool begins = running_.size() + turns_.size() < limits_.max_running && !own.waits() &&
                      own.running.size() < limits_.max_running_per_guild &&
                      own.running.size() + own.idle < limits_.max_started_per_guild;
  const bool has_room = begins || (own.queued.size() < limits_.max_waiting_per_guild &&
                                   (queued_.size() < limits_.max_waiting || make_room(guild, now)));
  if (!has_room) {
    if (own.is_absent()) --present_;
    return false;
  }
  runs_.emplace(number, Run{.guild = guild});
  queued_.emplace(number, now + limits_.max_wait);
  own.queued.push_back(number);
  enqueue_guild(guild, own);
  return true;
}

std::optional<std::uint64_t> RunQueue::take(Time now) {
  if (turns_.empty()) return std::nullopt;
  const auto heavy_running = static_cast<std::size_t>(std::ranges::count_if(
      running_, [&](std::uint64_t each) { return is_heavy(each, now) || holds_place_too_long(runs_.at(each), now); }));
  // Heavy runs, and those that have held their places too long, do not count against the others' places.
  const bool has_light_place = running_.size() - heavy_running < limits_.max_running;
  const bool has_heavy_place =
      heavy_running < std::max(1U, limits_.max_running / 2) && running_.size() < limits_.max_running;
  // The guild that has used least; of equal ones, the one whose turn it is.
  auto turn = turns_.end();
  double least = 0;
  const double heavy = heavy_use();
  for (auto each = turns_.begin(); each != turns_.end(); ++each) {
    const auto& guild = guilds_.at(*each);
    if (!may_take(guild)) continue;
    const double use = used(guild, now);
    if (!(use >= heavy ? has_heavy_place : has_light_place)) continue;
    if (turn != turns_.end() && use >= least) continue;
    turn = each;
    least = use;
  }
  if (turn == turns_.end()) return std::nullopt;
  if (running_.size() >= 2 * std::size_t{limits_.max_running}) refuse_heaviest(now);
  const auto id = *turn;
  auto& guild = guilds_.at(id);
  auto& from = guild.woken.empty() ? guild.queued : guild.woken;
  const auto number = from.front();
  from.pop_front();
  turns_.splice(turns_.end(), turns_, turn);  // its next turn comes last
  dequeue_guild(id, guild);
  auto& run = runs_.at(number);
  if (run.state == State::queued) {
    queued_.erase(number);
  } else {
    --guild.idle;
    guild.memory -= run.memory;
    idle_memory_ -= run.memory;
    run.memory = 0;
  }
  run.state = State::running;
  run.since = now;
  guild.running.push_back(number);
  running_.push_back(number);
  return number;
}

void RunQueue::idle(std::uint64_t number, std::size_t memory, Time now, std::optional<microseconds> cpu) {
  const auto at = runs_.find(number);
  if (at == runs_.end() || at->second.state != State::running) return;
  auto& run = at->second;
  give_up_place(number, run, now, cpu);
  auto& guild = guilds_.at(run.guild);
  run.state = State::idle;
  run.memory = memory;
  ++guild.idle;
  guild.memory += memory;
  idle_memory_ += memory;
  limit_idle(now);
}

void RunQueue::wake(std::uint64_t number) {
  const auto at = runs_.find(number);
  if (at == runs_.end() || at->second.state != State::idle) return;
  auto& guild = guilds_.at(at->second.guild);
  at->second.state = State::woken;
  guild.woken.push_back(number);
  enqueue_guild(at->second.guild, guild);
}

std::optional<std::uint64_t> RunQueue::take_refused(Time now) {
  if (!queued_.empty() && queued_.begin()->second <= now) refuse(queued_.begin()->first, now);
  if (refused_.empty()) return std::nullopt;
  const auto number = refused_.front();
  refused_.erase(refused_.begin());
  return number;
}

RunQueue::Time RunQueue::next_change(Time now) const {
  auto next = queued_.empty() ? never : queued_.begin()->second;
  if (!turns_.empty() && !running_.empty()) next = std::min(next, now + recheck);
  return next;
}

void RunQueue::leave(std::uint64_t number, Time now, std::optional<microseconds> cpu) {
  const auto at = runs_.find(number);
  if (at == runs_.end()) return;
  auto run = at->second;
  auto& guild = guilds_.at(run.guild);
  switch (run.state) {
    case State::queued:
      queued_.erase(number);
      guild.queued.remove(number);
      break;
    case State::running: give_up_place(number, run, now, cpu); break;
    case State::idle:
    case State::woken:
      charge(run, cpu.value_or(run.cpu), now);
      guild.woken.remove(number);
      --guild.idle;
      guild.memory -= run.memory;
      idle_memory_ -= run.memory;
      break;
  }
  runs_.erase(at);
  dequeue_guild(run.guild, guild);
  if (guild.is_absent()) --present_;
}

bool RunQueue::is_heavy(std::uint64_t number, Time now) const {
  return is_heavy(guilds_.at(runs_.at(number).guild), now);
}

bool RunQueue::may_take(const Guild& guild) const {
  if (guild.running.size() >= limits_.max_running_per_guild) return false;
  return !guild.woken.empty() || guild.running.size() + guild.idle < limits_.max_started_per_guild;
}

double RunQueue::Guild::remembered(Time now) const { return used * std::exp2(-(Seconds(now - used_at) / half_life)); }

double RunQueue::used(const Guild& guild, Time now) const {
  double seconds = guild.remembered(now);
  for (const auto number : guild.running) seconds += Seconds(uncharged(runs_.at(number), now)).count();
  return seconds;
}

double RunQueue::heavy_use() const {
  const auto share = limits_.processors * use_of_a_processor / static_cast<double>(std::max<std::size_t>(present_, 1));
  return std::max(heavy_fraction * share, min_heavy_use);
}

microseconds RunQueue::uncharged(const Run& run, Time now) const {
  return std::clamp(std::chrono::duration_cast<microseconds>(now - run.since), microseconds(0),
                    std::max(max_cpu_ - run.cpu, microseconds(0)));
}

void RunQueue::charge(Run& run, microseconds cpu, Time now) {
  auto& guild = guilds_.at(run.guild);
  guild.used = guild.remembered(now) + Seconds(std::max(cpu - run.cpu, microseconds(0))).count();
  guild.used_at = now;
  run.cpu = std::max(run.cpu, cpu);
}

void RunQueue::give_up_place(std::uint64_t number, Run& run, Time now, std::optional<microseconds> cpu) {
  charge(run, cpu.value_or(run.cpu + uncharged(run, now)), now);
  auto& guild = guilds_.at(run.guild);
  std::erase(guild.running, number);
  std::erase(running_, number);
}

void RunQueue::enqueue_guild(base::GuildId id, const Guild& guild) {
  if (guild.queued.size() + guild.woken.size() == 1) turns_.push_back(id);
}

void RunQueue::dequeue_guild(base::GuildId id, const Guild& guild) {
  if (!guild.waits()) turns_.remove(id);
}

bool RunQueue::make_room(base::GuildId guild, Time now) {
  const auto rank = [&](const Guild& each) { return std::tuple(is_heavy(each, now), each.queued.size()); };
  const auto most = std::max_element(guilds_.begin(), guilds_.end(), [&](const auto& a, const auto& b) {
    return std::tuple(!a.second.queued.empty(), rank(a.second)) < std::tuple(!b.second.queued.empty(), rank(b.second));
  });
  const auto& own = guilds_.at(guild);
  if (most->second.queued.empty() || rank(most->second) <= std::tuple(is_heavy(own, now), own.queued.size() + 1)) {
    return false;
  }
  refuse(most->second.queued.back(), now);
  return true;
}

void RunQueue::limit_idle(Time now) {
  while (idle() > limits_.max_idle || idle_memory_ > limits_.max_idle_memory) {
    const bool by_memory = idle() <= limits_.max_idle;
    const auto size = [&](const Guild& each) { return by_memory ? each.memory : each.idle; };
    std::size_t holds = 0;
    for (const auto& [id, guild] : guilds_) holds = std::max(holds, size(guild));
    // Of those that hold as much: the oldest run, or the one with most memory.
    auto victim = runs_.end();
    for (auto each = runs_.begin(); each != runs_.end(); ++each) {
      const auto& run = each->second;
      if (run.state != State::idle && run.state != State::woken) continue;
      if (size(guilds_.at(run.guild)) != holds) continue;
      if (victim == runs_.end() || (by_memory && run.memory > victim->second.memory)) victim = each;
    }
    refuse(victim->first, now);
  }
}

void RunQueue::refuse_heaviest(Time now) {
  const auto heaviest = std::ranges::max_element(
      running_, {}, [&](std::uint64_t each) { return used(guilds_.at(runs_.at(each).guild), now); });
  refuse(*heaviest, now);
}

void RunQueue::refuse(std::uint64_t number, Time now) {
  leave(number, now);
  refused_.push_back(number);
}

void RunQueue::forget_guilds(Time now) {
  if (guilds_.size() < forget_at_) return;
  constexpr double forgotten = 0.001;
  std::erase_if(guilds_,
                [&](const auto& each) { return each.second.is_absent() && used(each.second, now) < forgotten; });
  forget_at_ = 2 * guilds_.size() + 64;
}

}  // namespace guildhall::vm
