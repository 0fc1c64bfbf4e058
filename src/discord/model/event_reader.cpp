#include "discord/model/event_reader.hpp"

#include <simdjson.h>

#include <utility>

#include "base/date_time.hpp"

namespace guildhall::discord {
namespace {

namespace ondemand = simdjson::ondemand;

/// A parser keeps memory for the largest event it has parsed, six times its size; more than this is released.
constexpr std::size_t kept_parser_capacity = 1 << 20;

/// Of a message whose type is no number.
constexpr std::int64_t unknown_type = -1;

// A value of another type than expected counts as absent, so that one bad field does not lose the event. Malformed JSON
// throws.

/// Empty unless the value is a string of valid Unicode.
std::string_view text_of(ondemand::value value) {
  std::string_view text;
  if (value.get_string().get(text) != simdjson::SUCCESS) return {};
  return text;
}

template <class Id>
std::optional<Id> id_of(ondemand::value value) {
  return Id::parse(text_of(value));
}

template <class Id>
Id id_or_zero(ondemand::value value) {
  return id_of<Id>(value).value_or(Id{});
}

/// Nothing if the value is no whole number that fits.
template <class Number>
std::optional<Number> number_of(ondemand::value value) {
  std::int64_t number = 0;
  if (value.get_int64().get(number) != simdjson::SUCCESS || !std::in_range<Number>(number)) return std::nullopt;
  return static_cast<Number>(number);
}

bool flag_of(ondemand::value value) {
  bool flag = false;
  return value.get_bool().get(flag) == simdjson::SUCCESS && flag;
}

std::optional<Permissions> permissions_of(ondemand::value value) {
  const auto bits = id_of<PermissionBits>(value);
  return bits ? std::optional(Permissions(bits->value())) : std::nullopt;
}

/// Calls `read(name, value)` for each member if the value is an object.
template <class Read>
void read_members_of(ondemand::value value, Read read) {
  if (value.type() != ondemand::json_type::object) return;
  for (auto field : value.get_object()) {
    const std::string_view name = field.unescaped_key();
    read(name, field.value().value());
  }
}

/// Calls `read(value)` for each element if the value is an array.
template <class Read>
void read_elements_of(ondemand::value value, Read read) {
  if (value.type() != ondemand::json_type::array) return;
  for (auto element : value.get_array()) read(element.value());
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
      read_members_of(part.value(), [&](std::string_view key, ondemand::value value) {
        if (key == "id") id = id_or_zero<base::UserId>(value);
        if (key == "username") username = text_of(value);
        if (key == "global_name") global_name = text_of(value);
        if (key == "avatar") avatar = text_of(value);
        if (key == "discriminator") discriminator = text_of(value);
      });
    } else if (name == "member") {
      read_members_of(part.value(), [&](std::string_view key, ondemand::value value) {
        if (key == "nick") nick = text_of(value);
      });
    }
  }
  const auto& shown = !nick.empty() ? nick : !global_name.empty() ? global_name : username;
  return {shown, avatar_url(id, avatar, discriminator)};
}

IncomingMessage read_message(ondemand::object object) {
  IncomingMessage message{};
  for (auto field : object) {
    const std::string_view key = field.unescaped_key();
    ondemand::value value = field.value();
    if (key == "id") {
      message.id = id_or_zero<MessageId>(value);
    } else if (key == "channel_id") {
      message.channel = id_or_zero<ChannelId>(value);
    } else if (key == "guild_id") {
      message.guild = id_of<base::GuildId>(value);
    } else if (key == "author") {
      read_members_of(value, [&message](std::string_view name, ondemand::value member) {
        if (name == "id") message.author = id_or_zero<base::UserId>(member);
        if (name == "bot") message.automated |= flag_of(member);
      });
    } else if (key == "webhook_id") {
      message.automated |= !value.is_null();
    } else if (key == "type") {
      message.type = number_of<std::int64_t>(value).value_or(unknown_type);
    } else if (key == "content") {
      message.content = text_of(value);
    }
  }
  return message;
}

/// Nothing without an id or readable permissions.
std::optional<Role> read_role(ondemand::value object) {
  Role role{};
  bool known = false;
  read_members_of(object, [&](std::string_view key, ondemand::value value) {
    if (key == "id") {
      role.id = id_or_zero<DiscordRoleId>(value);
    } else if (key == "permissions") {
      const auto permissions = permissions_of(value);
      known = permissions.has_value();
      role.permissions = permissions.value_or(Permissions());
    } else if (key == "name") {
      role.name = text_of(value);
    } else if (key == "color") {
      role.color = number_of<std::uint32_t>(value).value_or(0);
    } else if (key == "position") {
      role.position = number_of<std::int32_t>(value).value_or(0);
    } else if (key == "hoist") {
      role.hoist = flag_of(value);
    } else if (key == "managed") {
      role.managed = flag_of(value);
    } else if (key == "mentionable") {
      role.mentionable = flag_of(value);
    } else if (key == "tags") {
      read_members_of(value, [&role](std::string_view tag, ondemand::value bot) {
        if (tag == "bot_id") role.bot = id_or_zero<base::UserId>(bot);
      });
    }
  });
  return known && role.id != DiscordRoleId{} ? std::optional(std::move(role)) : std::nullopt;
}

/// Nothing without a user or roles.
std::optional<Member> read_member(ondemand::value object) {
  Member member{};
  bool has_roles = false;
  read_members_of(object, [&](std::string_view key, ondemand::value value) {
    if (key == "user") {
      read_members_of(value, [&member](std::string_view name, ondemand::value id) {
        if (name == "id") member.user = id_or_zero<base::UserId>(id);
      });
    } else if (key == "roles") {
      has_roles = value.type() == ondemand::json_type::array;
      read_elements_of(value, [&member](ondemand::value element) {
        if (const auto role = id_of<DiscordRoleId>(element)) member.roles.push_back(*role);
      });
    }
  });
  return has_roles && member.user != base::UserId{} ? std::optional(std::move(member)) : std::nullopt;
}

std::vector<Member> read_members(ondemand::value array, base::UserId bot) {
  std::vector<Member> members;
  read_elements_of(array, [&](ondemand::value element) {
    auto member = read_member(element);
    if (member && (!member->roles.empty() || member->user == bot)) members.push_back(std::move(*member));
  });
  return members;
}

/// Nothing if a field that decides permissions cannot be read.
std::optional<Overwrite> read_overwrite(ondemand::value object) {
  Overwrite overwrite{};
  std::optional<int> type;
  bool known = true;
  const auto permissions = [&known](ondemand::value value) {
    const auto bits = permissions_of(value);
    known = known && bits;
    return bits.value_or(Permissions());
  };
  read_members_of(object, [&](std::string_view key, ondemand::value value) {
    if (key == "id") {
      overwrite.id = id_or_zero<PermissionBits>(value).value();
    } else if (key == "type") {
      type = number_of<int>(value);
    } else if (key == "allow") {
      overwrite.allow = permissions(value);
    } else if (key == "deny") {
      overwrite.deny = permissions(value);
    }
  });
  overwrite.is_member = type == 1;
  return known && type && overwrite.id != 0 ? std::optional(overwrite) : std::nullopt;
}

/// Nothing without an id and a type, or if a field that decides permissions cannot be read.
std::optional<Channel> read_channel(ondemand::value object) {
  Channel channel{.id = {}, .type = unknown_type};
  bool known = true;
  read_members_of(object, [&](std::string_view key, ondemand::value value) {
    if (key == "id") {
      channel.id = id_or_zero<ChannelId>(value);
    } else if (key == "type") {
      channel.type = number_of<std::int64_t>(value).value_or(unknown_type);
    } else if (key == "parent_id") {
      channel.parent = id_or_zero<ChannelId>(value);
    } else if (key == "permission_overwrites") {
      const ondemand::json_type type = value.type();
      known = known && (type == ondemand::json_type::null || type == ondemand::json_type::array);
      read_elements_of(value, [&](ondemand::value element) {
        const auto overwrite = read_overwrite(element);
        known = known && overwrite;
        if (overwrite) channel.overwrites.push_back(*overwrite);
      });
    }
  });
  const bool complete = known && channel.id != ChannelId{} && channel.type != unknown_type;
  return complete ? std::optional(std::move(channel)) : std::nullopt;
}

Guild read_guild(ondemand::object object, base::UserId bot) {
  Guild guild{};
  for (auto field : object) {
    const std::string_view key = field.unescaped_key();
    ondemand::value value = field.value();
    if (key == "id") {
      guild.id = id_or_zero<base::GuildId>(value);
    } else if (key == "unavailable") {
      guild.unavailable = flag_of(value);
    } else if (key == "name") {
      guild.name = text_of(value);
    } else if (key == "icon") {
      if (const auto icon = text_of(value); !icon.empty()) guild.icon = std::string(icon);
    } else if (key == "owner_id") {
      guild.owner = id_or_zero<base::UserId>(value);
    } else if (key == "member_count") {
      guild.member_count = number_of<std::uint32_t>(value);
    } else if (key == "roles") {
      read_elements_of(value, [&guild](ondemand::value element) {
        if (auto role = read_role(element)) guild.roles.push_back(std::move(*role));
      });
    } else if (key == "members") {
      guild.members = read_members(value, bot);
    } else if (key == "channels" || key == "threads") {
      read_elements_of(value, [&guild](ondemand::value element) {
        if (auto channel = read_channel(element)) guild.channels.push_back(std::move(*channel));
      });
    }
  }
  if (guild.name.empty()) guild.name = guild.id.to_string();
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
    ondemand::value value;
    const bool present = object.find_field_unordered("edited_timestamp").get(value) == simdjson::SUCCESS;
    return present ? base::parse_date_time(text_of(value)) : std::nullopt;
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
    ondemand::value value;
    const bool present = object.find_field_unordered(name).get(value) == simdjson::SUCCESS;
    return present ? id_of<base::GuildId>(value) : std::nullopt;
  });
  impl_->release_large_capacity();
  return id.value_or(std::nullopt);
}

}  // namespace guildhall::discord
