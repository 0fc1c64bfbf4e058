#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::bot {

/// What a component's id says beside the name that its author gave it.
struct ComponentClaims {
  base::GuildId guild;
  base::CommandId command;
  std::uint64_t revision = 0;                         ///< Of the command, when the message was made.
  std::optional<base::UserId> caller{};               ///< The only one who may use it.
  std::optional<std::chrono::sys_seconds> expires{};  ///< From then on nobody may.
  std::optional<discord::MessageId> call{};           ///< The message that called the command, where it has arguments.

  bool operator==(const ComponentClaims&) const = default;
};

/// What an id of ours says.
struct VerifiedId {
  ComponentClaims claims;
  std::string custom_id{};              ///< The author's; empty where there was no room for it.
  std::optional<std::uint64_t> hash{};  ///< Of the author's, then.
};

/// What components are called towards Discord: claims in a compact form, signed, and the `custom_id` that the command's
/// author chose. So whoever is told that a component was used knows what to run, also after a restart, and nobody else
/// can make such an id, nor use one of another guild. Immutable, so any thread may use it.
///
/// The form: base64url of flags, the command's id and revision, what the flags say is there, and 80 bits of
/// HMAC-SHA256 over that, the guild's id and the author's; then a dot and the author's id.
class ComponentIds {
 public:
  /// Discord: components/reference, Custom ID. In characters.
  static constexpr std::size_t longest = 100;

  /// At least one key; the first signs, all verify.
  explicit ComponentIds(std::vector<base::Secret> keys);

  /// At most `longest` characters: of a custom_id for which there is no room the id has the hash.
  [[nodiscard]] std::string sign(const ComponentClaims& claims, std::string_view custom_id) const;

  /// How many characters a custom_id may have to stand in an id itself.
  [[nodiscard]] static std::size_t room(const ComponentClaims& claims);

  /// What `id` says, if it was signed for this guild; its age and its caller are for others to judge.
  [[nodiscard]] std::optional<VerifiedId> verify(base::GuildId guild, std::string_view id) const;

  /// The same on every machine and in every version of guildhall.
  [[nodiscard]] static std::uint64_t hash(std::string_view custom_id);

 private:
  std::vector<base::Secret> keys_;
};

}  // namespace guildhall::bot
