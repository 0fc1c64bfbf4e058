#include "bot/run/message_commands.hpp"

#include <utility>

#include "base/stacktrace/stack_trace.hpp"
#include "bot/match/command_index.hpp"
#include "bot/run/command_runner.hpp"
#include "database/errors.hpp"
#include "discord/model/snowflake.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {
namespace {

/// How long a message waits for the index to read its guild's changes.
constexpr std::chrono::seconds index_timeout{5};
/// While messages are dropped, the log says so once per this time.
constexpr std::chrono::seconds drop_log_interval{10};
/// A message that is edited later is not looked at again.
constexpr std::chrono::minutes edit_limit{1};
/// More than are answered in that time.
constexpr std::size_t max_answered = 20'000;

}  // namespace

MessageCommands::MessageCommands(Parts parts) : parts_(std::move(parts)), answered_(max_answered) {}

void MessageCommands::on_message(const discord::IncomingMessage& message, discord::EventPosition place) {
  ++parts_.counters.messages;
  consider(message, place);
}

void MessageCommands::on_edit(const discord::IncomingMessage& message, base::Timestamp edited,
                              discord::EventPosition place) {
  if (edited - discord::created_at(message.id) > edit_limit || is_answered(message.id)) return;
  consider(message, place);
}

void MessageCommands::consider(const discord::IncomingMessage& message, discord::EventPosition place) {
  if (!parts_.options.enabled || !message.guild || !message.by_person()) return;
  const bool is_current = parts_.index.is_current(*message.guild);
  if (is_current) {
    if (!find(*message.guild, message.content)) return;
    if (!parts_.runner.allow(message.author, *message.guild)) return;
    answered_.put(message.id, {});
  }
  enqueue({.message = message.id,
           .channel = message.channel,
           .guild = *message.guild,
           .author = message.author,
           .place = place,
           .content = std::string(message.content),
           .face = authors_.author(message.data),
           .allowed = is_current});
}

std::optional<Match> MessageCommands::find(base::GuildId guild, std::string_view content) const {
  Addressing addressing{.bot = parts_.cache.bot(), .prefixes = parts_.options.prefixes};
  if (content.starts_with("<@&")) {
    addressing.bot_role = parts_.cache.role_of_bot(guild).value_or(discord::DiscordRoleId{});
  }
  return parts_.index.match(guild, content, addressing);
}

void MessageCommands::enqueue(Pending message) {
  parts_.unhandled.add(message.place);
  if (in_flight_.in_flight() < parts_.options.max_in_flight) {
    net::spawn(parts_.home, serve(std::move(message), *in_flight_.enter()));
  } else {
    if (waiting_.size() >= parts_.options.max_waiting) drop_oldest();
    waiting_.push_back(std::move(message));
  }
  update_count();
}

void MessageCommands::drop_oldest() {
  auto& dropped = parts_.counters[CommandOutcome::dropped];
  ++dropped;
  parts_.unhandled.remove(waiting_.front().place);
  waiting_.pop_front();
  const auto now = std::chrono::steady_clock::now();
  if (now < next_drop_log_) return;
  next_drop_log_ = now + drop_log_interval;
  parts_.log.warn("Too many messages wait for a response: the oldest are dropped",
                  {{"waiting", waiting_.size()}, {"dropped", dropped.load()}});
}

net::Task<> MessageCommands::serve(Pending message, net::Gate::Holder in_flight) {
  for (;;) {
    co_await try_answer(message);
    parts_.unhandled.remove(message.place);
    if (waiting_.empty()) break;
    message = std::move(waiting_.front());
    waiting_.pop_front();
    update_count();
  }
  { const auto leaving = std::move(in_flight); }
  update_count();
}

void MessageCommands::update_count() { parts_.counters.in_flight = in_flight_.in_flight() + waiting_.size(); }

net::Task<> MessageCommands::try_answer(const Pending& message) {
  try {
    co_await answer(message);
  } catch (const database::Unavailable&) {
    ++parts_.counters[CommandOutcome::failed];
    parts_.log.warn("A custom command got no response: the database is not available",
                    {{"guild", message.guild}, {"channel", message.channel}});
  } catch (const std::exception& exception) {
    ++parts_.counters[CommandOutcome::failed];
    parts_.log.error("A custom command failed", {{"guild", message.guild}, {"reason", exception.what()}},
                     base::StackTrace::of(std::current_exception()));
  }
}

net::Task<> MessageCommands::answer(const Pending& message) {
  // While the guild's changes are being read, nothing in memory counts.
  if (!message.allowed) co_await parts_.index.wait_until_current(message.guild, index_timeout);
  const auto match = find(message.guild, message.content);
  if (!match) co_return;
  if (!message.allowed) {
    if (is_answered(message.message) || !parts_.runner.allow(message.author, message.guild)) co_return;
    answered_.put(message.message, {});
  }
  const Invocation invocation{.id = InvocationId{message.message.value()},
                              .guild = message.guild,
                              .channel = message.channel,
                              .user = message.author,
                              .reply_to = message.message,
                              .face = message.face,
                              .match = *match,
                              .shard = message.place.shard};
  co_await parts_.runner.run(invocation);
}

}  // namespace guildhall::bot
