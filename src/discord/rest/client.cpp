#include "discord/rest/client.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <functional>
#include <iterator>
#include <utility>

#include "discord/model/fields.hpp"
#include "discord/model/member.hpp"
#include "discord/rest/sender.hpp"
#include "net/form.hpp"

namespace guildhall::discord {
namespace {

using base::Errc;
using base::Error;
using Repeat = RestCall::Repeat;

/// How many guilds a full page has (Discord: resources/user, Get Current User Guilds).
constexpr std::size_t guilds_per_page = 200;

Error not_what_was_asked(std::string_view what) {
  return {Errc::bad_upstream, "Discord answered with something that is not " + std::string(what) + "."};
}

base::Result<boost::json::object> as_object(base::Result<Sender::Answer> answer, std::string_view what) {
  if (!answer) return answer.error();
  auto* object = answer->body.if_object();
  if (object == nullptr) return not_what_was_asked(what);
  return std::move(*object);
}

base::Result<void> as_nothing(const base::Result<Sender::Answer>& answer) {
  if (!answer) return answer.error();
  return {};
}

/// What is gone already has been deleted: by us, when an answer got lost, or by somebody else.
base::Result<void> as_deleted(const base::Result<Sender::Answer>& answer) {
  if (!answer && discord_code(answer.error()) == ErrorCode::unknown_message) return {};
  return as_nothing(answer);
}

std::string messages_of(ChannelId channel) { return "/channels/" + channel.to_string() + "/messages"; }

std::string webhook_of(ApplicationId application, const base::Secret& token) {
  return "/webhooks/" + application.to_string() + "/" + net::encode_component(token.reveal());
}

std::string answer_of(ApplicationId application, const base::Secret& token, std::optional<MessageId> id) {
  return webhook_of(application, token) + "/messages/" + (id ? id->to_string() : "@original");
}

/// A webhook and its token are one limit (Discord: topics/rate-limits).
template <class Tag>
std::uint64_t limit_of(base::Id<Tag> id, const base::Secret& token) {
  return id.value() ^ std::hash<std::string_view>{}(token.reveal());
}

/// Whether a second message with the same nonce would be the first one again (Discord: resources/message, Create
/// Message).
bool is_made_once(const boost::json::object& message) {
  const auto* nonce = message.if_contains("nonce");
  return nonce != nullptr && !nonce->is_null() && flag_field(message, "enforce_nonce").value_or(false);
}

}  // namespace

class RestClient::Impl {
 public:
  explicit Impl(Parts parts)
      : options_(parts.options),
        bot_token_(std::move(parts.bot_token)),
        sender_(std::make_shared<Sender>(parts.http, std::move(parts.api_url), std::move(parts.home),
                                         std::move(parts.log), parts.options)) {}

  [[nodiscard]] Sender& sender() { return *sender_; }

  /// A call of a person, or of the bot by its own token.
  [[nodiscard]] RestCall call(Route route, std::string target, Authorization authorization) const {
    RestCall call;
    call.route = route;
    call.target = std::move(target);
    call.patience = authorization.kind == Authorization::Kind::bearer ? options_.person_patience : options_.patience;
    call.authorization = std::move(authorization);
    call.repeat = Repeat::safe;
    return call;
  }

  [[nodiscard]] RestCall bot_call(Route route, std::string target, std::uint64_t major) const {
    RestCall call =
        this->call(route, std::move(target), {Authorization::Kind::bot, bot_token_.value_or(base::Secret())});
    call.major = major;
    return call;
  }

  /// A call that the token of an interaction allows.
  [[nodiscard]] RestCall interaction_call(Route route, std::string target, std::uint64_t major) const {
    RestCall call;
    call.route = route;
    call.target = std::move(target);
    call.major = major;
    call.patience = options_.patience;
    call.repeat = Repeat::safe;
    return call;
  }

  [[nodiscard]] RestCall callback_call(InteractionId interaction, const base::Secret& token,
                                       const boost::json::object& response, std::string_view query) const {
    auto target =
        "/interactions/" + interaction.to_string() + "/" + net::encode_component(token.reveal()) + "/callback";
    RestCall call = interaction_call(Route::interaction_callback, target.append(query), limit_of(interaction, token));
    call.body = boost::json::serialize(response);
    call.patience = options_.interaction_patience;
    call.done_before = ErrorCode::interaction_already_acknowledged;
    return call;
  }

  [[nodiscard]] net::Task<base::Result<Sender::Answer>> send(RestCall call) {
    const bool as_bot = call.authorization && call.authorization->kind == Authorization::Kind::bot;
    if (as_bot && call.authorization->token.empty()) return refused();
    return sender_->send(std::move(call));
  }

  [[nodiscard]] const RestOptions& options() const { return options_; }

 private:
  static net::Task<base::Result<Sender::Answer>> refused() {
    co_return Error{Errc::unauthenticated, "DISCORD_BOT_TOKEN is not set."};
  }

  const RestOptions options_;
  const std::optional<base::Secret> bot_token_;
  const std::shared_ptr<Sender> sender_;
};

RestClient::RestClient(Parts parts) : impl_(std::make_unique<Impl>(std::move(parts))) {}

RestClient::~RestClient() = default;

std::string user_agent(std::string_view version) {
  return "DiscordBot (https://github.com/guildhall/guildhall, " + std::string(version) + ")";
}

net::Task<base::Result<User>> RestClient::current_user(Authorization authorization) {
  RestCall call = impl_->call(Route::current_user, "/users/@me", std::move(authorization));
  const auto answer = co_await impl_->send(std::move(call));
  if (!answer) co_return answer.error();
  auto user = parse_user(answer->body);
  if (!user) co_return not_what_was_asked("a user");
  co_return std::move(*user);
}

net::Task<base::Result<std::vector<PartialGuild>>> RestClient::current_user_guilds(Authorization authorization,
                                                                                   std::chrono::milliseconds patience) {
  std::vector<PartialGuild> guilds;
  for (;;) {
    const base::GuildId after = guilds.empty() ? base::GuildId{} : guilds.back().id;
    std::string target = "/users/@me/guilds?limit=" + std::to_string(guilds_per_page);
    if (after != base::GuildId{}) target += "&after=" + after.to_string();
    RestCall call = impl_->call(Route::current_user_guilds, std::move(target), authorization);
    call.patience = patience;
    const auto answer = co_await impl_->send(std::move(call));
    if (!answer) co_return answer.error();
    patience -= answer->waited;

    auto page = parse_partial_guilds(answer->body);
    // Ids that do not grow would make the pages go round in a circle.
    const auto ascending = [](const PartialGuild& a, const PartialGuild& b) { return a.id < b.id; };
    const bool last = page && page->size() < guilds_per_page;
    if (!page || (!last && (!std::is_sorted(page->begin(), page->end(), ascending) || page->front().id <= after))) {
      co_return not_what_was_asked("a list of guilds");
    }
    std::move(page->begin(), page->end(), std::back_inserter(guilds));
    if (last) co_return guilds;
  }
}

net::Task<base::Result<GatewayBot>> RestClient::gateway_bot() {
  RestCall call = impl_->bot_call(Route::gateway_bot, "/gateway/bot", 0);
  const auto answer = co_await impl_->send(std::move(call));
  if (!answer) co_return answer.error();
  auto gateway = parse_gateway_bot(answer->body);
  if (!gateway) co_return not_what_was_asked("the address of the gateway");
  co_return std::move(*gateway);
}

net::Task<base::Result<Member>> RestClient::guild_member(base::GuildId guild, base::UserId user) {
  std::string target = "/guilds/" + guild.to_string() + "/members/" + user.to_string();
  RestCall call = impl_->bot_call(Route::guild_member, std::move(target), guild.value());
  call.patience = impl_->options().person_patience;
  const auto answer = co_await impl_->send(std::move(call));
  if (!answer) co_return answer.error();
  auto member = parse_member(answer->body);
  if (!member) co_return not_what_was_asked("a member of a guild");
  co_return std::move(*member);
}

net::Task<base::Result<boost::json::object>> RestClient::create_message(ChannelId channel,
                                                                        boost::json::object message) {
  RestCall call = impl_->bot_call(Route::create_message, messages_of(channel), channel.value());
  call.body = boost::json::serialize(message);
  call.repeat = is_made_once(message) ? Repeat::safe : Repeat::never;
  auto answer = co_await impl_->send(std::move(call));
  co_return as_object(std::move(answer), "a message");
}

net::Task<base::Result<boost::json::object>> RestClient::edit_message(ChannelId channel, MessageId id,
                                                                      boost::json::object message) {
  RestCall call = impl_->bot_call(Route::edit_message, messages_of(channel) + "/" + id.to_string(), channel.value());
  call.body = boost::json::serialize(message);
  auto answer = co_await impl_->send(std::move(call));
  co_return as_object(std::move(answer), "a message");
}

net::Task<base::Result<void>> RestClient::delete_message(ChannelId channel, MessageId id, std::string reason) {
  RestCall call = impl_->bot_call(Route::delete_message, messages_of(channel) + "/" + id.to_string(), channel.value());
  call.reason = std::move(reason);
  const auto answer = co_await impl_->send(std::move(call));
  co_return as_deleted(answer);
}

net::Task<base::Result<boost::json::array>> RestClient::global_commands(ApplicationId application) {
  std::string target = "/applications/" + application.to_string() + "/commands";
  RestCall call = impl_->bot_call(Route::global_commands, std::move(target), 0);
  auto answer = co_await impl_->send(std::move(call));
  if (!answer) co_return answer.error();
  auto* commands = answer->body.if_array();
  if (commands == nullptr) co_return not_what_was_asked("a list of commands");
  co_return std::move(*commands);
}

net::Task<base::Result<void>> RestClient::overwrite_global_commands(ApplicationId application,
                                                                    boost::json::array commands) {
  std::string target = "/applications/" + application.to_string() + "/commands";
  RestCall call = impl_->bot_call(Route::overwrite_global_commands, std::move(target), 0);
  call.body = boost::json::serialize(commands);
  const auto answer = co_await impl_->send(std::move(call));
  co_return as_nothing(answer);
}

net::Task<base::Result<void>> RestClient::respond_to_interaction(InteractionId interaction, base::Secret token,
                                                                 boost::json::object response) {
  RestCall call = impl_->callback_call(interaction, token, response, "");
  const auto answer = co_await impl_->send(std::move(call));
  co_return as_nothing(answer);
}

net::Task<base::Result<boost::json::object>> RestClient::respond_with_message(InteractionId interaction,
                                                                              base::Secret token,
                                                                              boost::json::object response) {
  RestCall call = impl_->callback_call(interaction, token, response, "?with_response=true");
  auto answer = co_await impl_->send(std::move(call));
  if (!answer) co_return answer.error();
  boost::system::error_code absent;
  auto* message = answer->body.find_pointer("/resource/message", absent);
  auto* object = message == nullptr ? nullptr : message->if_object();
  co_return object == nullptr ? boost::json::object() : std::move(*object);
}

net::Task<base::Result<boost::json::object>> RestClient::interaction_message(ApplicationId application,
                                                                             base::Secret token,
                                                                             std::optional<MessageId> id) {
  const auto route = id ? Route::follow_up_message : Route::interaction_response;
  RestCall call = impl_->interaction_call(route, answer_of(application, token, id), limit_of(application, token));
  auto answer = co_await impl_->send(std::move(call));
  co_return as_object(std::move(answer), "a message");
}

net::Task<base::Result<boost::json::object>> RestClient::edit_interaction_response(ApplicationId application,
                                                                                   base::Secret token,
                                                                                   boost::json::object message,
                                                                                   std::optional<MessageId> id) {
  const auto route = id ? Route::edit_follow_up : Route::edit_interaction_response;
  RestCall call = impl_->interaction_call(route, answer_of(application, token, id), limit_of(application, token));
  call.body = boost::json::serialize(message);
  auto answer = co_await impl_->send(std::move(call));
  co_return as_object(std::move(answer), "a message");
}

net::Task<base::Result<void>> RestClient::delete_interaction_response(ApplicationId application, base::Secret token,
                                                                      std::optional<MessageId> id) {
  const auto route = id ? Route::delete_follow_up : Route::delete_interaction_response;
  RestCall call = impl_->interaction_call(route, answer_of(application, token, id), limit_of(application, token));
  const auto answer = co_await impl_->send(std::move(call));
  co_return as_deleted(answer);
}

net::Task<base::Result<boost::json::object>> RestClient::follow_up(ApplicationId application, base::Secret token,
                                                                   boost::json::object message) {
  RestCall call =
      impl_->interaction_call(Route::follow_up, webhook_of(application, token), limit_of(application, token));
  call.body = boost::json::serialize(message);
  call.repeat = Repeat::never;
  auto answer = co_await impl_->send(std::move(call));
  co_return as_object(std::move(answer), "a message");
}

net::Task<> RestClient::close() { return impl_->sender().close(); }

RestStats RestClient::stats() const { return impl_->sender().stats(); }

}  // namespace guildhall::discord
