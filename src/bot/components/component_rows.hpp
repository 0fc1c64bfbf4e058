#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "bot/components/component_ids.hpp"

namespace guildhall::bot {

/// Who may use a component, and for how long. Nothing: everybody; for ever.
struct ComponentRules {
  std::optional<bool> only_caller{};
  std::optional<std::chrono::seconds> expires_after{};
};

/// Whose answer components are part of.
struct ComponentOrigin {
  base::GuildId guild;
  base::CommandId command;
  std::uint64_t revision = 0;
  base::UserId caller;
  std::optional<discord::MessageId> call{};  ///< As in ComponentClaims.
  base::Timestamp now;
};

/// The components of a message that is going to be made, maybe many times, with what their author says in
/// `onlyCaller` and `expiresAfter` taken out. Immutable.
class ComponentRows {
 public:
  ComponentRows() = default;

  /// `message` is as api::command_response_schema or api::script_message_schema leaves it; its components and
  /// rules are taken out.
  [[nodiscard]] static ComponentRows take_from(boost::json::object& message);

  [[nodiscard]] bool empty() const { return rows_.empty(); }
  /// Whether any of them runs a script.
  [[nodiscard]] bool run_scripts() const { return !named_.empty(); }
  /// When all of them have expired, if they do.
  [[nodiscard]] std::optional<std::chrono::seconds> lifetime() const;

  /// As Discord is to get them.
  [[nodiscard]] boost::json::array sign(const ComponentIds& ids, const ComponentOrigin& origin) const;

  /// What a component has of another message, where it says nothing itself: its caller and expiry.
  struct Inherited {
    std::optional<base::UserId> caller;
    std::optional<std::chrono::sys_seconds> expires;
  };
  struct Before {
    /// What the component of that name had before; nothing where there was none.
    std::function<std::optional<Inherited>(std::string_view custom_id)> inherited;
    /// Whether a component can be found again by its name's hash.
    std::function<bool(std::string_view custom_id)> may_be_hashed;
  };
  /// The same for a message that a script makes: Errc::invalid where a name is too long.
  [[nodiscard]] base::Result<boost::json::array> sign(const ComponentIds& ids, const ComponentOrigin& origin,
                                                      const Before& before) const;

  /// The author's name of the component whose name has this hash.
  [[nodiscard]] std::optional<std::string> find(std::uint64_t hash) const;

 private:
  struct Named {
    std::size_t row;
    std::size_t column;
    ComponentRules rules;
  };

  ComponentRows(boost::json::array rows, std::vector<Named> named) : rows_(std::move(rows)), named_(std::move(named)) {}
  [[nodiscard]] std::string_view name_of(const Named& named) const;

  boost::json::array rows_;
  std::vector<Named> named_;
};

/// The custom_id of a component, which may have any form; null where it has none.
[[nodiscard]] boost::json::string* custom_id_of(boost::json::value& component);

/// Calls `visit` with each custom_id in the components of `message`, a message of Discord or anything
/// else.
void for_each_custom_id(boost::json::object& message, const std::function<void(boost::json::string&)>& visit);

}  // namespace guildhall::bot
