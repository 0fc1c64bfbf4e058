#include "discord/model/user.hpp"

#include <boost/json/value.hpp>

#include "base/text.hpp"
#include "discord/model/fields.hpp"
#include "discord/model/snowflake.hpp"

namespace guildhall::discord {

std::optional<User> parse_user(const boost::json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  const auto id = id_field<base::UserId>(*object, "id");
  if (!id) return std::nullopt;
  return User{*id, text_field(*object, "username").value_or(id->to_string()), text_field(*object, "global_name"),
              text_field(*object, "avatar"), text_field(*object, "email")};
}

std::string avatar_url(base::UserId user, std::string_view hash, std::string_view discriminator) {
  constexpr std::string_view cdn = "https://cdn.discordapp.com/";
  if (!hash.empty()) {
    const std::string_view type = hash.starts_with("a_") ? ".gif" : ".png";
    return std::string(cdn) + "avatars/" + user.to_string() + "/" + std::string(hash) + std::string(type);
  }
  const auto number = base::parse_number<unsigned>(discriminator).value_or(0);
  const auto picture = number == 0 ? (user.value() >> snowflake_counter_bits) % 6 : number % 5;
  return std::string(cdn) + "embed/avatars/" + std::to_string(picture) + ".png";
}

}  // namespace guildhall::discord
