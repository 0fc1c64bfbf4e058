#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/environment.hpp"

namespace guildhall::app {

/// From good to bad.
enum class Verdict : std::uint8_t { ok, warning, failed };

/// What a look at an installation has found.
struct Finding {
  std::string check;  ///< What was looked at: `discord.token`.
  Verdict verdict = Verdict::ok;
  std::string text;      ///< One sentence, without secrets.
  std::string remedy{};  ///< What to do, as a sentence; empty where nothing is to be done.

  bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

[[nodiscard]] Finding ok(std::string_view check, std::string text);
[[nodiscard]] Finding warning(std::string_view check, std::string text, std::string remedy);
[[nodiscard]] Finding failed(std::string_view check, std::string text, std::string remedy);

/// The worst of them; ok for none.
[[nodiscard]] Verdict verdict_of(std::span<const Finding> findings);

/// `failed   discord.token   text`, and the remedy on the next line.
[[nodiscard]] std::string to_text(const Finding& finding);
/// `2 failed, 1 warning, 12 ok`
[[nodiscard]] std::string summary(std::span<const Finding> findings);
/// `{"version", "verdict", "checks": [{"check", "verdict", "text", "remedy"}]}`; remedy is null where there is none.
[[nodiscard]] std::string to_json(std::span<const Finding> findings, std::string_view version);

/// `text` with `<redacted>` in place of each secret that `environment` has. Texts come from many places, and what
/// people post must not depend on each of them.
[[nodiscard]] std::string without_secrets(std::string text, const config::Environment& environment);

}  // namespace guildhall::app
