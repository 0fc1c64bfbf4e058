#include "database/adoption/copy.hpp"

#include <soci/soci.h>

#include <optional>

#include "database/adoption/legacy_rows.hpp"
#include "database/sql.hpp"

namespace guildhall::database::adoption {
namespace {

void insert_user(soci::session& sql, const AdoptedUser& row) {
  const auto& user = row.user;
  sql << "INSERT INTO users (id, username, global_name, avatar, email, refresh_token, created_at, updated_at) "
         "VALUES (:id, :username, :global_name, :avatar, :email, :sealed, :created_at, :updated_at)",
      soci::use(user.id), soci::use(user.username), soci::use(user.global_name), soci::use(user.avatar),
      soci::use(user.email), soci::use(row.sealed_refresh_token), soci::use(user.created_at),
      soci::use(user.updated_at);
}

void insert_role(soci::session& sql, const Role& role) {
  sql << "INSERT INTO roles (id, name) VALUES (:id, :name)", soci::use(role.id), soci::use(role.name);
}

void insert_user_role(soci::session& sql, const AdoptedUserRole& row) {
  sql << "INSERT INTO user_roles (user_id, role_id) VALUES (:user, :role)", soci::use(row.user), soci::use(row.role);
}

void insert_guild(soci::session& sql, const Guild& guild) {
  sql << "INSERT INTO guilds (id, name, icon, prefix, language, created_at, updated_at) "
         "VALUES (:id, :name, :icon, :prefix, :language, :created_at, :updated_at)",
      soci::use(guild.id), soci::use(guild.name), soci::use(guild.icon), soci::use(guild.prefix),
      soci::use(guild.language), soci::use(guild.created_at), soci::use(guild.updated_at);
}

void insert_command(soci::session& sql, const Command& command) {
  sql << "INSERT INTO commands (id, guild_id, `trigger`, response, interaction, created_at, updated_at) "
         "VALUES (:id, :guild, :trigger, :response, :interaction, :created_at, :updated_at)",
      soci::use(command.id), soci::use(command.guild_id), soci::use(command.trigger), soci::use(command.response),
      soci::use(command.interaction), soci::use(command.created_at), soci::use(command.updated_at);
}

void insert_log(soci::session& sql, const Log& log) {
  const std::string level{to_string(log.level)};
  sql << "INSERT INTO logs (id, level, source, message, `timestamp`, stacktrace) "
         "VALUES (:id, :level, :source, :message, :timestamp, :stacktrace)",
      soci::use(log.id), soci::use(level), soci::use(log.source), soci::use(log.message), soci::use(log.timestamp),
      soci::use(log.stacktrace);
}

/// A row in the report.
std::string describe(const LegacyRow& row) {
  if (row[Field::id]) return *row[Field::id];
  return row[Field::user_id].value_or("NULL") + "/" + row[Field::role_id].value_or("NULL");
}

}  // namespace

std::string_view base_name(const LegacyTable& table) {
  std::string_view name = table.name;
  if (name.starts_with(copying_prefix)) name.remove_prefix(copying_prefix.size());
  return name;
}

Report Copy::run(const Finding& finding) {
  std::optional<soci::transaction> transaction;
  if (kind_ == Kind::real) transaction.emplace(sql_);
  Report report;
  for (const auto& table : finding.tables) report.tables.push_back(copy_table(table));
  if (transaction) transaction->commit();
  return report;
}

TableReport Copy::copy_table(const LegacyTable& table) {
  auto& conversion = conversion_;
  switch (table.model) {
    case Model::users:
      return copy_rows(
          table, [&](const LegacyRow& row) { return conversion.user(row); }, insert_user);
    case Model::roles: return copy_roles(table);
    case Model::user_roles:
      return copy_rows(
          table, [&](const LegacyRow& row) { return conversion.user_role(row); }, insert_user_role);
    case Model::guilds:
      return copy_rows(
          table, [&](const LegacyRow& row) { return conversion.guild(row); }, insert_guild);
    case Model::commands:
      return copy_rows(
          table, [&](const LegacyRow& row) { return conversion.command(row); }, insert_command);
    case Model::logs: break;
  }
  return copy_rows(
      table, [&](const LegacyRow& row) { return conversion.log(row); }, insert_log);
}

/// Roles keep their ids, also the one that guildhall brings along.
TableReport Copy::copy_roles(const LegacyTable& table) {
  if (kind_ == Kind::real) sql_ << "DELETE FROM roles";
  auto report = copy_rows(
      table, [this](const LegacyRow& row) { return conversion_.role(row); }, insert_role);
  if (kind_ == Kind::real && !conversion_.has_admin()) {
    const std::string name{admin_role};
    sql_ << "INSERT INTO roles (name) VALUES (:name)", soci::use(name);
  }
  return report;
}

template <class Convert, class Insert>
TableReport Copy::copy_rows(const LegacyTable& table, Convert convert, Insert insert) {
  TableReport report;
  report.model = table.model;
  report.old_name = base_name(table);
  LegacyRows rows(sql_, table);
  const auto all = rows.count();
  for (auto page = rows.next_page(); !page.empty(); page = rows.next_page()) {
    for (const auto& row : page) {
      ++report.read;
      const auto converted = convert(row);
      if (!converted) {
        TableReport::note(report.left, converted.error().message, describe(row));
        continue;
      }
      for (const auto& change : conversion_.changed()) TableReport::note(report.changed, change, describe(row));
      if (kind_ == Kind::real) insert(sql_, *converted);
      ++report.taken;
    }
  }
  for (; report.read < all; ++report.read) {
    TableReport::note(report.left, "it has no id, or one that another row has", "");
  }
  return report;
}

}  // namespace guildhall::database::adoption
