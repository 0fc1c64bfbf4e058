#include "discord/model/event_reader.hpp"

#include <simdjson.h>

#include "base/date_time.hpp"

namespace guildhall::discord {
namespace {

namespace ondemand = simdjson::ondemand;

/// A parser keeps memory for the largest event it has parsed, six times its size; more than this is released.
constexpr std::size_t kept_parser_capacity = 1 << 20;

/// Of a message whose type is no number.
constexpr std::int64_t unknown_type = -1;

template <class Id>
Id id_of(ondemand::value value) {
  const auto id = Id::parse(value.get_string().value());
  if (!id) throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
  return *id;
}

template <class Id>
std::optional<Id> optional_id_of(ondemand::value value) {
  if (value.is_null()) return std::nullopt;
  return id_of<Id>(value);
}

void read_author(ondemand::object author, IncomingMessage& message) {
  for (auto field : author) {
    const std::string_view key = field.unescaped_key();
    if (key == "id") {
      message.author = id_of<base::UserId>(field.value());
    } else if (key == "bot") {
      bool bot = false;
      if (field.value().get_bool().get(bot) == simdjson::SUCCESS) message.automated |= bot;
    }
  }
}

/// A text that may be null.
std::string text_of(ondemand::value value) {
  return value.is_null() ? std::string() : std::string(value.get_string().value());
}

UserFace read_face(ondemand::object message) {
  base::UserId id;
  std::string username;
  std::string global_name;
  std::string nick;
  std::string avatar;
  std::string discriminator;
  for (auto part : message) {
    const std::string_view name = part.unescaped_key();
    if (name == "author") {
      for (auto field : part.value().get_object()) {
        const std::string_view key = field.unescaped_key();
        if (key == "id") id = id_of<base::UserId>(field.value());
        if (key == "username") username = text_of(field.value());
        if (key == "global_name") global_name = text_of(field.value());
        if (key == "avatar") avatar = text_of(field.value());
        if (key == "discriminator") discriminator = text_of(field.value());
      }
    } else if (name == "member") {
      for (auto field : part.value().get_object()) {
        if (const std::string_view key = field.unescaped_key(); key == "nick") nick = text_of(field.value());
      }
    }
  }
  const auto& shown = !nick.empty() ? nick : !global_name.empty() ? global_name : username;
  return {shown, avatar_url(id, avatar, discriminator)};
}

IncomingMessage read_message(ondemand::object object) {
  IncomingMessage message{};
  for (auto field : object) {
    const std::string_view key = field.unescaped_key();
    if (key == "id") {
      message.id = id_of<MessageId>(field.value());
    } else if (key == "channel_id") {
      message.channel = id_of<ChannelId>(field.value());
    } else if (key == "guild_id") {
      message.guild = optional_id_of<base::GuildId>(field.value());
    } else if (key == "author") {
      read_author(field.value().get_object(), message);
    } else if (key == "webhook_id") {
      message.automated |= !field.value().is_null();
    } else if (key == "type") {
      if (field.value().get_int64().get(message.type) != simdjson::SUCCESS) message.type = unknown_type;
    } else if (key == "content") {
      if (field.value().get_string().get(message.content) != simdjson::SUCCESS) message.content = {};
    }
  }
  return message;
}

std::vector<Role> read_roles(ondemand::array array) {
  std::vector<Role> roles;
  for (ondemand::object object : array) {
    Role role{};
    for (auto field : object) {
      const std::string_view key = field.unescaped_key();
      if (key == "id") {
        role.id = id_of<DiscordRoleId>(field.value());
      } else if (key == "permissions") {
        role.permissions = Permissions(id_of<PermissionBits>(field.value()).value());
      } else if (key == "name") {
        role.name = field.value().get_string().value();
      } else if (key == "color") {
        role.color = static_cast<std::uint32_t>(field.value().get_uint64().value());
      } else if (key == "position") {
        role.position = static_cast<std::int32_t>(field.value().get_int64().value());
      } else if (key == "hoist") {
        role.hoist = field.value().get_bool().value();
      } else if (key == "managed") {
        role.managed = field.value().get_bool().value();
      } else if (key == "mentionable") {
        role.mentionable = field.value().get_bool().value();
      }
    }
    roles.push_back(std::move(role));
  }
  return roles;
}

Member read_member(ondemand::object object) {
  Member member{};
  for (auto field : object) {
    const std::string_view key = field.unescaped_key();
    if (key == "user") {
      member.user = id_of<base::UserId>(field.value()["id"].value());
    } else if (key == "roles") {
      for (ondemand::value role : field.value().get_array()) member.roles.push_back(id_of<DiscordRoleId>(role));
    }
  }
  return member;
}

std::vector<Member> read_members(ondemand::array array, base::UserId bot) {
  std::vector<Member> members;
  for (ondemand::object object : array) {
    auto member = read_member(object);
    if (!member.roles.empty() || (member.user == bot && bot != base::UserId{})) members.push_back(std::move(member));
  }
  return members;
}

Overwrite read_overwrite(ondemand::object object) {
  Overwrite overwrite{};
  for (auto field : object) {
    const std::string_view key = field.unescaped_key();
    if (key == "id") {
      overwrite.id = id_of<PermissionBits>(field.value()).value();
    } else if (key == "type") {
      overwrite.is_member = field.value().get_int64().value() == 1;
    } else if (key == "allow") {
      overwrite.allow = Permissions(id_of<PermissionBits>(field.value()).value());
    } else if (key == "deny") {
      overwrite.deny = Permissions(id_of<PermissionBits>(field.value()).value());
    }
  }
  return overwrite;
}

void read_channels(ondemand::array array, std::vector<Channel>& channels) {
  for (ondemand::object object : array) {
    Channel channel{};
    for (auto field : object) {
      const std::string_view key = field.unescaped_key();
      ondemand::value value = field.value();
      if (key == "id") {
        channel.id = id_of<ChannelId>(value);
      } else if (key == "type") {
        channel.type = value.get_int64();
      } else if (key == "parent_id") {
        channel.parent = optional_id_of<ChannelId>(value).value_or(ChannelId{});
      } else if (key == "permission_overwrites" && !value.is_null()) {
        for (ondemand::object each : value.get_array()) channel.overwrites.push_back(read_overwrite(each));
      }
    }
    channels.push_back(std::move(channel));
  }
}

Guild read_guild(ondemand::object object, base::UserId bot) {
  Guild guild{};
  for (auto field : object) {
    const std::string_view key = field.unescaped_key();
    ondemand::value value = field.value();
    if (key == "id") {
      guild.id = id_of<base::GuildId>(value);
    } else if (key == "unavailable") {
      guild.unavailable = !value.is_null() && value.get_bool().value();
    } else if (key == "name") {
      guild.name = value.get_string().value();
    } else if (key == "icon") {
      if (!value.is_null()) guild.icon = std::string(value.get_string().value());
    } else if (key == "owner_id") {
      guild.owner = id_of<base::UserId>(value);
    } else if (key == "member_count") {
      if (!value.is_null()) guild.member_count = static_cast<std::uint32_t>(value.get_uint64().value());
    } else if (key == "roles") {
      guild.roles = read_roles(value.get_array());
    } else if (key == "members") {
      guild.members = read_members(value.get_array(), bot);
    } else if (key == "channels" || key == "threads") {
      read_channels(value.get_array(), guild.channels);
    }
  }
  return guild;
}

}  // namespace

struct EventReader::Impl {
  /// The object in `data` as `read` understands it.
  template <class Read>
  auto read_object(std::string_view data, Read read)
      -> std::optional<decltype(read(std::declval<ondemand::object>()))> {
    const simdjson::padded_string_view padded(data.data(), data.size(), data.size() + simdjson::SIMDJSON_PADDING);
    try {
      ondemand::document document = parser.iterate(padded);
      return read(document.get_object());
    } catch (const simdjson::simdjson_error&) {
      return std::nullopt;
    }
  }

  void release_large_capacity() {
    if (parser.capacity() > kept_parser_capacity) parser = ondemand::parser();
  }

  ondemand::parser parser;
};

EventReader::EventReader() : impl_(std::make_unique<Impl>()) {}
EventReader::~EventReader() = default;

std::optional<IncomingMessage> EventReader::message(std::string_view data) {
  auto message = impl_->read_object(data, &read_message);
  if (!message || message->id == MessageId{} || message->channel == ChannelId{}) return std::nullopt;
  if (message->author == base::UserId{}) return std::nullopt;
  message->data = data;
  return message;
}

UserFace EventReader::author(std::string_view data) {
  if (data.empty()) return {};
  return impl_->read_object(data, &read_face).value_or(UserFace{});
}

std::optional<base::Timestamp> EventReader::edited_at(std::string_view data) {
  const auto time = impl_->read_object(data, [](ondemand::object object) {
    const std::string_view text = object.find_field_unordered("edited_timestamp").get_string();
    return base::parse_date_time(text);
  });
  return time.value_or(std::nullopt);
}

std::optional<Guild> EventReader::guild(std::string_view data, base::UserId bot) {
  auto guild = impl_->read_object(data, [bot](ondemand::object object) { return read_guild(object, bot); });
  impl_->release_large_capacity();
  if (!guild || guild->id == base::GuildId{}) return std::nullopt;
  return guild;
}

std::optional<base::GuildId> EventReader::guild_id(std::string_view data, std::string_view name) {
  const auto id = impl_->read_object(data, [name](ondemand::object object) {
    return optional_id_of<base::GuildId>(object.find_field_unordered(name).value());
  });
  impl_->release_large_capacity();
  return id.value_or(std::nullopt);
}

}  // namespace guildhall::discord
