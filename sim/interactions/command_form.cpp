#include "sim/interactions/command_form.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/utf8.hpp"
#include "sim/world/permissions.hpp"

namespace guildhall::sim {
namespace {

using boost::json::object;

constexpr Bounds name_length{1, 32};
constexpr Bounds command_description_length{1, 100};
constexpr Bounds no_description{0, 0};
constexpr Bounds options_per_command{0, 25};
constexpr Bounds choices_per_option{0, 25};
constexpr Bounds choice_name_length{1, 100};
constexpr Bounds choice_text_length{0, 100};
constexpr Bounds text_lengths{0, 6000};
constexpr std::size_t command_size = 8000;
constexpr int deepest_options = 3;

/// `^[-_'\p{L}\p{N}]{1,32}$` in lower case. Letters beyond ASCII are all taken.
bool is_chat_input_name(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    return !ascii || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '\'';
  });
}

std::size_t length_of(std::string_view text) { return base::count_code_points(text).value_or(text.size()); }

class CommandReader {
 public:
  ApplicationCommand read(FormReader& form) {
    ApplicationCommand command;
    command.type = static_cast<CommandType>(form.integer("type", {1, 4}).value_or(1));
    const bool chat_input = command.type == CommandType::chat_input;
    command.name = read_name(form, chat_input);
    object& shown = command.definition;
    shown["type"] = static_cast<int>(command.type);
    shown["name"] = command.name;
    shown["name_localizations"] = localizations(form, "name_localizations");
    shown["description"] = chat_input ? read_description(form) : form.text("description", no_description).value_or("");
    shown["description_localizations"] = localizations(form, "description_localizations");
    shown["default_member_permissions"] = read_permissions(form);
    shown["nsfw"] = form.boolean("nsfw", false);
    shown["dm_permission"] = form.boolean("dm_permission", true);
    shown["contexts"] = numbers(form, "contexts", {0, 2}, nullptr);
    shown["integration_types"] = numbers(form, "integration_types", {0, 1}, boost::json::array{0});
    if (command.type == CommandType::primary_entry_point) {
      form.require("handler");
      shown["handler"] = form.integer("handler", {1, 2}).value_or(1);
    }
    if (auto options = read_options(form, 1); !options.empty()) {
      if (!chat_input) form.problem("options", "APPLICATION_COMMAND_OPTIONS_INVALID", "Only chat inputs have options");
      shown["options"] = std::move(options);
    }
    if (size_ > command_size) {
      form.problem_here("APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)");
    }
    return command;
  }

 private:
  std::string read_name(FormReader& form, bool chat_input) {
    auto name = form.required_text("name", name_length);
    if (chat_input && !is_chat_input_name(name)) {
      form.problem("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
    size_ += length_of(name);
    return name;
  }

  std::string read_description(FormReader& form) {
    auto description = form.required_text("description", command_description_length);
    size_ += length_of(description);
    return description;
  }

  static boost::json::value localizations(FormReader& form, std::string_view name) {
    const auto* value = form.find(name);
    if (value == nullptr) return nullptr;
    if (value->is_object()) return *value;
    form.problem(name, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
    return nullptr;
  }

  static boost::json::value read_permissions(FormReader& form) {
    const auto bits = form.text("default_member_permissions", {1, 20});
    if (!bits) return nullptr;
    if (!Permissions::parse(*bits)) {
      form.problem("default_member_permissions", "NUMBER_TYPE_COERCE", "Value \"" + *bits + "\" is not int.");
    }
    return boost::json::value(*bits);
  }

  static boost::json::value numbers(FormReader& form, std::string_view name, Bounds allowed,
                                    boost::json::value fallback) {
    const auto* list = form.list(name, {1, allowed.max + 1});
    if (list == nullptr) return fallback;
    for (const auto& number : *list) {
      if (number.is_int64() && number.as_int64() >= allowed.min && number.as_int64() <= allowed.max) continue;
      form.problem(name, "BASE_TYPE_CHOICES", "Value is not one of those that are known.");
    }
    return *list;
  }

  boost::json::array read_options(FormReader& form, int depth) {
    boost::json::array options;
    const auto* list = form.list("options", options_per_command);
    std::set<std::string> names;
    bool optional_seen = false;
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      auto element = form.element("options", i, (*list)[i]);
      if (!element) continue;
      auto option = read_option(*element, depth);
      if (!names.insert(std::string(option["name"].as_string())).second) {
        element->problem("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists");
      }
      const bool required = option.contains("required");
      if (required && optional_seen) {
        element->problem_here("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                              "Required options must be placed before non-required options");
      }
      optional_seen = optional_seen || !required;
      options.push_back(std::move(option));
    }
    check_levels(form, options, depth);
    return options;
  }

  /// Sub-commands stand beside nothing else, groups hold sub-commands only, and those hold neither.
  static void check_levels(FormReader& form, const boost::json::array& options, int depth) {
    const auto nests = [](const boost::json::value& option) {
      return option.at("type").as_int64() <= static_cast<int>(OptionType::sub_command_group);
    };
    const auto nesting = std::count_if(options.begin(), options.end(), nests);
    const bool mixed = nesting > 0 && nesting < static_cast<std::ptrdiff_t>(options.size());
    if (mixed || (nesting > 0 && depth == deepest_options)) {
      form.problem("options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                   "Sub-command and sub-command group option types are mutually exclusive to all other types");
    }
  }

  object read_option(FormReader& form, int depth) {
    form.require("type");
    const auto type = static_cast<OptionType>(form.integer("type", {1, 11}).value_or(3));
    object option{{"type", static_cast<int>(type)}};
    option["name"] = read_name(form, true);
    option["description"] = read_description(form);
    if (type == OptionType::sub_command || type == OptionType::sub_command_group) {
      // A group's sub-commands are one level deeper than those that stand by themselves.
      const int below = type == OptionType::sub_command ? deepest_options : depth + 1;
      if (auto options = read_options(form, below); !options.empty()) option["options"] = std::move(options);
      return option;
    }
    if (form.boolean("required", false)) option["required"] = true;
    if (form.boolean("autocomplete", false)) option["autocomplete"] = true;
    read_limits(form, option, type);
    if (auto choices = read_choices(form, type); !choices.empty()) {
      if (option.contains("autocomplete")) {
        form.problem("choices", "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", "Choices exclude autocomplete");
      }
      option["choices"] = std::move(choices);
    }
    return option;
  }

  static void read_limits(FormReader& form, object& option, OptionType type) {
    if (type == OptionType::string) {
      if (const auto min = form.integer("min_length", text_lengths)) option["min_length"] = *min;
      if (const auto max = form.integer("max_length", {1, text_lengths.max})) option["max_length"] = *max;
    }
    for (const std::string_view name : {"min_value", "max_value"}) {
      if (type == OptionType::integer) {
        if (const auto limit = form.integer(name, {INT64_MIN, INT64_MAX})) option[name] = *limit;
      } else if (type == OptionType::number) {
        if (const auto limit = form.number(name)) option[name] = *limit;
      }
    }
    if (type == OptionType::channel) {
      if (const auto* types = form.list("channel_types", {0, 100}); types != nullptr) option["channel_types"] = *types;
    }
  }

  boost::json::array read_choices(FormReader& form, OptionType type) {
    boost::json::array choices;
    const auto* list = form.list("choices", choices_per_option);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      auto element = form.element("choices", i, (*list)[i]);
      if (!element) continue;
      object choice{{"name", element->required_text("name", choice_name_length)}};
      element->require("value");
      switch (type) {
        case OptionType::string: choice["value"] = element->text("value", choice_text_length).value_or(""); break;
        case OptionType::integer:
          choice["value"] = element->integer("value", {INT64_MIN, INT64_MAX}).value_or(0);
          break;
        case OptionType::number: choice["value"] = element->number("value").value_or(0); break;
        default: form.problem("choices", "BASE_TYPE_CHOICES", "Options of this type have no choices"); break;
      }
      choices.push_back(std::move(choice));
    }
    return choices;
  }

  std::size_t size_ = 0;
};

}  // namespace

ApplicationCommand read_command(const boost::json::object& body, FormProblems& problems, FormProblems::Path path) {
  FormReader form(body, problems, std::move(path));
  return CommandReader().read(form);
}

}  // namespace guildhall::sim
