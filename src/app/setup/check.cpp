#include "app/setup/check.hpp"

#include <sys/utsname.h>

#include "app/setup/checks.hpp"
#include "app/version.hpp"

namespace guildhall::app {
namespace {

std::string heading(const Installation& installation) {
  utsname system{};
  ::uname(&system);
  return "guildhall " + std::string(version) + ", " + system.sysname + " " + system.release + " " + system.machine +
         ", " + std::string(to_string(installation.config.db.dialect)) + ", variables from " + installation.env_file +
         "\n";
}

}  // namespace

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
  for (auto& finding : findings) {
    finding.text = without_secrets(std::move(finding.text), installation->environment);
    finding.remedy = without_secrets(std::move(finding.remedy), installation->environment);
  }
  std::string report;
  if (format == ReportFormat::json) {
    report = to_json(findings, version) + "\n";
  } else {
    report = heading(*installation);
    for (const auto& finding : findings) report += to_text(finding);
    report += summary(findings) + "\n";
  }
  out << report << std::flush;
  switch (verdict_of(findings)) {
    case Verdict::ok: return 0;
    case Verdict::warning: return 1;
    case Verdict::failed: break;
  }
  return 2;
}

}  // namespace guildhall::app
