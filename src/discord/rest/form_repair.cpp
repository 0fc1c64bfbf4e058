#include "discord/rest/form_repair.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <string_view>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "discord/rest/errors.hpp"

namespace guildhall::discord {
namespace {

namespace json = boost::json;

/// Parts of a message that may be left out. `allowed_mentions` is not: without it everybody could be mentioned.
constexpr std::array<std::string_view, 7> removable_parts{"content", "embeds",      "components",       "tts",
                                                          "poll",    "sticker_ids", "message_reference"};
constexpr std::array<std::string_view, 5> visible_parts{"content", "embeds", "components", "poll", "sticker_ids"};
/// A button that has lost its emoji and has no label.
constexpr std::string_view label_for_none = "…";

constexpr std::size_t max_repair_depth = 16;

/// Where in a message something stands, as far as it decides what can do without what.
enum class PartKind : std::uint8_t {
  message,
  embed,
  embed_text,  ///< A footer, author or field, which is nothing without its text.
  picture,     ///< Or an item of a gallery.
  component,
  option,  ///< Of a select menu.
  other,   ///< An emoji, a default value: all of it or nothing.
};

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

/// Whether an object of this kind is nothing without the member.
bool needs(PartKind kind, const json::object& object, std::string_view name) {
  switch (kind) {
    case PartKind::message:
    case PartKind::embed: return false;
    case PartKind::embed_text: return is_one_of(name, {"text", "name", "value"});
    case PartKind::picture: return is_one_of(name, {"url", "media"});
    case PartKind::component:
      if (name == "label") return object.if_contains("emoji") == nullptr;
      return !is_one_of(
          name, {"emoji", "default_values", "placeholder", "description", "disabled", "min_values", "max_values",
                 "channel_types", "id", "accent_color", "spoiler", "divider", "spacing", "required"});
    case PartKind::option: return is_one_of(name, {"label", "value"});
    case PartKind::other: return true;
  }
  return true;
}

PartKind kind_of_member(PartKind parent, std::string_view name) {
  switch (parent) {
    case PartKind::message:
      if (name == "embeds") return PartKind::embed;
      return name == "components" ? PartKind::component : PartKind::other;
    case PartKind::embed:
      if (is_one_of(name, {"footer", "author", "fields"})) return PartKind::embed_text;
      return is_one_of(name, {"image", "thumbnail"}) ? PartKind::picture : PartKind::other;
    case PartKind::component:
      if (is_one_of(name, {"components", "accessory", "component"})) return PartKind::component;
      if (name == "options") return PartKind::option;
      return is_one_of(name, {"media", "items"}) ? PartKind::picture : PartKind::other;
    default: return PartKind::other;
  }
}

/// Walks the errors and the message together. Each member returns whether the value cannot stay.
class FormRepair {
 public:
  bool visit(json::value& value, const json::object& errors, PartKind kind, std::size_t depth = 0) {
    if (errors.contains("_errors") || depth > max_repair_depth) return true;
    if (auto* list = value.if_array()) return visit_list(*list, errors, kind, depth);
    if (auto* object = value.if_object()) return visit_object(*object, errors, kind, depth);
    return true;
  }

 private:
  bool visit_list(json::array& list, const json::object& errors, PartKind kind, std::size_t depth) {
    std::set<std::size_t, std::greater<>> gone;
    for (const auto& [key, below] : errors) {
      const auto index = base::parse_number<std::size_t>(key);
      if (!index || *index >= list.size() || !below.is_object()) return true;
      if (visit(list[*index], below.get_object(), kind, depth + 1)) gone.insert(*index);
    }
    // A menu's default values must be as many as its limits say, so that one alone cannot go.
    if (kind == PartKind::other && !gone.empty()) return true;
    for (const auto index : gone) list.erase(list.begin() + static_cast<std::ptrdiff_t>(index));
    return list.empty();
  }

  bool visit_object(json::object& object, const json::object& errors, PartKind kind, std::size_t depth) {
    for (const auto& [key, below] : errors) {
      auto* member = object.if_contains(key);
      if (member == nullptr || !below.is_object()) return true;  // It is missing, and Discord needs it.
      if (!visit(*member, below.get_object(), kind_of_member(kind, key), depth + 1)) continue;
      if (kind == PartKind::message &&
          std::ranges::find(removable_parts, std::string_view(key)) == removable_parts.end())
        impossible_ = true;
      if (needs(kind, object, key)) return true;
      object.erase(key);
    }
    if (kind == PartKind::embed) return shows_nothing(object);
    if (kind == PartKind::component) keep_a_label(object);
    return false;
  }

  static bool shows_nothing(const json::object& embed) {
    constexpr std::array<std::string_view, 7> visible{"title",     "description", "fields", "image",
                                                      "thumbnail", "footer",      "author"};
    return std::ranges::none_of(visible, [&](std::string_view name) { return embed.contains(name); });
  }

  static void keep_a_label(json::object& component) {
    constexpr int button = 2;
    const auto* type = component.if_contains("type");
    if (type == nullptr || *type != button || component.contains("label") || component.contains("emoji")) return;
    component["label"] = label_for_none;
  }

  bool impossible_ = false;

 public:
  /// Whether something is at fault that must not be left out.
  [[nodiscard]] bool impossible() const { return impossible_; }
};

bool shows_something(const json::object& message) {
  return std::ranges::any_of(visible_parts, [&](std::string_view name) {
    const auto* part = message.if_contains(name);
    if (part == nullptr || part->is_null()) return false;
    if (const auto* text = part->if_string()) return !text->empty();
    const auto* list = part->if_array();
    return list == nullptr || !list->empty();
  });
}

}  // namespace

std::vector<RefusedPart> leave_out_refused_parts(json::object& message, const json::value& errors,
                                                 const Redaction& redaction) {
  const auto* at_fault = errors.if_object();
  if (at_fault == nullptr) return {};
  std::vector<RefusedPart> left_out;
  for_each_form_error(errors, [&](std::span<const std::string_view> path, const json::object& error) {
    RefusedPart part{"", describe_form_error(error, redaction)};
    for (const auto step : path) part.pointer += base::json_pointer(redaction.key(step));
    left_out.push_back(std::move(part));
  });
  json::value repaired = message;
  FormRepair repair;
  const bool whole = repair.visit(repaired, *at_fault, PartKind::message);
  if (whole || repair.impossible() || left_out.empty() || !shows_something(repaired.get_object())) return {};
  message = std::move(repaired.get_object());
  return left_out;
}

}  // namespace guildhall::discord
