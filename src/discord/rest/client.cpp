#include "discord/rest/client.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>

#include "discord/model/fields.hpp"
#include "net/form.hpp"

namespace guildhall::discord {
namespace {

namespace json = boost::json;
using base::Errc;
using base::Error;
using base::Result;
using base::Secret;
using Caller = RestRequest::Caller;
using Retry = RestRequest::Retry;

/// Guilds on a full page (Discord: resources/user, Get Current User Guilds).
constexpr std::size_t guilds_per_page = 200;

void append(std::string& path, std::string_view text) { path += text; }
void append(std::string& path, const Secret& token) { path += net::encode_component(token.reveal()); }
template <class Tag>
void append(std::string& path, base::Id<Tag> id) {
  path += id.to_string();
}

/// A path out of texts, ids and tokens.
template <class... Segments>
std::string path_of(const Segments&... segments) {
  std::string path;
  (append(path, segments), ...);
  return path;
}

std::string message_path(ApplicationId application, const Secret& token, std::optional<MessageId> id) {
  return path_of("/webhooks/", application, "/", token, "/messages/", id ? id->to_string() : "@original");
}

/// A webhook and its token share one limit (Discord: topics/rate-limits).
template <class Tag>
std::uint64_t major_of(base::Id<Tag> id, const Secret& token) {
  return id.value() ^ std::hash<std::string_view>{}(token.reveal());
}

/// Whether Discord would answer a second message with the same nonce with the first one (Discord: resources/message,
/// Create Message).
bool has_enforced_nonce(const json::object& message) {
  const auto* nonce = message.if_contains("nonce");
  return nonce != nullptr && !nonce->is_null() && flag_field(message, "enforce_nonce").value_or(false);
}

Error unexpected_body(std::string_view expected) {
  return {Errc::bad_upstream, "Discord's answer is not " + std::string(expected) + "."};
}

// How the answers' bodies are read.

std::optional<json::object> read_object(json::value& body) {
  auto* object = body.if_object();
  return object == nullptr ? std::nullopt : std::optional(std::move(*object));
}

std::optional<json::array> read_array(json::value& body) {
  auto* array = body.if_array();
  return array == nullptr ? std::nullopt : std::optional(std::move(*array));
}

std::optional<json::object> read_callback_message(json::value& body) {
  boost::system::error_code absent;
  auto* message = body.find_pointer("/resource/message", absent);
  return message == nullptr ? json::object() : read_object(*message).value_or(json::object());
}

RestRequest bot_request(Route route, std::string path, std::uint64_t major = 0) {
  return {route, std::move(path), major, Caller::bot};
}

RestRequest person_request(Route route, std::string path, Secret access_token) {
  return {route, std::move(path), 0, Caller::person, std::move(access_token)};
}

RestRequest interaction_request(Route route, std::string path, std::uint64_t major) {
  return {route, std::move(path), major, Caller::interaction};
}

RestRequest callback_request(InteractionId interaction, const Secret& token, const json::object& response,
                             std::chrono::milliseconds patience, std::string_view query = "") {
  auto path = path_of("/interactions/", interaction, "/", token, "/callback", query);
  auto request = interaction_request(Route::interaction_callback, std::move(path), major_of(interaction, token));
  request.body = json::serialize(response);
  request.patience = patience;
  request.done_already = ErrorCode::interaction_already_acknowledged;
  return request;
}

/// Sends a request and reads the answer's body with `read`; Errc::bad_upstream if that finds nothing.
template <class T>
net::Task<Result<T>> fetch(std::shared_ptr<RequestSender> sender, RestRequest request,
                           std::function<std::optional<T>(json::value&)> read, std::string_view expected) {
  auto response = co_await sender->send(std::move(request));
  if (!response) co_return response.error();
  auto value = read(response->body);
  if (!value) co_return unexpected_body(expected);
  co_return std::move(*value);
}

net::Task<Result<json::object>> fetch_message(std::shared_ptr<RequestSender> sender, RestRequest request) {
  return fetch<json::object>(std::move(sender), std::move(request), read_object, "a message");
}

/// Sends a request whose answer has no body of interest. With an error of code `ignored` it succeeds, too.
net::Task<Result<void>> perform(std::shared_ptr<RequestSender> sender, RestRequest request,
                                ErrorCode ignored = ErrorCode::none) {
  const auto response = co_await sender->send(std::move(request));
  const bool ok = response || (ignored != ErrorCode::none && discord_code(response.error()) == ignored);
  if (!ok) co_return response.error();
  co_return Result<void>{};
}

net::Task<Result<std::vector<PartialGuild>>> fetch_guilds(std::shared_ptr<RequestSender> sender, RestRequest request,
                                                          std::chrono::milliseconds patience) {
  const std::string first_page = request.path;
  request.patience = patience;
  std::vector<PartialGuild> guilds;
  for (;;) {
    const base::GuildId after = guilds.empty() ? base::GuildId{} : guilds.back().id;
    if (!guilds.empty()) request.path = path_of(first_page, "&after=", after);
    const auto response = co_await sender->send(request);
    if (!response) co_return response.error();
    *request.patience -= response->waited;

    auto page = parse_partial_guilds(response->body);
    // With ids that do not grow, the pages would never end.
    const bool last = page && page->size() < guilds_per_page;
    const bool grows = page && std::ranges::is_sorted(*page, {}, &PartialGuild::id);
    if (!page || (!last && (!grows || page->front().id <= after))) co_return unexpected_body("a list of guilds");
    std::ranges::move(*page, std::back_inserter(guilds));
    if (last) co_return guilds;
  }
}

std::string guilds_path() { return "/users/@me/guilds?limit=" + std::to_string(guilds_per_page); }

}  // namespace

std::string user_agent(std::string_view version) {
  return "DiscordBot (https://github.com/guildhall/guildhall, " + std::string(version) + ")";
}

RestClient::RestClient(Parts parts)
    : options_(parts.options), sender_(std::make_shared<RequestSender>(std::move(parts))) {}

net::Task<Result<User>> RestClient::current_user() {
  return fetch<User>(sender_, bot_request(Route::current_user, "/users/@me"), parse_user, "a user");
}

net::Task<Result<User>> RestClient::current_user(Secret access_token) {
  auto request = person_request(Route::current_user, "/users/@me", std::move(access_token));
  return fetch<User>(sender_, std::move(request), parse_user, "a user");
}

net::Task<Result<std::vector<PartialGuild>>> RestClient::current_user_guilds(std::chrono::milliseconds patience) {
  return fetch_guilds(sender_, bot_request(Route::current_user_guilds, guilds_path()), patience);
}

net::Task<Result<std::vector<PartialGuild>>> RestClient::current_user_guilds(Secret access_token,
                                                                             std::chrono::milliseconds patience) {
  auto request = person_request(Route::current_user_guilds, guilds_path(), std::move(access_token));
  return fetch_guilds(sender_, std::move(request), patience);
}

net::Task<Result<GatewayBot>> RestClient::gateway_bot() {
  auto request = bot_request(Route::gateway_bot, "/gateway/bot");
  return fetch<GatewayBot>(sender_, std::move(request), parse_gateway_bot, "the address of the gateway");
}

net::Task<Result<Member>> RestClient::guild_member(base::GuildId guild, base::UserId user) {
  auto request = bot_request(Route::guild_member, path_of("/guilds/", guild, "/members/", user), guild.value());
  request.patience = options_.person_patience;
  const auto read = [](const json::value& body) { return parse_member(body); };
  return fetch<Member>(sender_, std::move(request), read, "a member of a guild");
}

net::Task<Result<json::object>> RestClient::create_message(ChannelId channel, json::object message) {
  auto request = bot_request(Route::create_message, path_of("/channels/", channel, "/messages"), channel.value());
  request.body = json::serialize(message);
  request.retry = has_enforced_nonce(message) ? Retry::safe : Retry::never;
  return fetch_message(sender_, std::move(request));
}

net::Task<Result<json::object>> RestClient::edit_message(ChannelId channel, MessageId id, json::object message) {
  auto request = bot_request(Route::edit_message, path_of("/channels/", channel, "/messages/", id), channel.value());
  request.body = json::serialize(message);
  return fetch_message(sender_, std::move(request));
}

net::Task<Result<void>> RestClient::delete_message(ChannelId channel, MessageId id, std::string reason) {
  auto request = bot_request(Route::delete_message, path_of("/channels/", channel, "/messages/", id), channel.value());
  request.reason = std::move(reason);
  return perform(sender_, std::move(request), ErrorCode::unknown_message);
}

net::Task<Result<json::array>> RestClient::global_commands(ApplicationId application) {
  auto request = bot_request(Route::global_commands, path_of("/applications/", application, "/commands"));
  return fetch<json::array>(sender_, std::move(request), read_array, "a list of commands");
}

net::Task<Result<void>> RestClient::overwrite_global_commands(ApplicationId application, json::array commands) {
  auto request = bot_request(Route::overwrite_global_commands, path_of("/applications/", application, "/commands"));
  request.body = json::serialize(commands);
  return perform(sender_, std::move(request));
}

net::Task<Result<void>> RestClient::respond_to_interaction(InteractionId interaction, Secret token,
                                                           json::object response) {
  return perform(sender_, callback_request(interaction, token, response, options_.interaction_patience));
}

net::Task<Result<json::object>> RestClient::respond_with_message(InteractionId interaction, Secret token,
                                                                 json::object response) {
  auto request = callback_request(interaction, token, response, options_.interaction_patience, "?with_response=true");
  return fetch<json::object>(sender_, std::move(request), read_callback_message, "a callback response");
}

net::Task<Result<json::object>> RestClient::follow_up(ApplicationId application, Secret token, json::object message) {
  auto request = interaction_request(Route::follow_up, path_of("/webhooks/", application, "/", token),
                                     major_of(application, token));
  request.body = json::serialize(message);
  request.retry = Retry::never;
  return fetch_message(sender_, std::move(request));
}

net::Task<Result<json::object>> RestClient::interaction_message(ApplicationId application, Secret token,
                                                                std::optional<MessageId> id) {
  const auto route = id ? Route::follow_up_message : Route::interaction_response;
  return fetch_message(sender_,
                       interaction_request(route, message_path(application, token, id), major_of(application, token)));
}

net::Task<Result<json::object>> RestClient::edit_interaction_response(ApplicationId application, Secret token,
                                                                      json::object message,
                                                                      std::optional<MessageId> id) {
  const auto route = id ? Route::edit_follow_up : Route::edit_interaction_response;
  auto request = interaction_request(route, message_path(application, token, id), major_of(application, token));
  request.body = json::serialize(message);
  return fetch_message(sender_, std::move(request));
}

net::Task<Result<void>> RestClient::delete_interaction_response(ApplicationId application, Secret token,
                                                                std::optional<MessageId> id) {
  const auto route = id ? Route::delete_follow_up : Route::delete_interaction_response;
  auto request = interaction_request(route, message_path(application, token, id), major_of(application, token));
  return perform(sender_, std::move(request), ErrorCode::unknown_message);
}

}  // namespace guildhall::discord
