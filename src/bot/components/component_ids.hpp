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
#include "base/reloadable.hpp"
#include "base/secret.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::bot {

/// The snowflake of the message or interaction that invoked a command.
using InvocationId = base::Id<struct InvocationTag>;

/// What a signed custom id says beside the custom id that the command's author chose.
struct ComponentClaims {
  base::GuildId guild;
  base::CommandId command;
  std::uint64_t revision = 0;                         ///< Of the command when the message was sent.
  std::optional<base::UserId> caller{};               ///< The only user who may use the component.
  std::optional<std::chrono::sys_seconds> expires{};  ///< Nobody may use it from then on.
  std::optional<InvocationId> invocation{};           ///< Set if the command was invoked with arguments.

  bool operator==(const ComponentClaims&) const = default;
};

/// A custom id that we signed.
struct VerifiedId {
  ComponentClaims claims;
  std::string custom_id{};              ///< The author's; empty if it did not fit.
  std::optional<std::uint64_t> hash{};  ///< Of the author's custom id, if it did not fit.
};

/// Signs and verifies the custom ids that Discord sees. Such an id holds the claims and the author's custom id, so that
/// the bot knows what to run when a component is used, also after a restart; nobody else can create one, nor use it in
/// another guild. Any thread.
///
/// Format: base64url of flags, the command's id and revision, the optional claims that the flags name, and 80 bits of
/// HMAC-SHA256 over those, the guild's id and the author's custom id; then a dot and the author's custom id.
class ComponentIds {
 public:
  /// In characters (Discord: components/reference, Custom ID).
  static constexpr std::size_t max_length = 100;

  /// The first key signs, all keys verify. Throws std::invalid_argument without a key.
  explicit ComponentIds(std::vector<base::Secret> keys);

  /// Replaces the keys; as for the constructor.
  void replace_keys(std::vector<base::Secret> keys);

  /// At most `max_length` characters: a custom id that does not fit is replaced by its hash.
  [[nodiscard]] std::string sign(const ComponentClaims& claims, std::string_view custom_id) const;

  /// The maximum length, in characters, of a custom id that fits beside `claims`.
  [[nodiscard]] static std::size_t max_custom_id(const ComponentClaims& claims);

  /// Nullopt unless `id` was signed for this guild. Expiry and caller are not checked.
  [[nodiscard]] std::optional<VerifiedId> verify(base::GuildId guild, std::string_view id) const;

  /// Stable across machines and versions, as sent messages contain it.
  [[nodiscard]] static std::uint64_t hash(std::string_view custom_id);

 private:
  base::Reloadable<std::vector<base::Secret>> keys_;
};

}  // namespace guildhall::bot
