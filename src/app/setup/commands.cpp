#include "app/setup/commands.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "app/application.hpp"
#include "app/setup/checks.hpp"
#include "app/setup/setup.hpp"
#include "app/version.hpp"
#include "config/env_file.hpp"
#include "config/option.hpp"

namespace guildhall::app {
namespace {

using Answers = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view overwrite = "OVERWRITE";

void add_answer(Answers& answers, const std::string& name, std::string value, std::string_view origin) {
  if (name != overwrite && config::find_option(name) == nullptr) {
    throw StartError(std::string(origin) + ": " + name + " is not a variable of guildhall, nor " +
                     std::string(overwrite) + ".");
  }
  answers[name] = std::move(value);
}

Answers read_answers(const SetupOptions& options) {
  Answers answers;
  if (!options.answers.empty()) {
    std::stringstream text;
    if (options.answers == "-") {
      text << std::cin.rdbuf();
    } else {
      const std::ifstream file(options.answers, std::ios::binary);
      if (!file) throw StartError(options.answers + " cannot be read.");
      text << file.rdbuf();
    }
    for (auto& entry : config::parse_env_file(text.str(), options.answers)) {
      add_answer(answers, entry.name, std::move(entry.value), options.answers);
    }
  }
  for (const auto& pair : options.set) {
    const auto equals = pair.find('=');
    const auto name = pair.substr(0, equals);
    if (equals == std::string::npos) throw StartError("--set: expected NAME=value.");
    const auto* option = config::find_option(name);
    if (option != nullptr && option->visibility == config::Visibility::secret) {
      throw StartError("--set " + name + ": others see a program's arguments. Put it into the file of --answers.");
    }
    add_answer(answers, name, pair.substr(equals + 1), "--set");
  }
  return answers;
}

std::string heading(const Installation& installation) {
  utsname system{};
  ::uname(&system);
  return "guildhall " + std::string(version) + ", " + system.sysname + " " + system.release + " " + system.machine +
         ", " + std::string(to_string(installation.config.db.dialect)) + ", variables from " + installation.env_file +
         "\n";
}

}  // namespace

void run_setup(const SetupOptions& options, const config::Environment& known, std::ostream& out) {
  if (!options.answers.empty() || !options.set.empty()) {
    PreparedAnswers answers(read_answers(options));
    return set_up(answers, known, options.env_file, out);
  }
  if (::isatty(STDIN_FILENO) == 0) {
    throw StartError(
        "setup asks on a terminal, and standard input is none. Give --answers FILE, or - for standard "
        "input.");
  }
  TerminalQuestioner terminal(out);
  set_up(terminal, known, options.env_file, out);
}

int run_check(const std::function<config::Environment()>& read, const std::string& env_file, ReportFormat format,
              std::ostream& out) {
  const auto installation = std::make_shared<Installation>();
  installation->env_file = env_file;
  Findings findings;
  try {
    installation->environment = read();
    installation->config = config::load_valid(installation->environment, installation->faults);
    findings = run_checks(checks(), installation);
  } catch (const config::Error& error) {
    findings = {failed("variables", error.what(), "Correct the file, or name another with --env-file.")};
  }
  std::string report;
  if (format == ReportFormat::json) {
    report = to_json(findings, version) + "\n";
  } else {
    report = heading(*installation);
    for (const auto& finding : findings) report += to_text(finding);
    report += summary(findings) + "\n";
  }
  out << without_secrets(std::move(report), installation->environment) << std::flush;
  switch (verdict_of(findings)) {
    case Verdict::ok: return 0;
    case Verdict::warning: return 1;
    case Verdict::failed: break;
  }
  return 2;
}

}  // namespace guildhall::app
