#include "sim/rest/component_form.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <utility>

#include "base/utf8.hpp"

namespace guildhall::sim {
namespace {

using boost::json::object;

constexpr Bounds rows_per_message{0, 5};
constexpr Bounds components_v2_per_message{0, 40};
constexpr Bounds components_per_modal{1, 5};
constexpr Bounds components_per_row{1, 5};
constexpr Bounds custom_id_length{1, 100};
constexpr Bounds label_length{0, 80};
constexpr Bounds placeholder_length{0, 150};
constexpr Bounds options_per_menu{1, 25};
constexpr Bounds option_text_length{1, 100};
constexpr Bounds description_length{0, 100};
constexpr Bounds values_min{0, 25};
constexpr Bounds values_max{1, 25};
constexpr Bounds texts_per_section{1, 3};
constexpr Bounds text_display_length{1, 4000};
constexpr Bounds items_per_gallery{1, 10};
constexpr Bounds media_description_length{1, 1024};
constexpr Bounds label_text_length{1, 45};
constexpr Bounds input_length_min{0, 4000};
constexpr Bounds input_length_max{1, 4000};
constexpr Bounds input_placeholder_length{0, 100};
constexpr Bounds radios_per_group{2, 10};
constexpr Bounds boxes_per_group{1, 10};
constexpr Bounds files_min{0, 10};
constexpr Bounds files_max{1, 10};
constexpr int link_style = 5;
constexpr int premium_style = 6;
constexpr int max_components_v2 = 40;

std::string choice_problem(std::string_view choices) {
  return "Value of field \"type\" must be one of (" + std::string(choices) + ").";
}

int number_of(ComponentType type) { return static_cast<int>(type); }

/// A set of component types.
class Kinds {
 public:
  constexpr Kinds(std::initializer_list<ComponentType> types) {
    for (const ComponentType type : types) bits_ |= 1U << static_cast<unsigned>(type);
  }
  [[nodiscard]] constexpr bool has(std::int64_t type) const {
    return type > 0 && type < 32 && (bits_ >> type & 1U) != 0;
  }
  /// `1, 9, 10`, as Discord lists them; `1,` for one.
  [[nodiscard]] std::string to_string() const {
    std::string text;
    for (int type = 1; type < 32; ++type) {
      if (has(type)) text += (text.empty() ? "" : ", ") + std::to_string(type);
    }
    return text.find(',') == std::string::npos ? text + ',' : text;
  }

 private:
  std::uint32_t bits_ = 0;
};

class ComponentsReader {
 public:
  ComponentsReader(FormReader& form, ComponentPlace place) : modal_(place == ComponentPlace::modal) {
    if (const auto* list = form.find("components")) collect_ids(*list);
  }

  boost::json::array read_top(FormReader& form, ComponentPlace place) {
    const Kinds kinds = modal_ ? in_modal : place == ComponentPlace::message ? in_message : in_message_v2;
    const Bounds count = modal_                             ? components_per_modal
                         : place == ComponentPlace::message ? rows_per_message
                                                            : components_v2_per_message;
    auto parts = read_list(form, "components", count, kinds);
    if (count_ > max_components_v2) {
      form.problem("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "A message has at most 40 components");
    }
    if (text_size_ > text_display_length.max) {
      form.problem("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                   "Components displayable text size exceeds maximum size of 4000");
    }
    return parts;
  }

 private:
  using enum ComponentType;
  static constexpr Kinds in_message{action_row};
  static constexpr Kinds in_message_v2{action_row, section, text_display, media_gallery, file, separator, container};
  static constexpr Kinds in_container{action_row, section, text_display, media_gallery, file, separator};
  static constexpr Kinds in_modal{action_row, text_display, label};
  static constexpr Kinds in_row{button, string_select, user_select, role_select, mentionable_select, channel_select};
  static constexpr Kinds in_row_of_modal{text_input};
  static constexpr Kinds in_section{text_display};
  static constexpr Kinds beside_section{button, thumbnail};
  static constexpr Kinds in_label{text_input,     string_select, user_select, role_select,    mentionable_select,
                                  channel_select, file_upload,   radio_group, checkbox_group, checkbox};

  /// The ids that the bot has chosen: the generated ones leave them out.
  void collect_ids(const boost::json::value& value) {
    if (const auto* list = value.if_array()) {
      for (const auto& item : *list) collect_ids(item);
    } else if (const auto* fields = value.if_object()) {
      for (const std::string_view name : {"components", "accessory", "component"}) {
        if (const auto* within = fields->if_contains(name)) collect_ids(*within);
      }
      const auto* id = fields->if_contains("id");
      if (id != nullptr && id->is_int64() && id->as_int64() > 0) chosen_ids_.insert(id->as_int64());
    }
  }

  std::int64_t next_id() {
    do {
      ++last_id_;
    } while (chosen_ids_.contains(last_id_));
    return last_id_;
  }

  boost::json::array read_list(FormReader& form, std::string_view name, Bounds count, const Kinds& kinds) {
    boost::json::array parts;
    const auto* list = form.list(name, count);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      auto part = form.element(name, i, (*list)[i]);
      if (part) parts.push_back(read_part(*part, kinds));
    }
    return parts;
  }

  object read_within(FormReader& form, std::string_view name, const Kinds& kinds) {
    form.require(name);
    auto part = form.object(name);
    return part ? read_part(*part, kinds) : object();
  }

  object read_part(FormReader& form, const Kinds& kinds) {
    form.require("type");
    const auto type = form.integer("type", {0, INT32_MAX}).value_or(0);
    const auto id = form.integer("id", {0, INT32_MAX}).value_or(0);
    object part{{"type", type}, {"id", id > 0 ? id : next_id()}};
    if (id > 0 && !used_ids_.insert(id).second) {
      form.problem("id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
    }
    ++count_;
    if (!kinds.has(type)) {
      form.problem("type", "UNION_TYPE_CHOICES", choice_problem(kinds.to_string()));
      return part;
    }
    read_fields(form, part, static_cast<ComponentType>(type));
    return part;
  }

  void read_fields(FormReader& form, object& part, ComponentType type) {
    switch (type) {
      case action_row: return read_row(form, part);
      case button: return read_button(form, part);
      case string_select: read_menu(form, part); return read_options(form, part, options_per_menu);
      case user_select:
      case role_select:
      case mentionable_select:
      case channel_select: return read_entity_menu(form, part, type);
      case text_input: return read_text_input(form, part);
      case section:
        form.require("components");
        part["components"] = read_list(form, "components", texts_per_section, in_section);
        part["accessory"] = read_within(form, "accessory", beside_section);
        return;
      case text_display: return read_text_display(form, part);
      case thumbnail: return read_media(form, part, "media");
      case media_gallery: return read_gallery(form, part);
      case file:
        read_media(form, part, "file");
        part["name"] = nullptr;
        part["size"] = nullptr;
        return;
      case separator:
        part["divider"] = form.boolean("divider", true);
        part["spacing"] = form.integer("spacing", {1, 2}).value_or(1);
        return;
      case container: return read_container(form, part);
      case label:
        part["label"] = form.required_text("label", label_text_length);
        if (auto text = form.text("description", description_length)) part["description"] = *text;
        part["component"] = read_within(form, "component", in_label);
        return;
      case file_upload: read_custom_id(form, part); return read_counts(form, part, files_min, files_max);
      case radio_group:
      case checkbox_group:
        read_custom_id(form, part);
        if (type == checkbox_group) read_counts(form, part, files_min, files_max);
        part["required"] = form.boolean("required", true);
        return read_options(form, part, type == radio_group ? radios_per_group : boxes_per_group);
      case checkbox:
        read_custom_id(form, part);
        part["default"] = form.boolean("default", false);
        return;
    }
  }

  void read_row(FormReader& form, object& row) {
    form.require("components");
    auto parts = read_list(form, "components", components_per_row, modal_ ? in_row_of_modal : in_row);
    const bool menu = std::any_of(parts.begin(), parts.end(),
                                  [](const boost::json::value& part) { return part.at("type") != number_of(button); });
    if (menu && parts.size() > 1) {
      form.problem("components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                   "The specified component exceeds the maximum width");
    }
    row["components"] = std::move(parts);
  }

  void read_container(FormReader& form, object& part) {
    form.require("components");
    part["components"] = read_list(form, "components", components_v2_per_message, in_container);
    const auto color = form.integer("accent_color", {0, 0xFFFFFF});
    part["accent_color"] = color ? boost::json::value(*color) : boost::json::value(nullptr);
    part["spoiler"] = form.boolean("spoiler", false);
  }

  void read_text_display(FormReader& form, object& part) {
    auto content = form.required_text("content", text_display_length);
    text_size_ += static_cast<std::int64_t>(base::count_code_points(content).value_or(content.size()));
    part["content"] = std::move(content);
  }

  void read_media(FormReader& form, object& part, std::string_view name) {
    form.require(name);
    object media{{"id", std::to_string(next_media_++)}, {"url", ""}, {"proxy_url", ""}};
    if (auto within = form.object(name)) {
      within->require("url");
      if (const auto url = within->url("url")) {
        media["url"] = *url;
        media["proxy_url"] = *url;
        if (name == "file" && !url->starts_with("attachment://")) {
          within->problem("url", "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('attachment',).");
        }
      }
    }
    part[name] = std::move(media);
    part["spoiler"] = form.boolean("spoiler", false);
    if (name == "file") return;
    const auto text = form.text("description", media_description_length);
    part["description"] = text ? boost::json::value(*text) : boost::json::value(nullptr);
  }

  void read_gallery(FormReader& form, object& part) {
    form.require("items");
    boost::json::array items;
    const auto* list = form.list("items", items_per_gallery);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      auto element = form.element("items", i, (*list)[i]);
      if (!element) continue;
      object item;
      read_media(*element, item, "media");
      items.push_back(std::move(item));
    }
    part["items"] = std::move(items);
  }

  void read_text_input(FormReader& form, object& input) {
    read_custom_id(form, input);
    form.require("style");
    input["style"] = form.integer("style", {1, 2}).value_or(1);
    if (auto text = form.text("label", label_text_length)) input["label"] = *text;
    const auto min = form.integer("min_length", input_length_min);
    const auto max = form.integer("max_length", input_length_max);
    if (min) input["min_length"] = *min;
    if (max) input["max_length"] = *max;
    if (min && max && *min > *max) {
      form.problem("min_length", "NUMBER_TYPE_MAX", "int value should be less than or equal to max_length.");
    }
    if (auto hint = form.text("placeholder", input_placeholder_length)) input["placeholder"] = *hint;
    if (auto value = form.text("value", {0, max.value_or(input_length_max.max)})) input["value"] = *value;
    input["required"] = form.boolean("required", true);
  }

  void read_entity_menu(FormReader& form, object& menu, ComponentType type) {
    read_menu(form, menu);
    if (const auto* types = form.list("channel_types", {0, 20}); types != nullptr && type == channel_select) {
      menu["channel_types"] = *types;
    }
    boost::json::array defaults;
    const auto* list = form.list("default_values", values_min);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      auto value = form.element("default_values", i, (*list)[i]);
      if (!value) continue;
      value->require("id");
      const auto id = value->snowflake<base::Id<struct DefaultValueTag>>("id");
      const auto kind = value->required_text("type", {1, 10});
      const bool fits = (type == user_select && kind == "user") || (type == role_select && kind == "role") ||
                        (type == channel_select && kind == "channel") ||
                        (type == mentionable_select && (kind == "user" || kind == "role"));
      if (!fits) value->problem("type", "BASE_TYPE_CHOICES", "This menu has no default values of this type.");
      if (id) defaults.push_back({{"id", id->to_string()}, {"type", kind}});
    }
    if (!defaults.empty()) menu["default_values"] = std::move(defaults);
  }

  void read_counts(FormReader& form, object& part, Bounds least, Bounds most) {
    const auto min = form.integer("min_values", least).value_or(1);
    const auto max = form.integer("max_values", most).value_or(std::max<std::int64_t>(min, 1));
    if (min > max)
      form.problem("min_values", "NUMBER_TYPE_MAX", "int value should be less than or equal to max_values.");
    part["min_values"] = min;
    part["max_values"] = max;
    if (modal_) part["required"] = form.boolean("required", true);
  }

  void read_button(FormReader& form, object& part) {
    form.require("style");
    const auto style = form.integer("style", {1, premium_style});
    if (style == premium_style) return form.refuse({"style"});
    part["style"] = style.value_or(1);
    if (auto label = form.text("label", label_length); label && !label->empty()) part["label"] = *label;
    if (auto emoji = read_emoji(form)) part["emoji"] = std::move(*emoji);
    if (form.boolean("disabled", false)) part["disabled"] = true;
    if (style == link_style) {
      form.require("url");
      if (auto url = form.url("url")) part["url"] = *url;
      if (form.find("custom_id") != nullptr) {
        form.problem_here("BUTTON_COMPONENT_INVALID_FIELDS", "A custom id and url cannot both be specified");
      }
    } else {
      read_custom_id(form, part);
      if (form.find("url") != nullptr) {
        form.problem_here("BUTTON_COMPONENT_INVALID_FIELDS", "A custom id and url cannot both be specified");
      }
    }
    if (!part.contains("label") && !part.contains("emoji")) {
      form.problem_here("BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI", "A label or emoji is required");
    }
  }

  void read_menu(FormReader& form, object& menu) {
    read_custom_id(form, menu);
    read_counts(form, menu, values_min, values_max);
    if (auto hint = form.text("placeholder", placeholder_length); hint && !hint->empty()) {
      menu["placeholder"] = *hint;
    }
    if (form.boolean("disabled", false)) menu["disabled"] = true;
  }

  void read_options(FormReader& form, object& menu, Bounds count) {
    form.require("options");
    const auto* list = form.list("options", count);
    boost::json::array options;
    std::set<std::string> values;
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      auto option = form.element("options", i, (*list)[i]);
      if (!option) continue;
      options.push_back(read_option(*option, values));
    }
    const auto* max = menu.if_contains("max_values");
    if (max != nullptr && max->as_int64() > static_cast<std::int64_t>(options.size())) {
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

  bool modal_;
  std::int64_t last_id_ = 0;
  int next_media_ = 1;
  int count_ = 0;
  std::int64_t text_size_ = 0;
  std::set<std::int64_t> chosen_ids_;
  std::set<std::int64_t> used_ids_;
  std::set<std::string> custom_ids_;
};

const object* find_within(const boost::json::value& part, std::string_view custom_id) {
  if (const auto* list = part.if_array()) {
    for (const auto& item : *list) {
      if (const auto* found = find_within(item, custom_id)) return found;
    }
    return nullptr;
  }
  const auto* fields = part.if_object();
  if (fields == nullptr) return nullptr;
  const auto* id = fields->if_contains("custom_id");
  if (id != nullptr && id->as_string() == custom_id) return fields;
  for (const std::string_view name : {"components", "accessory", "component"}) {
    const auto* within = fields->if_contains(name);
    const auto* found = within == nullptr ? nullptr : find_within(*within, custom_id);
    if (found != nullptr) return found;
  }
  return nullptr;
}

}  // namespace

std::optional<boost::json::array> read_components(FormReader& form, ComponentPlace place) {
  if (form.find("components") == nullptr) return std::nullopt;
  return ComponentsReader(form, place).read_top(form, place);
}

const object* find_component(const boost::json::array& components, std::string_view custom_id) {
  for (const auto& part : components) {
    if (const auto* found = find_within(part, custom_id)) return found;
  }
  return nullptr;
}

}  // namespace guildhall::sim
