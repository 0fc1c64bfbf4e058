#include "sim/rest/webhook_routes.hpp"

#include <boost/json/array.hpp>
#include <utility>

#include "base/random.hpp"
#include "base/text.hpp"
#include "sim/answers.hpp"
#include "sim/gateway/address.hpp"
#include "sim/objects/channel.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/guild_change.hpp"
#include "sim/rest/image_form.hpp"
#include "sim/rest/interaction_routes.hpp"
#include "sim/rest/message_routes.hpp"
#include "sim/rest/message_writer.hpp"
#include "sim/rest/query_fields.hpp"
#include "sim/rest/thread_routes.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t webhooks_per_channel = 15;
constexpr std::size_t webhook_token_bytes = 34;
constexpr Bounds webhook_name_length{1, 80};

struct FoundWebhook {
  const Guild* guild = nullptr;
  const Webhook* webhook = nullptr;
};

FoundWebhook find_webhook(const ApiCall& call) {
  const auto id = path_id<WebhookId>(call, "webhook_id");
  for (const auto& [guild_id, guild] : call.sim.world.guilds()) {
    const auto found = guild.webhooks.find(id);
    if (found != guild.webhooks.end()) return {&guild, &found->second};
  }
  throw unknown_webhook();
}

/// The webhook in the path, whose channel the bot may manage.
FoundWebhook open_webhook(const ApiCall& call) {
  const auto found = find_webhook(call);
  (void)open_channel(call.sim, found.webhook->channel, manage_webhooks);
  return found;
}

/// The webhook whose token is in the path, too.
FoundWebhook open_webhook_with_token(const ApiCall& call) {
  const auto found = find_webhook(call);
  if (found.webhook->token != call.params["webhook_token"]) throw DiscordError{401, 50027, "Invalid Webhook Token"};
  return found;
}

bool is_of_interaction(const ApiCall& call) {
  return call.params["webhook_id"] == call.sim.world.application.id.to_string();
}

boost::json::object webhook_shown(const ApiCall& call, const FoundWebhook& found) {
  return webhook_response(call.sim.world, *found.guild, *found.webhook, origin_of(call.request));
}

boost::json::object webhook_without_user(const ApiCall& call, const FoundWebhook& found) {
  auto response = webhook_shown(call, found);
  response.erase("user");
  return response;
}

void read_webhook(FormReader& form, Webhook& webhook) {
  if (auto name = form.text("name", webhook_name_length)) {
    const auto lower = base::to_lower(*name);
    for (const std::string_view word : {"clyde", "discord"}) {
      if (lower.find(word) != std::string::npos) {
        form.problem("name", "USERNAME_INVALID_CONTAINS", "Username cannot contain \"" + std::string(word) + "\"");
      }
    }
    webhook.name = std::move(*name);
  }
  if (form.mentions("avatar")) webhook.avatar = read_image(form, "avatar");
}

FoundWebhook apply_webhook_change(const ApiCall& call, const FoundWebhook& found, bool with_channel) {
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  Webhook changed = *found.webhook;
  read_webhook(form, changed);
  const auto channel = with_channel ? form.snowflake<ChannelId>("channel_id") : std::nullopt;
  problems.throw_if_any();
  if (channel) {
    const auto in = open_channel(call.sim, *channel, manage_webhooks);
    if (in.guild != found.guild || in.channel->thread) throw unknown_channel();
    changed.channel = *channel;
  }
  const Guild& after =
      change_guild(call.sim, found.guild->id, [&](Guild& guild) { guild.webhooks.at(changed.id) = changed; });
  return {&after, &after.webhooks.at(changed.id)};
}

net::Response remove_webhook(const ApiCall& call, const FoundWebhook& found) {
  change_guild(call.sim, found.guild->id, [id = found.webhook->id](Guild& guild) { guild.webhooks.erase(id); });
  return no_content();
}

/// Where the webhook posts: its channel, or a thread of it.
const Channel& webhook_target(const ApiCall& call, const FoundWebhook& found) {
  const auto thread = parse_snowflake<ChannelId>(call.query, "thread_id");
  if (!thread) return found.guild->channels.at(found.webhook->channel);
  const auto known = found.guild->threads.find(*thread);
  if (known == found.guild->threads.end() || known->second.parent != found.webhook->channel) throw unknown_channel();
  return known->second;
}

Message& find_webhook_message(const ApiCall& call, const FoundWebhook& found) {
  Message* message = call.sim.messages.find(webhook_target(call, found).id, path_id<MessageId>(call, "message_id"));
  if (message == nullptr || !message->webhook || message->webhook->id != found.webhook->id) throw unknown_message();
  return *message;
}

/// What the caller says of its author.
WebhookAuthor read_webhook_author(FormReader& form, const Webhook& webhook) {
  WebhookAuthor author{webhook.id, webhook.name, webhook.avatar};
  if (auto name = form.text("username", webhook_name_length)) author.name = std::move(*name);
  if (form.url("avatar_url")) author.avatar = std::nullopt;
  return author;
}

const Message& post_as_webhook(const ApiCall& call, const FoundWebhook& found) {
  const Channel& target = webhook_target(call, found);
  auto body = read_body(call);
  FormProblems problems;
  FormReader form(body.fields, problems);
  auto author = read_webhook_author(form, *found.webhook);
  const auto thread_name = form.text("thread_name", {0, 100});
  auto message_form = read_message_create(body.fields, problems);
  problems.throw_if_any();
  message_form.files.uploads = std::move(body.uploads);
  message_form.files.origin = origin_of(call.request);
  auto message = compose_message(call.sim, target, all_permissions, std::move(message_form));
  check_shows_something(message);
  message.webhook = std::move(author);
  message.application = call.sim.world.application.id;
  if (!holds_posts(target.type)) return post_message(call.sim, std::move(message));
  if (!thread_name || thread_name->empty()) {
    throw DiscordError{400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id"};
  }
  Channel thread;
  thread.guild = found.guild->id;
  thread.name = *thread_name;
  thread.type = ChannelType::public_thread;
  thread.thread = Thread{
      .owner = UserId{found.webhook->id.value()}, .archive_changed = message.created, .created = message.created};
  return create_post(call.sim, target, std::move(thread), std::move(message));
}

}  // namespace

net::Response create_webhook(const ApiCall& call) {
  const auto in = open_channel(call, manage_webhooks);
  if (in.guild == nullptr || in.channel->thread || in.channel->type == ChannelType::guild_category) {
    throw DiscordError{400, 50024, "Cannot execute action on this channel type"};
  }
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  Webhook webhook;
  form.require("name");
  read_webhook(form, webhook);
  problems.throw_if_any();
  std::size_t known = 0;
  for (const auto& [id, one] : in.guild->webhooks) known += one.channel == in.channel->id ? 1U : 0U;
  if (known >= webhooks_per_channel) throw DiscordError{400, 30007, "Maximum number of webhooks reached (15)"};
  webhook.id = WebhookId{call.sim.new_snowflake()};
  webhook.channel = in.channel->id;
  webhook.token = base::random_hex(webhook_token_bytes);
  webhook.creator = call.sim.world.application.bot_user_id();
  const Guild& after =
      change_guild(call.sim, in.guild->id, [&](Guild& guild) { guild.webhooks.emplace(webhook.id, webhook); });
  return json_answer(200, webhook_shown(call, {&after, &after.webhooks.at(webhook.id)}));
}

net::Response list_channel_webhooks(const ApiCall& call) {
  const auto in = open_channel(call, manage_webhooks);
  boost::json::array list;
  if (in.guild == nullptr) return json_answer(200, list);
  for (const auto& [id, webhook] : in.guild->webhooks) {
    if (webhook.channel == in.channel->id) list.push_back(webhook_shown(call, {in.guild, &webhook}));
  }
  return json_answer(200, list);
}

net::Response list_guild_webhooks(const ApiCall& call) {
  const Guild& guild = open_guild(call, manage_webhooks);
  boost::json::array list;
  for (const auto& [id, webhook] : guild.webhooks) list.push_back(webhook_shown(call, {&guild, &webhook}));
  return json_answer(200, list);
}

net::Response get_webhook(const ApiCall& call) { return json_answer(200, webhook_shown(call, open_webhook(call))); }

net::Response change_webhook(const ApiCall& call) {
  return json_answer(200, webhook_shown(call, apply_webhook_change(call, open_webhook(call), true)));
}

net::Response delete_webhook(const ApiCall& call) { return remove_webhook(call, open_webhook(call)); }

net::Response get_webhook_with_token(const ApiCall& call) {
  return json_answer(200, webhook_without_user(call, open_webhook_with_token(call)));
}

net::Response change_webhook_with_token(const ApiCall& call) {
  return json_answer(200, webhook_without_user(call, apply_webhook_change(call, open_webhook_with_token(call), false)));
}

net::Response delete_webhook_with_token(const ApiCall& call) {
  return remove_webhook(call, open_webhook_with_token(call));
}

net::Response execute_webhook(const ApiCall& call) {
  if (is_of_interaction(call)) return create_follow_up(call);
  const bool wait = parse_flag(call.query, "wait");
  const Message& posted = post_as_webhook(call, open_webhook_with_token(call));
  return wait ? message_answer(call, posted) : no_content();
}

net::Response get_webhook_message(const ApiCall& call) {
  if (is_of_interaction(call)) return get_interaction_message(call);
  return message_answer(call, find_webhook_message(call, open_webhook_with_token(call)));
}

net::Response edit_webhook_message(const ApiCall& call) {
  if (is_of_interaction(call)) return edit_interaction_message(call);
  Message& message = find_webhook_message(call, open_webhook_with_token(call));
  edit_message(call.sim, message, all_permissions, read_message_edit(call, message));
  return message_answer(call, message);
}

net::Response delete_webhook_message(const ApiCall& call) {
  if (is_of_interaction(call)) return delete_interaction_message(call);
  remove_message(call.sim, find_webhook_message(call, open_webhook_with_token(call)));
  return no_content();
}

}  // namespace guildhall::sim
