#include "sim/interactions/command_call.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <utility>

#include "base/encoding.hpp"
#include "base/utf8.hpp"
#include "sim/interactions/command_form.hpp"
#include "sim/interactions/resolved_objects.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

OptionType type_of(const object& option) { return static_cast<OptionType>(option.at("type").as_int64()); }

bool nests(const object& option) {
  return type_of(option) == OptionType::sub_command || type_of(option) == OptionType::sub_command_group;
}

/// The options of a command, a group or a sub-command.
const array& options_of(const object& definition) {
  static const array none;
  const auto* options = definition.if_contains("options");
  return options == nullptr ? none : options->as_array();
}

const object* find_option(const object& definition, std::string_view name) {
  for (const auto& option : options_of(definition)) {
    if (option.at("name").as_string() == name) return &option.as_object();
  }
  return nullptr;
}

/// Whether `path` leads to a command or sub-command that can be called.
bool leads_to_call(const object& definition, const std::vector<std::string>& path) {
  const object* place = &definition;
  for (const auto& name : path) {
    place = find_option(*place, name);
    if (place == nullptr || !nests(*place)) return false;
  }
  const auto& options = options_of(*place);
  return options.empty() || !nests(options.front().as_object());
}

/// Turns a user's values into options of an interaction.
class OptionsReader {
 public:
  OptionsReader(const World& world, const Guild* guild, const AttachmentsById& attachments,
                std::optional<std::string_view> focused)
      : resolved_(world, guild), attachments_(attachments), focused_(focused) {}

  array read(const object& definition, const object& given) {
    for (const auto& [name, value] : given) {
      if (find_option(definition, name) == nullptr) fail(name, "The command has no option of this name.");
    }
    array options;
    for (const auto& entry : options_of(definition)) {
      const auto& option = entry.as_object();
      const std::string name(option.at("name").as_string());
      const auto* value = given.if_contains(name);
      if (value == nullptr || value->is_null()) {
        if (option.contains("required") && !focused_) fail(name, "This option is required.");
        continue;
      }
      if (name == focused_) {
        if (!option.contains("autocomplete")) fail(name, "This option has no autocomplete.");
        options.push_back(object{{"name", name}, {"type", option.at("type")}, {"value", *value}, {"focused", true}});
        continue;
      }
      options.push_back(
          object{{"name", name}, {"type", option.at("type")}, {"value", read_value(name, option, *value)}});
    }
    if (focused_ && !given.contains(*focused_)) fail(*focused_, "This option has no value yet; it may be empty.");
    return options;
  }

  [[nodiscard]] object take_resolved() { return resolved_.take(); }

 private:
  [[noreturn]] static void fail(std::string_view name, std::string message) {
    throw base::ErrorException(base::invalid("/options" + base::json_pointer(name), std::move(message)));
  }

  boost::json::value read_value(const std::string& name, const object& option, const boost::json::value& value) {
    const OptionType type = type_of(option);
    switch (type) {
      case OptionType::string: check_text(name, option, value); break;
      case OptionType::integer:
      case OptionType::number: check_number(name, option, value); break;
      case OptionType::boolean:
        if (!value.is_bool()) fail(name, "This must be true or false.");
        break;
      default: resolve(name, type, value);
    }
    check_choice(name, option, value);
    return value;
  }

  static void check_text(const std::string& name, const object& option, const boost::json::value& value) {
    const auto* text = value.if_string();
    if (text == nullptr) fail(name, "This must be a string.");
    const auto length = static_cast<std::int64_t>(base::count_code_points(*text).value_or(text->size()));
    const auto* min = option.if_contains("min_length");
    const auto* max = option.if_contains("max_length");
    if (length > (max != nullptr ? max->as_int64() : 6000) || (min != nullptr && length < min->as_int64())) {
      fail(name, "The length of this text is out of range.");
    }
  }

  static void check_number(const std::string& name, const object& option, const boost::json::value& value) {
    const bool whole = value.is_int64();
    if (type_of(option) == OptionType::integer ? !whole : !value.is_number()) fail(name, "This must be a number.");
    const auto* min = option.if_contains("min_value");
    const auto* max = option.if_contains("max_value");
    const auto number = value.to_number<double>();
    if ((min != nullptr && number < min->to_number<double>()) ||
        (max != nullptr && number > max->to_number<double>())) {
      fail(name, "This number is out of range.");
    }
  }

  static void check_choice(const std::string& name, const object& option, const boost::json::value& value) {
    const auto* choices = option.if_contains("choices");
    if (choices == nullptr) return;
    const auto& list = choices->as_array();
    if (std::none_of(list.begin(), list.end(), [&](const auto& choice) { return choice.at("value") == value; })) {
      fail(name, "This is none of the choices.");
    }
  }

  /// Adds what an id stands for.
  void resolve(const std::string& name, OptionType type, const boost::json::value& value) {
    const auto* text = value.if_string();
    if (text == nullptr) fail(name, "This must be an id.");
    const bool user = type == OptionType::user || type == OptionType::mentionable;
    const bool role = type == OptionType::role || type == OptionType::mentionable;
    if (user && resolved_.add_user(*text)) return;
    if (role && resolved_.add_role(*text)) return;
    if (type == OptionType::channel && resolved_.add_channel(*text)) return;
    if (const auto file = attachments_.find(*text); type == OptionType::attachment && file != attachments_.end()) {
      return resolved_.add_attachment(*text, file->second);
    }
    fail(name, "There is nothing of this type with that id.");
  }

  ResolvedObjects resolved_;
  const AttachmentsById& attachments_;
  std::optional<std::string_view> focused_;
};

}  // namespace

base::Result<CalledCommand> find_called(const CommandRegistry& commands, std::optional<GuildId> guild,
                                        std::string_view name) {
  auto words = words_of(name);
  const std::array<std::optional<GuildId>, 2> scopes{guild, std::nullopt};
  for (const auto& scope : scopes) {
    if (words.empty()) break;
    const auto* command = commands.find(scope, CommandType::chat_input, words.front());
    if (command == nullptr) continue;
    std::vector<std::string> path(words.begin() + 1, words.end());
    if (leads_to_call(command->definition, path)) return CalledCommand{command, std::move(path)};
  }
  return base::Error{base::Errc::not_found, "The application has no such command.", "/name", {}};
}

base::Result<CalledCommand> find_menu(const CommandRegistry& commands, std::optional<GuildId> guild, CommandType type,
                                      std::string_view name) {
  for (const auto& scope : {guild, std::optional<GuildId>()}) {
    if (const auto* command = commands.find(scope, type, name)) return CalledCommand{command, {}};
  }
  return base::Error{base::Errc::not_found, "The application has no such command.", "/name", {}};
}

bool may_call(const ApplicationCommand& command, Permissions held) {
  const auto& needed = command.definition.at("default_member_permissions");
  if (needed.is_null() || held.has(administrator)) return true;
  const auto bits = Permissions::parse(needed.as_string());
  // A command that nobody has the permissions for is "0": for administrators only.
  return bits && bits->bits != 0 && held.has(*bits);
}

base::Result<object> command_data(const CalledCommand& called, const object& options, const World& world,
                                  const Guild* guild, const AttachmentsById& attachments,
                                  std::optional<std::string_view> focused) {
  object data{{"id", called.command->id.to_string()},
              {"name", called.command->name},
              {"type", static_cast<int>(called.command->type)}};
  if (called.command->guild) data["guild_id"] = called.command->guild->to_string();
  const object* definition = &called.command->definition;
  std::vector<const object*> levels;
  for (const auto& name : called.path) {
    definition = find_option(*definition, name);
    levels.push_back(definition);
  }
  OptionsReader reader(world, guild, attachments, focused);
  array given;
  try {
    given = reader.read(*definition, options);
  } catch (const base::ErrorException& failure) {
    return failure.error();
  }
  for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
    object nested{{"name", (*level)->at("name")}, {"type", (*level)->at("type")}, {"options", std::move(given)}};
    given = array{std::move(nested)};
  }
  if (!given.empty()) data["options"] = std::move(given);
  if (auto resolved = reader.take_resolved(); !resolved.empty()) data["resolved"] = std::move(resolved);
  return data;
}

}  // namespace guildhall::sim
