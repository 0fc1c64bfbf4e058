#include "sim/world/world_json.hpp"

#include <boost/json/array.hpp>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "base/json_pointer.hpp"
#include "base/random.hpp"

extern "C" const char demo_world_begin[];
extern "C" const char demo_world_end[];

namespace guildhall::sim {
namespace {

constexpr std::size_t name_size = 128;
constexpr std::size_t secret_size = 256;
constexpr std::size_t uri_size = 2048;
constexpr std::uintmax_t file_size = 64 * 1024 * 1024;

/// Adds to the world; what the world refuses is an error at `pointer`.
void added(const base::Result<void>& result, const std::string& pointer) {
  if (!result) {
    throw base::ErrorException(base::invalid(pointer + result.error().field, result.error().message));
  }
}

/// Calls `read(reader, pointer)` for each object of an array.
template <class Read>
void each_object(ObjectReader& reader, std::string_view name, Read read) {
  std::size_t index = 0;
  for (const auto& item : reader.array(name)) {
    const std::string pointer = reader.pointer_to(name) + base::json_pointer(std::to_string(index++));
    ObjectReader object(item, pointer);
    read(object, pointer);
    object.finish();
  }
}

std::vector<std::string> read_redirect_uris(ObjectReader& reader) {
  std::vector<std::string> uris;
  for (const auto& item : reader.array("redirectUris")) {
    const auto* uri = item.if_string();
    if (uri == nullptr || uri->empty() || uri->size() > uri_size) {
      reader.fail("redirectUris", "Each redirect URI is a string of at most " + std::to_string(uri_size) + " bytes.");
    }
    uris.emplace_back(*uri);
  }
  return uris;
}

void read_application(ObjectReader reader, Application& application) {
  application.id = reader.id<ApplicationId>("id");
  application.name = reader.text("name", 1, name_size);
  if (reader.has("description")) application.description = reader.text("description", 0, uri_size);
  application.icon = reader.optional_text("icon", name_size);
  application.client_secret = reader.text("clientSecret", 1, secret_size);
  application.bot_token = reader.text("botToken", 1, secret_size);
  application.owner_id = reader.id<UserId>("ownerId");
  application.redirect_uris = read_redirect_uris(reader);
  application.verify_key = reader.has("verifyKey") ? reader.text("verifyKey", 64, 64) : base::random_hex(32);
  application.bot_username = reader.has("botUsername") ? reader.text("botUsername", 1, 32) : application.name;
  if (reader.has("botPermissions")) application.bot_permissions = read_permissions(reader, "botPermissions");
  if (reader.has("accessTokenLifetime")) {
    application.access_token_lifetime = std::chrono::seconds(reader.integer("accessTokenLifetime", 1, 365 * 24 * 3600));
  }
  reader.finish();
}

RateWindow read_window(ObjectReader& reader) {
  RateWindow window;
  window.limit = static_cast<unsigned>(reader.integer("limit", 1, 1'000'000));
  window.period = std::chrono::milliseconds(reader.integer("periodMs", 1, 24 * 3600 * 1000));
  return window;
}

RateWindow read_window(ObjectReader&& reader) {
  const RateWindow window = read_window(reader);
  reader.finish();
  return window;
}

RateLimits::Rule read_rule(ObjectReader& reader) {
  RateLimits::Rule rule;
  const auto bucket = parse_bucket(reader.text("bucket", 1, name_size));
  if (!bucket) reader.fail("bucket", "There is no such bucket.");
  rule.bucket = *bucket;
  if (reader.has("token")) {
    rule.token = parse_token_kind(reader.text("token", 1, name_size));
    if (!rule.token) reader.fail("token", "This must be Bot, Bearer or none.");
  }
  rule.window = read_window(reader);
  return rule;
}

void read_rate_limits(ObjectReader reader, RateLimits& limits) {
  if (reader.has("global")) limits.global = read_window(reader.object("global"));
  if (reader.has("default")) limits.fallback = read_window(reader.object("default"));
  if (reader.has("buckets")) {
    limits.rules.clear();
    each_object(reader, "buckets",
                [&](ObjectReader& rule, const std::string&) { limits.rules.push_back(read_rule(rule)); });
  }
  reader.finish();
}

/// The list takes the place of the roles that were there; @everyone needs no id.
void read_roles(ObjectReader& reader, Guild& guild, World& world) {
  guild.roles.clear();
  each_object(reader, "roles", [&](ObjectReader& fields, const std::string&) {
    Role role;
    role.position = static_cast<int>(guild.roles.size());
    read_fields(fields, role);
    if (fields.has("id")) {
      role.id = fields.id<RoleId>("id");
    } else {
      role.id = role.name == "@everyone" ? guild.everyone() : RoleId{world.next_id()};
    }
    if (!guild.roles.emplace(role.id, std::move(role)).second) fields.fail("id", "This role is in the list already.");
  });
}

void read_channels(ObjectReader& reader, Guild& guild, World& world) {
  guild.channels.clear();
  each_object(reader, "channels", [&](ObjectReader& fields, const std::string&) {
    Channel channel;
    channel.id = fields.has("id") ? fields.id<ChannelId>("id") : ChannelId{world.next_id()};
    channel.position = static_cast<int>(guild.channels.size());
    read_fields(fields, channel);
    if (!guild.channels.emplace(channel.id, std::move(channel)).second) {
      fields.fail("id", "This channel is in the list already.");
    }
  });
}

World read_world(const boost::json::value& document) {
  World world;
  ObjectReader reader(document, "");
  read_application(reader.object("application"), world.application);
  each_object(reader, "people", [&](ObjectReader& fields, const std::string& pointer) {
    Person person;
    person.id = fields.id<UserId>("id");
    read_fields(fields, person);
    added(world.add_person(std::move(person)), pointer);
  });
  if (world.find_person(world.application.owner_id) == nullptr) {
    throw base::ErrorException(base::invalid("/application/ownerId", "Nobody among the people has this id."));
  }
  each_object(reader, "guilds", [&](ObjectReader& fields, const std::string& pointer) {
    Guild guild;
    guild.id = fields.id<GuildId>("id");
    read_fields(fields, guild, world);
    added(world.add_guild(std::move(guild)), pointer);
  });
  if (reader.has("rateLimits")) read_rate_limits(reader.object("rateLimits"), world.rate_limits);
  reader.finish();
  return world;
}

boost::json::value or_null(const std::optional<std::string>& text) {
  return text ? boost::json::value(*text) : boost::json::value(nullptr);
}

boost::json::object to_json(const Application& application) {
  return {
      {"id", application.id.to_string()},
      {"name", application.name},
      {"description", application.description},
      {"icon", or_null(application.icon)},
      {"clientSecret", application.client_secret},
      {"botToken", application.bot_token},
      {"ownerId", application.owner_id.to_string()},
      {"redirectUris", boost::json::array(application.redirect_uris.begin(), application.redirect_uris.end())},
      {"verifyKey", application.verify_key},
      {"botUsername", application.bot_username},
      {"botPermissions", application.bot_permissions.to_string()},
      {"accessTokenLifetime", application.access_token_lifetime.count()},
  };
}

boost::json::object to_json(const RateWindow& window) {
  return {{"limit", window.limit}, {"periodMs", window.period.count()}};
}

boost::json::object to_json(const RateLimits& limits) {
  boost::json::array buckets;
  for (const auto& rule : limits.rules) {
    boost::json::object row = to_json(rule.window);
    row["bucket"] = to_string(rule.bucket);
    if (rule.token) row["token"] = to_string(*rule.token);
    buckets.push_back(std::move(row));
  }
  return {{"global", to_json(limits.global)}, {"default", to_json(limits.fallback)}, {"buckets", std::move(buckets)}};
}

}  // namespace

void read_fields(ObjectReader& reader, Person& person) {
  // Required of a new person, who has none yet.
  if (person.username.empty() || reader.has("username")) person.username = reader.text("username", 1, 32);
  if (reader.has("globalName")) person.global_name = reader.optional_text("globalName", name_size);
  if (reader.has("email")) person.email = reader.optional_text("email", 320);
  if (reader.has("avatar")) person.avatar = reader.optional_text("avatar", name_size);
  if (reader.has("bot")) person.bot = reader.boolean("bot");
}

void read_fields(ObjectReader& reader, Guild& guild, World& world) {
  const bool fresh = guild.name.empty();
  if (fresh || reader.has("name")) guild.name = reader.text("name", 1, 400);
  if (fresh || reader.has("ownerId")) guild.owner_id = reader.id<UserId>("ownerId");
  if (reader.has("icon")) guild.icon = reader.optional_text("icon", name_size);
  if (reader.has("bot")) guild.bot = reader.boolean("bot");
  if (reader.has("unavailable")) guild.unavailable = reader.boolean("unavailable");
  if (reader.has("botPermissions")) guild.bot_granted = read_permissions(reader, "botPermissions");
  if (reader.has("roles")) read_roles(reader, guild, world);
  if (reader.has("channels")) read_channels(reader, guild, world);
  if (!reader.has("members")) return;
  guild.members.clear();
  each_object(reader, "members", [&](ObjectReader& fields, const std::string&) {
    const auto id = fields.id<UserId>("userId");
    Member member;
    read_fields(fields, member);
    if (!guild.members.emplace(id, std::move(member)).second) {
      fields.fail("userId", "This person is in the list already.");
    }
  });
}

void read_fields(ObjectReader& reader, Role& role) {
  if (role.name.empty() || reader.has("name")) role.name = reader.text("name", 1, 400);
  if (reader.has("permissions")) role.permissions = read_permissions(reader, "permissions");
  if (reader.has("position")) role.position = static_cast<int>(reader.integer("position", 0, 1000));
  if (reader.has("color")) role.color = static_cast<std::uint32_t>(reader.integer("color", 0, 0xFFFFFF));
  if (reader.has("hoist")) role.hoist = reader.boolean("hoist");
  if (reader.has("mentionable")) role.mentionable = reader.boolean("mentionable");
  if (reader.has("ofBot")) role.of_bot = reader.boolean("ofBot");
  if (reader.has("memberId")) role.of_member = reader.id<UserId>("memberId");
}

void read_fields(ObjectReader& reader, Channel& channel) {
  if (channel.name.empty() || reader.has("name")) channel.name = reader.text("name", 1, 400);
  if (reader.has("type")) channel.type = static_cast<ChannelType>(reader.integer("type", 0, 16));
  if (reader.has("position")) channel.position = static_cast<int>(reader.integer("position", 0, 1000));
  if (reader.has("topic")) channel.topic = reader.optional_text("topic", 4096);
}

void read_fields(ObjectReader& reader, Member& member) {
  if (reader.has("permissions")) member.granted = read_permissions(reader, "permissions");
  if (reader.has("nick")) member.nick = reader.optional_text("nick", name_size);
  if (!reader.has("roles")) return;
  member.roles.clear();
  for (const auto& item : reader.array("roles")) {
    const auto* text = item.if_string();
    const auto id = text == nullptr ? std::nullopt : RoleId::parse(*text);
    if (!id) reader.fail("roles", "Each role is named by its id, a string of digits.");
    member.roles.push_back(*id);
  }
}

Permissions read_permissions(ObjectReader& reader, std::string_view name) {
  const auto permissions = Permissions::parse(reader.text(name, 1, 20));
  if (!permissions) reader.fail(name, "Permissions are a string of digits, at most 2^64-1.");
  return *permissions;
}

base::Result<World> parse_world(std::string_view text) {
  const auto document = parse_json(text);
  if (!document) return document.error();
  try {
    return read_world(*document);
  } catch (const base::ErrorException& failure) {
    return failure.error();
  }
}

base::Result<World> load_world(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return base::Error{base::Errc::not_found, "This file cannot be read: " + error.message() + ".", {}, {}};
  if (size > file_size) return base::Error{base::Errc::too_large, "A world file has at most 64 MB.", {}, {}};
  std::ifstream file(path, std::ios::binary);
  std::string text(size, '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(size))) {
    return base::Error{base::Errc::not_found, "This file cannot be read.", {}, {}};
  }
  return parse_world(text);
}

World demo_world() {
  return parse_world({demo_world_begin, static_cast<std::size_t>(demo_world_end - demo_world_begin)}).value();
}

boost::json::object to_json(const Person& person) {
  return {
      {"id", person.id.to_string()},    {"username", person.username},      {"globalName", or_null(person.global_name)},
      {"email", or_null(person.email)}, {"avatar", or_null(person.avatar)}, {"bot", person.bot},
  };
}

boost::json::object to_json(const Role& role) {
  boost::json::object json{
      {"id", role.id.to_string()},       {"name", role.name},   {"permissions", role.permissions.to_string()},
      {"position", role.position},       {"color", role.color}, {"hoist", role.hoist},
      {"mentionable", role.mentionable},
  };
  if (role.of_bot) json["ofBot"] = true;
  if (role.of_member) json["memberId"] = role.of_member->to_string();
  return json;
}

boost::json::object to_json(const Channel& channel) {
  return {
      {"id", channel.id.to_string()},           {"name", channel.name},
      {"type", static_cast<int>(channel.type)}, {"position", channel.position},
      {"topic", or_null(channel.topic)},
  };
}

boost::json::object to_json(const Guild& guild) {
  boost::json::array roles;
  for (const auto& [id, role] : guild.roles) roles.push_back(to_json(role));
  boost::json::array channels;
  for (const auto& [id, channel] : guild.channels) channels.push_back(to_json(channel));
  boost::json::array members;
  for (const auto& [id, member] : guild.members) members.push_back(to_json(id, member));
  return {
      {"id", guild.id.to_string()},
      {"name", guild.name},
      {"icon", or_null(guild.icon)},
      {"ownerId", guild.owner_id.to_string()},
      {"bot", guild.bot},
      {"unavailable", guild.unavailable},
      {"roles", std::move(roles)},
      {"channels", std::move(channels)},
      {"members", std::move(members)},
  };
}

boost::json::object to_json(UserId id, const Member& member) {
  boost::json::array roles;
  for (const RoleId role : member.roles) roles.emplace_back(role.to_string());
  return {{"userId", id.to_string()}, {"nick", or_null(member.nick)}, {"roles", std::move(roles)}};
}

boost::json::object to_json(const World& world) {
  boost::json::array people;
  for (const auto& [id, person] : world.people()) people.push_back(to_json(person));
  boost::json::array guilds;
  for (const auto& [id, guild] : world.guilds()) guilds.push_back(to_json(guild));
  return {
      {"application", to_json(world.application)},
      {"people", std::move(people)},
      {"guilds", std::move(guilds)},
      {"rateLimits", to_json(world.rate_limits)},
  };
}

}  // namespace guildhall::sim
