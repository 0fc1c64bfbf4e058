#include "discord/rest/client.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <functional>
#include <iterator>
#include <unordered_set>
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
/// A person is in 200 guilds at most.
constexpr std::size_t min_page_of_person = guilds_per_page / 2;
/// Where the message stands in the body of an interaction response.
constexpr std::string_view callback_data = "data";
/// No bot is in more.
constexpr std::size_t max_guilds = 10'000'000;

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

/// Lets the message in the request's body, at `part` if that is given, be sent again without what Discord refuses.
void repair_with(RestRequest& request, RefusedParts* left_out, std::string_view part = "") {
  if (left_out == nullptr) return;
  request.repair = [left_out, part](const json::value& errors, const Redaction& redaction, std::string& body) {
    auto parsed = json::parse(body);
    auto* message = &parsed;
    const auto* at_fault = &errors;
    if (!part.empty()) {
      // Nothing else of the body may be at fault.
      const auto* below = errors.is_object() ? errors.get_object().if_contains(part) : nullptr;
      message = parsed.get_object().if_contains(part);
      if (below == nullptr || message == nullptr || errors.get_object().size() != 1) return false;
      at_fault = below;
    }
    auto refused = leave_out_refused_parts(message->as_object(), *at_fault, redaction);
    if (refused.empty()) return false;
    std::ranges::move(refused, std::back_inserter(*left_out));
    body = json::serialize(parsed);
    return true;
  };
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

/// Fetches a list. Elements that `parse` refuses are left out.
template <class T>
net::Task<Result<std::vector<T>>> fetch_list(std::shared_ptr<RequestSender> sender, RestRequest request,
                                             std::optional<T> (*parse)(const json::object&)) {
  const auto read = [parse](const json::value& body) -> std::optional<std::vector<T>> {
    const auto* array = body.if_array();
    if (array == nullptr) return std::nullopt;
    std::vector<T> list;
    for (const auto& element : *array) {
      const auto* object = element.if_object();
      auto parsed = object == nullptr ? std::nullopt : parse(*object);
      if (parsed) list.push_back(std::move(*parsed));
    }
    return list;
  };
  return fetch<std::vector<T>>(std::move(sender), std::move(request), read, "a list");
}

/// Sends a request whose answer has no body of interest. With an error of code `ignored` it succeeds, too.
net::Task<Result<void>> perform(std::shared_ptr<RequestSender> sender, RestRequest request,
                                ErrorCode ignored = ErrorCode::none) {
  const auto response = co_await sender->send(std::move(request));
  const bool ok = response || (ignored != ErrorCode::none && discord_code(response.error()) == ignored);
  if (!ok) co_return response.error();
  co_return Result<void>{};
}

/// `min_page`: a page with fewer guilds is the last one.
net::Task<Result<std::vector<PartialGuild>>> fetch_guilds(std::shared_ptr<RequestSender> sender, RestRequest request,
                                                          std::chrono::milliseconds patience, std::size_t min_page) {
  const std::string first_page = request.path;
  request.patience = patience;
  std::vector<PartialGuild> guilds;
  std::unordered_set<base::GuildId> seen;
  base::GuildId last;
  for (;;) {
    const auto response = co_await sender->send(request);
    if (!response) co_return response.error();
    *request.patience -= response->waited;
    auto page = parse_partial_guilds(response->body);
    if (!page) co_return unexpected_body("a list of guilds");
    const auto before = guilds.size();
    const auto length = page->size();
    for (auto& guild : *page) {
      last = std::max(last, guild.id);
      if (seen.insert(guild.id).second) guilds.push_back(std::move(guild));
    }
    if (length < min_page || guilds.size() == before) co_return guilds;
    if (guilds.size() > max_guilds) co_return unexpected_body("a list of guilds that ends");
    request.path = path_of(first_page, "&after=", last);
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
  return fetch_guilds(sender_, bot_request(Route::current_user_guilds, guilds_path()), patience, 1);
}

net::Task<Result<std::vector<PartialGuild>>> RestClient::current_user_guilds(Secret access_token,
                                                                             std::chrono::milliseconds patience) {
  auto request = person_request(Route::current_user_guilds, guilds_path(), std::move(access_token));
  return fetch_guilds(sender_, std::move(request), patience, min_page_of_person);
}

net::Task<Result<GatewayBot>> RestClient::gateway_bot() {
  auto request = bot_request(Route::gateway_bot, "/gateway/bot");
  request.patience = options_.gateway_patience;
  return fetch<GatewayBot>(sender_, std::move(request), parse_gateway_bot, "the address of the gateway");
}

net::Task<Result<Member>> RestClient::guild_member(base::GuildId guild, base::UserId user) {
  auto request = bot_request(Route::guild_member, path_of("/guilds/", guild, "/members/", user), guild.value());
  request.patience = options_.person_patience;
  const auto read = [](const json::value& body) { return parse_member(body); };
  return fetch<Member>(sender_, std::move(request), read, "a member of a guild");
}

RestRequest RestClient::guild_list_request(Route route, base::GuildId guild, std::string_view list) const {
  auto request = bot_request(route, path_of("/guilds/", guild, list), guild.value());
  request.patience = options_.person_patience;
  return request;
}

net::Task<Result<std::vector<ListedChannel>>> RestClient::guild_channels(base::GuildId guild) {
  return fetch_list<ListedChannel>(sender_, guild_list_request(Route::guild_channels, guild, "/channels"),
                                   parse_listed_channel);
}

net::Task<Result<std::vector<Role>>> RestClient::guild_roles(base::GuildId guild) {
  return fetch_list<Role>(sender_, guild_list_request(Route::guild_roles, guild, "/roles"), parse_role);
}

net::Task<Result<std::vector<ListedEmoji>>> RestClient::guild_emojis(base::GuildId guild) {
  return fetch_list<ListedEmoji>(sender_, guild_list_request(Route::guild_emojis, guild, "/emojis"),
                                 parse_listed_emoji);
}

net::Task<Result<std::vector<ListedMember>>> RestClient::search_guild_members(base::GuildId guild,
                                                                              std::string_view query,
                                                                              std::size_t limit) {
  const auto search = path_of("/members/search?query=", net::encode_component(query), "&limit=", std::to_string(limit));
  return fetch_list<ListedMember>(sender_, guild_list_request(Route::search_guild_members, guild, search),
                                  parse_listed_member);
}

net::Task<Result<json::object>> RestClient::create_message(ChannelId channel, json::object message,
                                                           RefusedParts* left_out) {
  auto request = bot_request(Route::create_message, path_of("/channels/", channel, "/messages"), channel.value());
  request.body = json::serialize(message);
  request.retry = has_enforced_nonce(message) ? Retry::safe : Retry::never;
  repair_with(request, left_out);
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
                                                           json::object response, RefusedParts* left_out) {
  auto request = callback_request(interaction, token, response, options_.interaction_patience);
  repair_with(request, left_out, callback_data);
  return perform(sender_, std::move(request));
}

net::Task<Result<json::object>> RestClient::respond_with_message(InteractionId interaction, Secret token,
                                                                 json::object response, RefusedParts* left_out) {
  auto request = callback_request(interaction, token, response, options_.interaction_patience, "?with_response=true");
  repair_with(request, left_out, callback_data);
  return fetch<json::object>(sender_, std::move(request), read_callback_message, "a callback response");
}

net::Task<Result<json::object>> RestClient::follow_up(ApplicationId application, Secret token, json::object message,
                                                      RefusedParts* left_out) {
  auto request = interaction_request(Route::follow_up, path_of("/webhooks/", application, "/", token),
                                     major_of(application, token));
  request.body = json::serialize(message);
  request.retry = Retry::never;
  repair_with(request, left_out);
  return fetch_message(sender_, std::move(request));
}

net::Task<Result<json::object>> RestClient::interaction_message(ApplicationId application, Secret token,
                                                                std::optional<MessageId> id) {
  const auto route = id ? Route::follow_up_message : Route::interaction_response;
  return fetch_message(sender_,
                       interaction_request(route, message_path(application, token, id), major_of(application, token)));
}

net::Task<Result<json::object>> RestClient::edit_interaction_response(ApplicationId application, Secret token,
                                                                      json::object message, std::optional<MessageId> id,
                                                                      RefusedParts* left_out) {
  const auto route = id ? Route::edit_follow_up : Route::edit_interaction_response;
  auto request = interaction_request(route, message_path(application, token, id), major_of(application, token));
  request.body = json::serialize(message);
  repair_with(request, left_out);
  return fetch_message(sender_, std::move(request));
}

net::Task<Result<void>> RestClient::delete_interaction_response(ApplicationId application, Secret token,
                                                                std::optional<MessageId> id) {
  const auto route = id ? Route::delete_follow_up : Route::delete_interaction_response;
  auto request = interaction_request(route, message_path(application, token, id), major_of(application, token));
  return perform(sender_, std::move(request), ErrorCode::unknown_message);
}

}  // namespace guildhall::discord
