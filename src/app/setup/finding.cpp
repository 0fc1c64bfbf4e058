#include "app/setup/finding.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "config/option.hpp"
#include "config/parse.hpp"

namespace guildhall::app {
namespace {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok: return "ok";
    case Verdict::warning: return "warning";
    case Verdict::failed: break;
  }
  return "failed";
}

std::string padded(std::string_view text, std::size_t width) {
  std::string column(text);
  column.resize(std::max(width, text.size()), ' ');
  return column + " ";
}

/// The secrets in a variable: each of a list, and the user and password of a URL.
std::vector<std::string> secrets_in(std::string_view value) {
  std::vector<std::string> secrets{std::string(value)};
  for (const auto item : config::split_list(value)) secrets.emplace_back(item);
  const auto scheme = value.find("://");
  const auto at = value.rfind('@');
  if (scheme != std::string_view::npos && at != std::string_view::npos && at > scheme + 3) {
    secrets.emplace_back(value.substr(scheme + 3, at - scheme - 3));
  }
  return secrets;
}

void replace_all(std::string& text, std::string_view secret) {
  constexpr std::string_view shown = "<redacted>";
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + shown.size())) {
    text.replace(at, secret.size(), shown);
  }
}

}  // namespace

Finding ok(std::string_view check, std::string text) { return {std::string(check), Verdict::ok, std::move(text)}; }

Finding warning(std::string_view check, std::string text, std::string remedy) {
  return {std::string(check), Verdict::warning, std::move(text), std::move(remedy)};
}

Finding failed(std::string_view check, std::string text, std::string remedy) {
  return {std::string(check), Verdict::failed, std::move(text), std::move(remedy)};
}

Verdict verdict_of(std::span<const Finding> findings) {
  Verdict worst = Verdict::ok;
  for (const auto& finding : findings) worst = std::max(worst, finding.verdict);
  return worst;
}

std::string to_text(const Finding& finding) {
  std::string line = padded(name_of(finding.verdict), 8) + padded(finding.check, 20) + finding.text + "\n";
  if (!finding.remedy.empty()) line += padded("", 8) + padded("", 20) + "-> " + finding.remedy + "\n";
  return line;
}

std::string summary(std::span<const Finding> findings) {
  std::string text;
  for (const auto verdict : {Verdict::failed, Verdict::warning, Verdict::ok}) {
    const auto count = std::ranges::count(findings, verdict, &Finding::verdict);
    if (count == 0) continue;
    if (!text.empty()) text += ", ";
    text += std::to_string(count) + " " + std::string(name_of(verdict));
    if (verdict == Verdict::warning && count > 1) text += 's';
  }
  return text;
}

std::string to_json(std::span<const Finding> findings, std::string_view version) {
  boost::json::array checks;
  for (const auto& finding : findings) {
    boost::json::object check{
        {"check", finding.check}, {"verdict", name_of(finding.verdict)}, {"text", finding.text}, {"remedy", nullptr}};
    if (!finding.remedy.empty()) check["remedy"] = finding.remedy;
    checks.push_back(std::move(check));
  }
  const boost::json::object report{
      {"version", version}, {"verdict", name_of(verdict_of(findings))}, {"checks", std::move(checks)}};
  return boost::json::serialize(report);
}

std::string without_secrets(std::string text, const config::Environment& environment) {
  std::vector<std::string> secrets;
  config::for_each_option([&](const config::Option& option) {
    const auto* variable = environment.find(option.name);
    if (option.visibility != config::Visibility::secret || variable == nullptr) return;
    for (auto& secret : secrets_in(variable->value)) secrets.push_back(std::move(secret));
  });
  // The longest first, as one may be a part of another.
  std::ranges::sort(secrets, std::greater(), &std::string::size);
  constexpr std::size_t shortest = 4;  // A shorter one would take letters out of words.
  for (const auto& secret : secrets) {
    if (secret.size() >= shortest) replace_all(text, secret);
  }
  return text;
}

}  // namespace guildhall::app
