#include "sim/interactions/modal_submit.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>

#include "base/encoding.hpp"
#include "base/utf8.hpp"
#include "sim/interactions/resolved_objects.hpp"
#include "sim/rest/component_form.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

/// Turns the components of a modal and a user's values into the components of a submit.
class ModalReader {
 public:
  ModalReader(const object& fields, const World& world, const Guild* guild, const AttachmentsById& attachments)
      : fields_(fields), resolved_(world, guild), attachments_(attachments) {}

  array read(const array& components) {
    array submitted;
    for (const auto& component : components) submitted.push_back(read(component.as_object()));
    return submitted;
  }

  [[nodiscard]] object take_resolved() { return resolved_.take(); }

 private:
  [[noreturn]] static void fail(std::string_view id, std::string message) {
    throw base::ErrorException(base::invalid("/fields" + base::json_pointer(id), std::move(message)));
  }

  object read(const object& component) {
    object submitted{{"type", component.at("type")}, {"id", component.at("id")}};
    if (const auto* within = component.if_contains("components")) submitted["components"] = read(within->as_array());
    if (const auto* within = component.if_contains("component")) submitted["component"] = read(within->as_object());
    if (const auto* id = component.if_contains("custom_id")) {
      submitted["custom_id"] = *id;
      read_value(component, std::string_view(id->as_string()), submitted);
    }
    return submitted;
  }

  void read_value(const object& component, std::string_view id, object& submitted) {
    const auto* given = fields_.if_contains(id);
    switch (static_cast<ComponentType>(component.at("type").as_int64())) {
      case ComponentType::text_input: submitted["value"] = read_text(component, id, given); return;
      case ComponentType::checkbox:
        if (given != nullptr && !given->is_bool()) fail(id, "This must be true or false.");
        submitted["value"] = given == nullptr ? component.at("default") : *given;
        return;
      case ComponentType::radio_group: {
        const auto values = read_values(component, id, given);
        submitted["value"] = values.empty() ? boost::json::value(nullptr) : values.front();
        return;
      }
      default: submitted["values"] = read_values(component, id, given);
    }
  }

  static std::string read_text(const object& component, std::string_view id, const boost::json::value* given) {
    const auto* preset = component.if_contains("value");
    const auto* value = given == nullptr ? preset : given;
    if (value != nullptr && !value->is_string()) fail(id, "This must be a string.");
    std::string text(value == nullptr ? std::string_view() : std::string_view(value->as_string()));
    if (text.empty()) {
      if (component.at("required").as_bool()) fail(id, "This field is required.");
      return text;
    }
    const auto length = static_cast<std::int64_t>(base::count_code_points(text).value_or(text.size()));
    const auto* min = component.if_contains("min_length");
    const auto* max = component.if_contains("max_length");
    if (length > (max == nullptr ? 4000 : max->as_int64()) || (min != nullptr && length < min->as_int64())) {
      fail(id, "The length of this text is out of range.");
    }
    return text;
  }

  array read_values(const object& component, std::string_view id, const boost::json::value* given) {
    static const array none;
    const array* values = &none;
    if (given != nullptr) values = given->if_array();
    if (values == nullptr) fail(id, "This must be a list.");
    const bool required = component.at("required").as_bool();
    if (values->empty() && !required) return {};
    const auto* min = component.if_contains("min_values");
    const auto* max = component.if_contains("max_values");
    const auto count = static_cast<std::int64_t>(values->size());
    if (count < (min == nullptr ? 1 : min->as_int64()) || count > (max == nullptr ? 1 : max->as_int64())) {
      fail(id, "This does not take that many choices.");
    }
    for (const auto& value : *values) {
      if (!offers(component, value)) fail(id, "There is no such choice.");
    }
    return *values;
  }

  bool offers(const object& component, const boost::json::value& value) {
    const auto* text = value.if_string();
    if (text == nullptr) return false;
    switch (static_cast<ComponentType>(component.at("type").as_int64())) {
      case ComponentType::user_select: return resolved_.add_user(*text);
      case ComponentType::role_select: return resolved_.add_role(*text);
      case ComponentType::mentionable_select: return resolved_.add_user(*text) || resolved_.add_role(*text);
      case ComponentType::channel_select: return resolved_.add_channel(*text);
      case ComponentType::file_upload: {
        const auto file = attachments_.find(*text);
        if (file == attachments_.end()) return false;
        resolved_.add_attachment(*text, file->second);
        return true;
      }
      default: break;
    }
    const auto& options = component.at("options").as_array();
    return std::any_of(options.begin(), options.end(), [&](const auto& one) { return one.at("value") == value; });
  }

  const object& fields_;
  ResolvedObjects resolved_;
  const AttachmentsById& attachments_;
};

}  // namespace

base::Result<object> modal_data(const object& modal, const object& fields, const World& world, const Guild* guild,
                                const AttachmentsById& attachments) {
  const auto& components = modal.at("components").as_array();
  for (const auto& [id, value] : fields) {
    if (find_component(components, id) == nullptr) {
      return base::invalid("/fields" + base::json_pointer(id), "The modal has no field of this custom id.");
    }
  }
  object data{{"custom_id", modal.at("custom_id")}};
  ModalReader reader(fields, world, guild, attachments);
  try {
    data["components"] = reader.read(components);
  } catch (const base::ErrorException& failure) {
    return failure.error();
  }
  if (auto resolved = reader.take_resolved(); !resolved.empty()) data["resolved"] = std::move(resolved);
  return data;
}

}  // namespace guildhall::sim
