#pragma once

#include "database/adoption/rules.hpp"

namespace guildhall::database::adoption {

/// Rules that can be told from others: a response is what begins with a brace, a prefix is one character, a language
/// two, and a token is sealed in brackets.
inline Rules test_rules() {
  return {[](std::string_view, std::string_view response,
             const std::optional<std::string>& interaction) -> base::Result<CheckedCommand> {
            if (!response.starts_with('{')) return base::invalid("/response", "its response is not JSON");
            return CheckedCommand{std::string(response), interaction, response.find("tts") != std::string_view::npos};
          },
          [](std::string_view prefix) { return prefix.size() == 1; },
          [](std::string_view tag) { return tag.size() == 2 || tag == "pt-BR"; },
          [](const base::Secret& token) { return "[" + std::string(token.reveal()) + "]"; }};
}

}  // namespace guildhall::database::adoption
