#pragma once

// Stores in memory, for tests of the use cases and of their callers.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "database/errors.hpp"
#include "database/models/command_store.hpp"
#include "database/models/guild_store.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::domain::test_support {

/// Commands of guilds that exist in `prefixes`. Writes note their actor.
class MemoryCommandStore final : public database::CommandStore {
 public:
  net::Task<List> list(base::GuildId guild) override {
    std::vector<database::CommandSummary> found;
    for (const auto& [id, command] : commands) {
      if (command.guild_id == guild) found.push_back(database::summary_of(command));
    }
    co_return std::make_shared<const std::vector<database::CommandSummary>>(std::move(found));
  }

  net::Task<Pointer> find(base::GuildId guild, base::CommandId id) override {
    const auto found = commands.find(id);
    if (found == commands.end() || found->second.guild_id != guild) co_return nullptr;
    co_return std::make_shared<const database::Command>(found->second);
  }

  net::Task<Page> page(base::GuildId guild, base::CommandId before, std::size_t max) override {
    database::CommandPage page;
    for (auto at = commands.rbegin(); at != commands.rend() && !page.more; ++at) {
      if (at->second.guild_id != guild || at->first >= before) continue;
      page.more = page.commands.size() == max;
      if (!page.more) page.commands.push_back(at->second);
    }
    co_return std::make_shared<const database::CommandPage>(std::move(page));
  }

  net::Task<base::Result<database::Command>> create(database::Command draft, database::CommandWrite write) override {
    if (before_write) before_write();
    draft.size = database::stored_size(draft);
    const auto allowed = check(draft, nullptr, write);
    if (!allowed) co_return allowed.error();
    draft.id = base::CommandId{next_id++};
    commands.emplace(draft.id, draft);
    actors.push_back(write.actor);
    co_return draft;
  }

  net::Task<base::Result<database::Command>> update(base::GuildId guild, base::CommandId id,
                                                    database::CommandChange change,
                                                    std::optional<std::uint64_t> expected_revision,
                                                    database::CommandWrite write) override {
    if (before_write) before_write();
    auto found = current(guild, id, expected_revision);
    if (!found) co_return found.error();
    auto after = *found;
    after.trigger = change.trigger.value_or(after.trigger);
    after.case_sensitive = change.case_sensitive.value_or(after.case_sensitive);
    after.enabled = change.enabled.value_or(after.enabled);
    after.response = change.response.value_or(after.response);
    after.interaction = change.interaction.value_or(after.interaction);
    after.size = database::stored_size(after);
    if (database::is_new_trigger(&*found, after) || after.size > found->size) {
      const auto allowed = check(after, &*found, write);
      if (!allowed) co_return allowed.error();
    }
    ++after.revision;
    commands[id] = after;
    actors.push_back(write.actor);
    co_return after;
  }

  net::Task<base::Result<void>> remove(base::GuildId guild, base::CommandId id,
                                       std::optional<std::uint64_t> expected_revision, database::Actor actor) override {
    if (before_write) before_write();
    const auto found = current(guild, id, expected_revision);
    if (!found) co_return found.error();
    commands.erase(id);
    actors.push_back(actor);
    co_return base::Result<void>{};
  }

  std::map<base::GuildId, std::string> prefixes;
  std::map<base::CommandId, database::Command> commands;
  std::vector<database::Actor> actors;
  std::uint64_t next_id = 1;
  std::function<void()> before_write{};  ///< What somebody else does just before a write.

 private:
  base::Result<void> check(const database::Command& command, const database::Command* before,
                           const database::CommandWrite& write) const {
    const auto prefix = prefixes.find(command.guild_id);
    if (prefix == prefixes.end()) return base::Error{base::Errc::not_found, "no guild"};
    database::CommandFacts facts{.prefix = prefix->second, .before = before};
    for (const auto& [id, other] : commands) {
      if (other.guild_id != command.guild_id || id == command.id) continue;
      ++facts.others;
      facts.others_size += other.size;
      facts.trigger_taken = facts.trigger_taken || same_trigger(command, other);
    }
    return write.rule(command, facts);
  }

  base::Result<database::Command> current(base::GuildId guild, base::CommandId id,
                                          std::optional<std::uint64_t> expected_revision) const {
    const auto found = commands.find(id);
    if (found == commands.end() || found->second.guild_id != guild) return base::Error{base::Errc::not_found, "none"};
    if (expected_revision && *expected_revision != found->second.revision) {
      return base::Error{base::Errc::precondition_failed, "changed"};
    }
    return found->second;
  }
};

class MemoryGuildStore final : public database::GuildStore {
 public:
  std::optional<Pointer> known(base::GuildId id) override {
    if (forgetful) return std::nullopt;
    const auto found = guilds.find(id);
    return found == guilds.end() ? nullptr : found->second;
  }

  net::Task<Pointer> find(base::GuildId id) override {
    if (away) throw database::Unavailable("away");
    if (delay.count() > 0) {
      co_await net::sleep_for(delay);
    }
    const auto found = guilds.find(id);
    co_return found == guilds.end() ? nullptr : found->second;
  }

  net::Task<std::vector<Pointer>> find_many(std::vector<base::GuildId> ids) override {
    std::vector<Pointer> found;
    for (const auto id : ids) {
      found.push_back(co_await find(id));
    }
    co_return found;
  }

  net::Task<base::Result<Pointer>> update(base::GuildId id, database::GuildChange change,
                                          database::GuildWrite write) override {
    const auto found = guilds.find(id);
    if (found == guilds.end()) co_return base::Error{base::Errc::not_found, "none"};
    auto after = std::make_shared<database::Guild>(*found->second);
    after->prefix = change.prefix.value_or(after->prefix);
    after->language = change.language.value_or(after->language);
    if (after->prefix != found->second->prefix) {
      const auto allowed = write.rule(after->prefix, triggers);
      if (!allowed) co_return allowed.error();
    }
    found->second = after;
    actors.push_back(write.actor);
    co_return Pointer{after};
  }

  /// Adds a guild that the bot is in.
  void add(base::GuildId id, std::string name = "Workshop") {
    auto guild = std::make_shared<database::Guild>();
    guild->id = id;
    guild->name = std::move(name);
    guilds[id] = std::move(guild);
  }

  std::map<base::GuildId, Pointer> guilds;
  std::vector<std::string> triggers;  ///< Of all guilds' commands.
  std::vector<database::Actor> actors;
  bool forgetful = false;              ///< `known` knows nothing.
  bool away = false;                   ///< `find` throws Unavailable,
  std::chrono::milliseconds delay{0};  ///< or takes so long.
};

}  // namespace guildhall::domain::test_support
