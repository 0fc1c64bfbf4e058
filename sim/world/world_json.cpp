#include "sim/world/world_json.hpp"

#include <boost/json/array.hpp>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "base/random.hpp"
#include "sim/world/guild_json.hpp"
#include "sim/world/or_null.hpp"
#include "sim/world/rate_limits_json.hpp"

extern "C" const char demo_world_begin[];
extern "C" const char demo_world_end[];

namespace guildhall::sim {
namespace {

constexpr std::size_t max_profile_text = 128;
constexpr std::size_t secret_size = 256;
constexpr std::size_t uri_size = 2048;
constexpr std::uintmax_t file_size = 64 * 1024 * 1024;

/// Throws an error of the world with `pointer` in front of its field.
void added(const base::Result<void>& result, const std::string& pointer) {
  if (!result) {
    throw base::ErrorException(base::invalid(pointer + result.error().field, result.error().message));
  }
}

void read_application(ObjectReader reader, Application& application) {
  application.id = reader.id<ApplicationId>("id");
  application.name = reader.text("name", 1, max_profile_text);
  if (reader.has("description")) application.description = reader.text("description", 0, uri_size);
  application.icon = reader.optional_text("icon", max_profile_text);
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

World read_world(const boost::json::value& document) {
  World world;
  ObjectReader reader(document, "");
  read_application(reader.object("application"), world.application);
  each_object(reader, "people", [&](ObjectReader& fields, const std::string& pointer) {
    User user;
    user.id = fields.id<UserId>("id");
    read_fields(fields, user);
    added(world.add_user(std::move(user)), pointer);
  });
  if (world.find_user(world.application.owner_id) == nullptr) {
    throw base::ErrorException(base::invalid("/application/ownerId", "Nobody among the people has this id."));
  }
  each_object(reader, "guilds", [&](ObjectReader& fields, const std::string& pointer) {
    Guild guild;
    guild.id = fields.id<GuildId>("id");
    read_fields(fields, guild, world);
    added(world.add_guild(std::move(guild)), pointer);
  });
  if (reader.has("rateLimits")) {
    auto limits = reader.object("rateLimits");
    read_fields(limits, world.rate_limits);
    limits.finish();
  }
  reader.finish();
  return world;
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

}  // namespace

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

void read_fields(ObjectReader& reader, User& user) {
  // Required for a new user.
  if (user.username.empty() || reader.has("username")) user.username = reader.text("username", 1, 32);
  if (reader.has("globalName")) user.global_name = reader.optional_text("globalName", max_profile_text);
  if (reader.has("email")) user.email = reader.optional_text("email", 320);
  if (reader.has("avatar")) user.avatar = reader.optional_text("avatar", max_profile_text);
  if (reader.has("bot")) user.bot = reader.boolean("bot");
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

boost::json::object to_json(const User& user) {
  return {
      {"id", user.id.to_string()},    {"username", user.username},      {"globalName", or_null(user.global_name)},
      {"email", or_null(user.email)}, {"avatar", or_null(user.avatar)}, {"bot", user.bot},
  };
}

boost::json::object to_json(const World& world) {
  boost::json::array users;
  for (const auto& [id, user] : world.users()) users.push_back(to_json(user));
  boost::json::array guilds;
  for (const auto& [id, guild] : world.guilds()) guilds.push_back(to_json(guild));
  return {
      {"application", to_json(world.application)},
      {"people", std::move(users)},
      {"guilds", std::move(guilds)},
      {"rateLimits", to_json(world.rate_limits)},
  };
}

}  // namespace guildhall::sim
