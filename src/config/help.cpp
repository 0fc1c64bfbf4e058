#include "config/help.hpp"

#include <algorithm>
#include <string_view>

#include "config/option.hpp"

namespace guildhall::config {
namespace {

/// Breaks `text` at spaces into lines of at most `width`, each with `prefix`.
std::string wrap(std::string_view text, std::string_view prefix, std::size_t width) {
  std::string lines;
  while (!text.empty()) {
    std::size_t end = text.size();
    if (end > width - prefix.size()) {
      end = text.rfind(' ', width - prefix.size());
      if (end == std::string_view::npos) end = std::min(text.find(' '), text.size());
    }
    lines.append(prefix).append(text.substr(0, end)).append("\n");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string doc_with_default(const Option& option) {
  std::string doc(option.doc);
  if (option.need == Need::required) doc += " Required: " + std::string(option.remedy) + ".";
  if (!option.fallback.empty()) doc += " [" + std::string(option.fallback) + "]";
  return doc;
}

/// Optional variables are commented out.
std::string assignment(const Option& option) {
  const std::string line = std::string(option.name) + "=" + std::string(option.fallback) + "\n";
  return option.need == Need::required ? line : "#" + line;
}

}  // namespace

std::string environment_help() {
  std::string text = "Variables, from the environment or a .env file [default]:\n";
  for (const Section& section : sections()) {
    text.append("\n").append(section.title).append("\n");
    for (const Option& option : section.options) {
      text.append("  ").append(option.name).append("\n").append(wrap(doc_with_default(option), "      ", 100));
    }
  }
  return text;
}

std::string env_example() {
  std::string text =
      "# guildhall's configuration: copy this file to .env and fill in what you need. Variables of the\n"
      "# environment take precedence over this file. Generated with `guildhall --env-example`.\n";
  for (const Section& section : sections()) {
    text.append("\n\n# ---- ").append(section.title).append(" ----\n");
    for (const Option& option : section.options) {
      text.append("\n").append(wrap(doc_with_default(option), "# ", 100)).append(assignment(option));
    }
  }
  return text;
}

std::string describe(const Environment& environment) {
  std::string text;
  for_each_option([&](const Option& option) {
    if (const auto* variable = environment.find(option.name)) {
      const bool open = option.visibility == Visibility::open;
      text.append(option.name).append("=").append(open ? variable->value : "<redacted>");
      text.append(" (").append(variable->origin).append(")\n");
    } else if (!option.fallback.empty()) {
      text.append(option.name).append("=").append(option.fallback).append(" (default)\n");
    }
  });
  return text;
}

}  // namespace guildhall::config
