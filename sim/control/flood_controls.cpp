#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <string>
#include <utility>

#include "sim/answers.hpp"
#include "sim/control/gateway_controls.hpp"
#include "sim/gateway/hub.hpp"
#include "sim/objects/message.hpp"
#include "sim/world/object_reader.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

constexpr std::size_t max_channels = 10'000;
constexpr std::size_t max_authors = 10'000;

object to_json(const Flood& flood) {
  const bool ended = flood.sent == flood.count;
  object json{{"id", std::to_string(flood.id)},
              {"name", flood.models.front().name},
              {"count", flood.count},
              {"sent", flood.sent},
              {"ms", nullptr}};
  if (ended) json["ms"] = (flood.ended - flood.began).count();
  const auto answers = flood.answers.summary();
  json["answers"] = {{"count", answers.answered},
                     {"medianUs", answers.median.count()},
                     {"p99Us", answers.p99.count()},
                     {"longestUs", answers.longest.count()}};
  return json;
}

/// A user's message in a channel, with `{id}` in place of the message's id.
Event message_model(Simulation& sim, ChannelId channel_id, UserId author, const std::string& content) {
  const Channel* channel = sim.world.find_channel(channel_id);
  if (channel == nullptr) {
    throw base::ErrorException(base::invalid("/channelIds", "There is no channel " + channel_id.to_string() + "."));
  }
  Message message;
  message.id = MessageId{UINT64_MAX};
  message.channel = channel_id;
  message.guild = channel->guild;
  message.author = author;
  message.content = content;
  message.created = sim.clock().now();
  auto data = message_response(sim.world, sim.messages, message);
  add_message_event_fields(data, sim.world, message);
  data["id"] = "{id}";
  Event event{.name = "MESSAGE_CREATE", .guild = channel->guild, .data = boost::json::serialize(data)};
  event.intents = intents_for(event.name, channel->guild.has_value());
  if (channel->guild) {
    remove_message_content(data);
    event.data_without_content = boost::json::serialize(data);
  }
  return event;
}

/// The first channel of each guild that is visible to the bot.
std::vector<ChannelId> all_first_channels(const World& world) {
  std::vector<ChannelId> channels;
  for (const Guild* guild : world.guilds_of_bot()) {
    if (guild->visible_to_bot() && channels.size() < max_channels) channels.push_back(guild->channels.begin()->first);
  }
  return channels;
}

std::vector<ChannelId> read_flooded_channels(ObjectReader& reader, const World& world) {
  if (!reader.has("channelIds")) return all_first_channels(world);
  std::vector<ChannelId> channels;
  for (const auto& item : reader.array("channelIds")) {
    const auto* text = item.if_string();
    const auto id = text == nullptr ? std::nullopt : ChannelId::parse(*text);
    if (!id || channels.size() == max_channels) reader.fail("channelIds", "These are at most 10000 ids of channels.");
    channels.push_back(*id);
  }
  return channels;
}

/// The authors, used in turn.
std::vector<UserId> read_authors(ObjectReader& reader, const World& world) {
  std::vector<UserId> authors;
  if (!reader.has("authorIds")) {
    authors.push_back(reader.id<UserId>("authorId"));
    if (world.find_user(authors.front()) == nullptr) reader.fail("authorId", "There is no such person.");
    return authors;
  }
  for (const auto& item : reader.array("authorIds")) {
    const auto* text = item.if_string();
    const auto id = text == nullptr ? std::nullopt : UserId::parse(*text);
    if (!id || world.find_user(*id) == nullptr || authors.size() == max_authors) {
      reader.fail("authorIds", "These are at most 10000 ids of people.");
    }
    authors.push_back(*id);
  }
  if (authors.empty()) reader.fail("authorIds", "There is nobody.");
  return authors;
}

std::vector<Event> read_models(Simulation& sim, ObjectReader& reader) {
  std::vector<Event> models;
  const std::string name = reader.text("name", 1, 64);
  if (name == "MESSAGE_CREATE" && !reader.has("data")) {
    const auto authors = read_authors(reader, sim.world);
    const std::string content = reader.text("content", 1, 4000);
    const auto channels = read_flooded_channels(reader, sim.world);
    if (channels.empty()) reader.fail("channelIds", "There is no channel.");
    for (std::size_t i = 0; i < std::max(authors.size(), channels.size()); ++i) {
      models.push_back(message_model(sim, channels[i % channels.size()], authors[i % authors.size()], content));
    }
    return models;
  }
  Event event{.name = name, .data = boost::json::serialize(reader.value("data"))};
  if (reader.has("guildId")) event.guild = reader.id<GuildId>("guildId");
  event.intents = intents_for(name, event.guild.has_value());
  models.push_back(std::move(event));
  return models;
}

}  // namespace

net::Response add_flood(const ControlCall& call) {
  const auto body = call.json();
  ObjectReader reader(body, "");
  Flood flood;
  flood.models = read_models(call.sim, reader);
  flood.count = static_cast<std::uint64_t>(reader.integer("count", 1, 100'000'000));
  if (reader.has("rate")) flood.rate = reader.number("rate", 0.001, 1'000'000);
  reader.finish();
  flood.first_id = call.sim.new_snowflakes(flood.count);
  const auto added = call.sim.gateway.floods.add(std::move(flood), call.sim.clock().now());
  if (!added) throw base::ErrorException(added.error());
  return json_answer(201, to_json(*added));
}

net::Response list_floods(const ControlCall& call) {
  array floods;
  for (const Flood& flood : call.sim.gateway.floods.all()) floods.push_back(to_json(flood));
  return json_answer(200, {{"floods", std::move(floods)}});
}

net::Response clear_floods(const ControlCall& call) {
  call.sim.gateway.floods.clear();
  return no_content();
}

}  // namespace guildhall::sim
