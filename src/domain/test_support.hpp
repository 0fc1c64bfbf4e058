#pragma once

// What the tests of use cases and of their callers share.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/access.hpp"
#include "domain/memory_stores.hpp"
#include "domain/script_checker.hpp"
#include "testing/test_loop.hpp"

namespace guildhall::domain::test_support {

/// Knows one script that does not parse.
class FakeScriptChecker final : public ScriptChecker {
 public:
  static constexpr const char* broken = "if (";

  net::Task<base::Result<void>> check(base::GuildId, std::string script) override {
    checked.push_back(script);
    if (script != broken) co_return base::Result<void>{};
    auto error = base::invalid("", "The script does not parse (line 1).");
    error.line = 1;
    co_return error;
  }

  std::vector<std::string> checked;
};

/// Says of everybody the same.
class FakeGuildManagers final : public GuildManagers {
 public:
  net::Task<base::Result<bool>> may_manage(std::shared_ptr<const jwt::Claims>, base::GuildId) override {
    ++asked;
    // A copy: `co_return answer` would make a bool of the result, which says whether there is one.
    base::Result<bool> copy = answer;
    co_return copy;
  }

  base::Result<bool> answer{true};
  int asked = 0;
};

inline DashboardUser ada(bool admin = false) {
  auto claims = std::make_shared<jwt::Claims>();
  claims->id = base::UserId{2};
  auto user = std::make_shared<database::User>();
  user->id = base::UserId{2};
  user->username = "ada";
  return {std::move(claims), std::move(user), admin};
}

template <class T>
net::Task<std::optional<T>> keep(net::Task<T> task) {
  co_return co_await std::move(task);
}

/// As test::run, also for results that have no default.
template <class T>
T run(net::Task<T> task) {
  return *test::run(keep(std::move(task)));
}

/// Ada's right to edit the guild.
inline GuildEditor editor_of(database::GuildStore& guilds, base::GuildId guild) {
  FakeGuildManagers managers;
  const Access access(guilds);
  return run(access.from_dashboard(ada(), guild, managers)).value();
}

}  // namespace guildhall::domain::test_support
