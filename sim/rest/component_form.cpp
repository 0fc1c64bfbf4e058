#include "sim/rest/component_form.hpp"

#include <set>
#include <utility>

namespace guildhall::sim {
namespace {

using boost::json::object;

constexpr Bounds rows_per_message{0, 5};
constexpr Bounds components_per_row{1, 5};
constexpr Bounds custom_id_length{1, 100};
constexpr Bounds label_length{0, 80};
constexpr Bounds placeholder_length{0, 150};
constexpr Bounds options_per_menu{1, 25};
constexpr Bounds option_text_length{1, 100};
constexpr Bounds description_length{0, 100};
constexpr Bounds values_min{0, 25};
constexpr Bounds values_max{1, 25};
constexpr int link_style = 5;

std::string choice_problem(std::string_view choices) {
  return "Value of field \"type\" must be one of (" + std::string(choices) + ").";
}

class ComponentsReader {
 public:
  boost::json::array read_rows(FormReader& form, const boost::json::array& list) {
    boost::json::array rows;
    for (std::size_t i = 0; i < list.size(); ++i) {
      auto row = form.element("components", i, list[i]);
      if (row) rows.push_back(read_row(*row));
    }
    return rows;
  }

 private:
  object read_row(FormReader& form) {
    object row{{"type", static_cast<int>(ComponentType::action_row)}, {"id", ++last_id_}};
    if (form.integer("type", {0, INT32_MAX}) != static_cast<int>(ComponentType::action_row)) {
      form.problem("type", "UNION_TYPE_CHOICES", choice_problem("1,"));
      return row;
    }
    form.require("components");
    boost::json::array parts;
    bool menu = false;
    const auto* list = form.list("components", components_per_row);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      auto part = form.element("components", i, (*list)[i]);
      if (!part) continue;
      parts.push_back(read_part(*part));
      menu = menu || parts.back().at("type") != static_cast<int>(ComponentType::button);
    }
    if (menu && parts.size() > 1) {
      form.problem("components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                   "The specified component exceeds the maximum width");
    }
    row["components"] = std::move(parts);
    return row;
  }

  object read_part(FormReader& form) {
    const auto type = form.integer("type", {0, INT32_MAX}).value_or(0);
    object part{{"type", type}, {"id", ++last_id_}};
    switch (type) {
      case static_cast<int>(ComponentType::button): read_button(form, part); break;
      case static_cast<int>(ComponentType::string_select):
        read_menu(form, part);
        read_options(form, part);
        break;
      case static_cast<int>(ComponentType::user_select):
      case static_cast<int>(ComponentType::role_select):
      case static_cast<int>(ComponentType::mentionable_select):
      case static_cast<int>(ComponentType::channel_select): read_menu(form, part); break;
      default: form.problem("type", "UNION_TYPE_CHOICES", choice_problem("2, 3, 5, 6, 7, 8"));
    }
    return part;
  }

  void read_button(FormReader& form, object& button) {
    form.require("style");
    const auto style = form.integer("style", {1, link_style});
    button["style"] = style.value_or(1);
    if (auto label = form.text("label", label_length); label && !label->empty()) button["label"] = *label;
    if (auto emoji = read_emoji(form)) button["emoji"] = std::move(*emoji);
    if (form.boolean("disabled", false)) button["disabled"] = true;
    if (style == link_style) {
      form.require("url");
      if (auto url = form.url("url")) button["url"] = *url;
      if (form.find("custom_id") != nullptr) {
        form.problem_here("BUTTON_COMPONENT_INVALID_FIELDS", "A custom id and url cannot both be specified");
      }
    } else {
      read_custom_id(form, button);
      if (form.find("url") != nullptr) {
        form.problem_here("BUTTON_COMPONENT_INVALID_FIELDS", "A custom id and url cannot both be specified");
      }
    }
    if (!button.contains("label") && !button.contains("emoji")) {
      form.problem_here("BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI", "A label or emoji is required");
    }
  }

  void read_menu(FormReader& form, object& menu) {
    read_custom_id(form, menu);
    const auto min = form.integer("min_values", values_min).value_or(1);
    const auto max = form.integer("max_values", values_max).value_or(1);
    if (min > max)
      form.problem("min_values", "NUMBER_TYPE_MAX", "int value should be less than or equal to max_values.");
    menu["min_values"] = min;
    menu["max_values"] = max;
    if (auto hint = form.text("placeholder", placeholder_length); hint && !hint->empty()) {
      menu["placeholder"] = *hint;
    }
    if (form.boolean("disabled", false)) menu["disabled"] = true;
  }

  void read_options(FormReader& form, object& menu) {
    form.require("options");
    const auto* list = form.list("options", options_per_menu);
    boost::json::array options;
    std::set<std::string> values;
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      auto option = form.element("options", i, (*list)[i]);
      if (!option) continue;
      options.push_back(read_option(*option, values));
    }
    if (static_cast<std::size_t>(menu["max_values"].as_int64()) > options.size()) {
      form.problem("max_values", "SELECT_COMPONENT_MAX_VALUES_TOO_LARGE", "There are fewer options than max_values.");
    }
    menu["options"] = std::move(options);
  }

  object read_option(FormReader& form, std::set<std::string>& values) {
    object option{{"label", form.required_text("label", option_text_length)}};
    auto value = form.required_text("value", option_text_length);
    if (!values.insert(value).second) {
      form.problem("value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used");
    }
    option["value"] = value;
    if (auto text = form.text("description", description_length); text && !text->empty()) {
      option["description"] = *text;
    }
    if (auto emoji = read_emoji(form)) option["emoji"] = std::move(*emoji);
    if (form.boolean("default", false)) option["default"] = true;
    return option;
  }

  void read_custom_id(FormReader& form, object& part) {
    auto id = form.required_text("custom_id", custom_id_length);
    if (!id.empty() && !custom_ids_.insert(id).second) {
      form.problem("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
    }
    part["custom_id"] = id;
  }

  static std::optional<object> read_emoji(FormReader& form) {
    auto within = form.object("emoji");
    if (!within) return std::nullopt;
    object emoji{{"name", within->text("name", {0, 32}).value_or("")}};
    if (const auto id = within->snowflake<base::Id<struct EmojiTag>>("id")) emoji["id"] = id->to_string();
    if (within->boolean("animated", false)) emoji["animated"] = true;
    return emoji;
  }

  int last_id_ = 0;
  std::set<std::string> custom_ids_;
};

}  // namespace

std::optional<boost::json::array> read_components(FormReader& form) {
  const auto* list = form.list("components", rows_per_message);
  if (list == nullptr) return std::nullopt;
  return ComponentsReader().read_rows(form, *list);
}

}  // namespace guildhall::sim
