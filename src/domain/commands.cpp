#include "domain/commands.hpp"

#include "api/command.hpp"
#include "api/errors.hpp"
#include "domain/command_rules.hpp"

namespace guildhall::domain {
namespace {

using database::Command;

base::Result<std::optional<std::uint64_t>> evaluate(const Commands::Precondition& precondition,
                                                    const Command& command) {
  if (!precondition) return std::nullopt;
  return precondition(command);
}

}  // namespace

net::Task<Commands::List> Commands::list(const GuildViewer& viewer) const { return store_.list(viewer.id()); }

net::Task<Commands::Page> Commands::page(const GuildViewer& viewer, base::CommandId before, std::size_t max) const {
  return store_.page(viewer.id(), before, max);
}

net::Task<base::Result<Commands::Pointer>> Commands::find(const GuildViewer& viewer, base::CommandId id) const {
  auto command = co_await store_.find(viewer.id(), id);
  if (!command) co_return api::errors::no_such_command;
  co_return command;
}

net::Task<base::Result<Command>> Commands::create(GuildEditor editor, boost::json::value body) {
  auto input = api::parse_command_create(std::move(body));
  if (!input) co_return input.error();
  Command draft;
  draft.guild_id = editor.id();
  draft.trigger = *std::move(input->trigger);
  draft.case_sensitive = input->case_sensitive.value_or(false);
  draft.enabled = input->enabled.value_or(true);
  draft.response = *std::move(input->response);
  draft.interaction = std::move(input->interaction).value_or(std::nullopt);
  if (draft.interaction) {
    const auto checked = co_await check_script(editor.id(), *draft.interaction);
    if (!checked) co_return checked.error();
  }
  auto creating = store_.create(std::move(draft), {editor.actor(), check_command});
  co_return co_await std::move(creating);
}

net::Task<base::Result<Command>> Commands::update(GuildEditor editor, base::CommandId id, boost::json::value body,
                                                  Body kind, Precondition precondition) {
  auto input =
      kind == Body::whole ? api::parse_command_replace(std::move(body)) : api::parse_command_patch(std::move(body));
  if (!input) co_return input.error();
  const auto command = co_await find(editor, id);
  if (!command) co_return command.error();
  const auto revision = evaluate(precondition, **command);
  if (!revision) co_return revision.error();
  if (input->interaction && *input->interaction && *input->interaction != (*command)->interaction) {
    const auto checked = co_await check_script(editor.id(), **input->interaction);
    if (!checked) co_return checked.error();
  }
  database::CommandChange change{std::move(input->trigger), std::move(input->response), std::move(input->interaction),
                                 input->case_sensitive, input->enabled};
  auto updating = store_.update(editor.id(), id, std::move(change), *revision, {editor.actor(), check_command});
  co_return co_await std::move(updating);
}

net::Task<base::Result<void>> Commands::remove(GuildEditor editor, base::CommandId id, Precondition precondition) {
  const auto command = co_await find(editor, id);
  if (!command) co_return command.error();
  const auto revision = evaluate(precondition, **command);
  if (!revision) co_return revision.error();
  co_return co_await store_.remove(editor.id(), id, *revision, editor.actor());
}

net::Task<base::Result<void>> Commands::check_script(base::GuildId guild, std::string script) {
  auto checked = co_await scripts_.check(guild, std::move(script));
  if (checked) co_return checked;
  auto error = checked.error();
  error.field = "/interaction";
  co_return error;
}

}  // namespace guildhall::domain
