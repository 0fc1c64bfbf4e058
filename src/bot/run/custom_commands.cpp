#include "bot/run/custom_commands.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/stacktrace/stack_trace.hpp"
#include "bot/match/arguments.hpp"
#include "database/errors.hpp"
#include "database/models/command_repository.hpp"
#include "discord/rest/discord_api.hpp"
#include "discord/rest/errors.hpp"

namespace guildhall::bot {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using discord::ErrorCode;

/// People and guilds whose cooldowns are remembered.
constexpr std::size_t remembered = 20'000;
/// For what the database has to say about a guild that was changed just now.
constexpr std::chrono::seconds change_limit{5};
/// While too much waits, the log says so this often.
constexpr std::chrono::seconds between_drop_lines{10};
/// A reply takes the right to read the channel's history; an ordinary message does not.
constexpr auto cannot_reply = static_cast<ErrorCode>(160002);

std::chrono::steady_clock::time_point now() { return std::chrono::steady_clock::now(); }

}  // namespace

CustomCommands::CustomCommands(Parts parts)
    : home_(std::move(parts.home)),
      api_(parts.api),
      book_(parts.book),
      commands_(parts.commands),
      ids_(parts.ids),
      calls_(parts.calls),
      counters_(parts.counters),
      clock_(parts.clock),
      log_(std::move(parts.log)),
      options_(parts.options),
      person_cooldown_(options_.per_person, remembered),
      guild_cooldown_(options_.per_guild, remembered),
      responses_(options_.response_cache),
      idle_(home_, asio::steady_timer::time_point::max()) {}

void CustomCommands::on_message(const discord::IncomingMessage& message, discord::EventPosition place) {
  ++counters_.messages;
  if (!options_.enabled || !message.guild || !message.by_person()) return;
  const bool current = book_.current(*message.guild);
  if (current) {
    if (!book_.match(*message.guild, message.content)) return;
    if (!allow(message.author, *message.guild)) return;
  }
  add({message.id, message.channel, *message.guild, message.author, place, std::string(message.content), current});
}

bool CustomCommands::allow(base::UserId author, base::GuildId guild) {
  ++counters_.matched;
  if (person_cooldown_.take(author.value(), now()) && guild_cooldown_.take(guild.value(), now())) return true;
  ++counters_.cooled_down;
  return false;
}

void CustomCommands::add(Asked asked) {
  unanswered_.insert(asked.place);
  if (running_ < options_.under_way) {
    ++running_;
    asio::co_spawn(home_, serve(std::move(asked)), asio::detached);
    return count_under_way();
  }
  if (waiting_.size() >= options_.waiting) drop_oldest();
  waiting_.push_back(std::move(asked));
  count_under_way();
}

void CustomCommands::drop_oldest() {
  ++counters_.dropped;
  unanswered_.erase(waiting_.front().place);
  waiting_.pop_front();
  if (now() < next_drop_line_) return;
  next_drop_line_ = now() + between_drop_lines;
  log_.warn("Too many messages wait for an answer: the oldest get none",
            {{"waiting", waiting_.size()}, {"dropped", counters_.dropped.load()}});
}

net::Task<> CustomCommands::serve(Asked asked) {
  for (;;) {
    auto answering = try_answer(asked);
    co_await std::move(answering);
    unanswered_.erase(asked.place);
    if (waiting_.empty()) break;
    asked = std::move(waiting_.front());
    waiting_.pop_front();
    count_under_way();
  }
  --running_;
  count_under_way();
  if (running_ == 0) idle_.cancel();
}

void CustomCommands::count_under_way() { counters_.under_way = running_ + waiting_.size(); }

std::optional<std::uint64_t> CustomCommands::first_unanswered(unsigned shard) const {
  const auto first = unanswered_.lower_bound({shard, 0});
  if (first == unanswered_.end() || first->shard != shard) return std::nullopt;
  return first->sequence;
}

net::Task<> CustomCommands::finished(std::chrono::milliseconds limit) {
  if (running_ == 0) co_return;
  idle_.expires_after(limit);
  boost::system::error_code cancelled;
  co_await idle_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

net::Task<> CustomCommands::try_answer(const Asked& asked) {
  try {
    auto answering = answer(asked);
    co_await std::move(answering);
  } catch (const database::Unavailable&) {
    ++counters_.failed;
    log_.warn("A custom command is not answered, the database is away",
              {{"guild", asked.guild}, {"channel", asked.channel}});
  } catch (const std::exception& exception) {
    ++counters_.failed;
    log_.error("A custom command failed", {{"guild", asked.guild}, {"reason", exception.what()}},
               base::StackTrace::of(std::current_exception()));
  }
}

net::Task<> CustomCommands::answer(const Asked& asked) {
  if (!asked.allowed) {
    // Something in the guild has been changed: what is in memory counts again once that is known.
    auto waiting = book_.wait_until_current(asked.guild, change_limit);
    co_await std::move(waiting);
  }
  const auto match = book_.match(asked.guild, asked.content);
  if (!match || (!asked.allowed && !allow(asked.author, asked.guild))) co_return;
  if (quiet_.contains(asked.channel, now())) {
    ++counters_.not_permitted;
    co_return;
  }
  auto finding = find_response(asked, *match);
  const auto response = co_await std::move(finding);
  if (!response) co_return;
  auto message = render(asked, *match, *response);
  if (!message) {
    ++counters_.empty;
    log_.warn("A custom command had nothing to say",
              {{"guild", asked.guild}, {"channel", asked.channel}, {"command", match->trigger}});
    co_return;
  }
  auto sending = send(asked, std::move(*message));
  const auto sent = co_await std::move(sending);
  if (sent) {
    ++counters_.answered;
  } else {
    note(asked, match->trigger, sent.error());
  }
}

net::Task<std::shared_ptr<const Response>> CustomCommands::find_response(const Asked& asked, Match match) {
  if (auto known = responses_.find(match.command, match.revision)) co_return known;
  auto finding = commands_.find(asked.guild, match.command);
  const auto command = co_await std::move(finding);
  if (!command) co_return nullptr;  // deleted just now
  auto parsed = Response::parse(command->response);
  if (!parsed) {
    ++counters_.failed;
    log_.error("A custom command has a response that Discord would not take",
               {{"guild", asked.guild}, {"command", match.trigger}, {"reason", parsed.error().message}});
    co_return nullptr;
  }
  auto response = std::make_shared<const Response>(std::move(*parsed));
  responses_.put(command->id, command->revision, response);
  co_return response;
}

std::optional<json::object> CustomCommands::render(const Asked& asked, const Match& match, const Response& response) {
  const auto arguments = split_arguments(match.arguments);
  const auto& components = response.components();
  const bool keep = components.run_scripts() && !arguments.empty();
  ComponentOrigin origin{asked.guild, match.command, match.revision, asked.author, {}, clock_.now()};
  if (keep) origin.call = asked.message;
  auto message = response.render(arguments, ids_, origin);
  if (message && keep) {
    calls_.keep({asked.message,
                 match.command,
                 asked.author,
                 {arguments.begin(), arguments.end()},
                 components.lifetime().value_or(CommandInvocations::retention)});
  }
  return message;
}

/// As a reply that pings nobody, or where the message is gone or a reply is not allowed, as an ordinary message. The
/// nonce lets Discord make one message of it however often it is sent.
net::Task<base::Result<json::object>> CustomCommands::send(const Asked& asked, json::object message) {
  const std::string id = asked.message.to_string();
  message.emplace("nonce", id);
  message.emplace("enforce_nonce", true);
  json::object reply = message;
  reply.emplace("message_reference", json::object{{"message_id", id}, {"fail_if_not_exists", false}});
  auto replying = api_.create_message(asked.channel, std::move(reply));
  auto sent = co_await std::move(replying);
  if (sent || discord::discord_code(sent.error()) != cannot_reply) co_return sent;
  auto sending = api_.create_message(asked.channel, std::move(message));
  co_return co_await std::move(sending);
}

void CustomCommands::note(const Asked& asked, std::string_view trigger, const base::Error& error) {
  const auto code = discord::discord_code(error);
  if (code == ErrorCode::missing_permissions || code == ErrorCode::missing_access) {
    ++counters_.not_permitted;
    quiet_.add(asked.channel, now());
    log_.warn(
        "The bot may not speak in this channel; it needs the permissions View Channel, Send Messages, and "
        "Embed Links for embeds",
        {{"guild", asked.guild}, {"channel", asked.channel}, {"command", trigger}});
    return;
  }
  ++counters_.failed;
  log_.warn("A custom command could not be answered",
            {{"guild", asked.guild}, {"channel", asked.channel}, {"command", trigger}, {"reason", error.message}});
}

}  // namespace guildhall::bot
