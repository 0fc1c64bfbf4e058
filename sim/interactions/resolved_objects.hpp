#pragma once

#include <boost/json/object.hpp>
#include <string_view>
#include <utility>

#include "sim/world/world.hpp"

namespace guildhall::sim {

/// Gathers what the ids in an interaction stand for (Discord: Receiving and Responding, "Resolved Data Structure").
class ResolvedObjects {
 public:
  /// Both outlive it; `guild` is nullptr in a direct message.
  ResolvedObjects(const World& world, const Guild* guild) : world_(world), guild_(guild) {}

  /// False where `id` is none, or nothing of that kind.
  bool add_user(std::string_view id);
  bool add_role(std::string_view id);
  /// A channel or a thread.
  bool add_channel(std::string_view id);
  void add_attachment(std::string_view id, boost::json::object attachment);
  void add_message(std::string_view id, boost::json::object message);

  /// What was added, by kind and id.
  [[nodiscard]] boost::json::object take() { return std::move(objects_); }

 private:
  boost::json::object& of_kind(std::string_view kind);

  const World& world_;
  const Guild* guild_;
  boost::json::object objects_;
};

}  // namespace guildhall::sim
