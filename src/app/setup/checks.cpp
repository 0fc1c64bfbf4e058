#include "app/setup/checks.hpp"

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <deque>
#include <iterator>
#include <optional>
#include <thread>
#include <utility>

#include "base/failure.hpp"
#include "net/async/event.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::app {
namespace {

constexpr std::chrono::seconds limit{12};

/// A check that has been started.
struct Running {
  std::string_view name;
  net::Event ended;
  Findings findings;
};

net::Task<> run_one(Check check, std::shared_ptr<const Installation> installation, std::shared_ptr<Running> running) {
  try {
    running->findings = co_await check.run(std::move(installation));
  } catch (...) {
    running->findings = {failed(check.name, "The check failed: " + base::describe(std::current_exception()),
                                "Report this with the version of guildhall.")};
  }
  running->ended.set();
}

net::Task<> wait_for_all(std::span<const std::shared_ptr<Running>> all) {
  const auto deadline = net::Event::Clock::now() + limit;
  for (const auto& running : all) {
    const bool ended = co_await running->ended.wait_until(deadline);
    if (!ended) {
      running->findings = {failed(running->name, "There is no answer after " + std::to_string(limit.count()) + " s.",
                                  "Check the network, the resolver of host names, and the addresses in the "
                                  "configuration.")};
    }
  }
}

constexpr std::array all_checks{
    Check{"variables", check_variables}, Check{"files", check_files},     Check{"disk", check_disk},
    Check{"database", check_database},   Check{"discord", check_discord}, Check{"port", check_port},
    Check{"url", check_public_url},      Check{"sandbox", check_sandbox},
};

}  // namespace

std::span<const Check> checks() { return all_checks; }

Findings run_checks(std::span<const Check> checks, std::shared_ptr<const Installation> installation) {
  // Never destroyed: what still waits for an answer uses its loop.
  static auto& loops = *new std::deque<boost::asio::io_context>();
  auto& loop = loops.emplace_back(1);
  std::vector<std::shared_ptr<Running>> all;
  for (const auto& check : checks) {
    all.push_back(std::make_shared<Running>());
    all.back()->name = check.name;
    net::spawn(loop.get_executor(), run_one(check, installation, all.back()));
  }
  bool ended = false;
  boost::asio::co_spawn(loop, wait_for_all(all), [&ended](const std::exception_ptr&) { ended = true; });
  while (!ended) loop.run_one();
  Findings findings;
  for (auto& running : all) std::ranges::move(running->findings, std::back_inserter(findings));
  return findings;
}

net::Task<Findings> on_thread(std::function<Findings()> work) {
  struct State {
    net::Event ended;
    Findings findings;
    std::exception_ptr failure;
  };
  const auto state = std::make_shared<State>();
  const auto executor = co_await boost::asio::this_coro::executor;
  std::thread([state, executor, work = std::move(work)] {
    try {
      state->findings = work();
    } catch (...) {
      state->failure = std::current_exception();
    }
    boost::asio::post(executor, [state] { state->ended.set(); });
  }).detach();
  co_await state->ended.wait();
  if (state->failure) std::rethrow_exception(state->failure);
  co_return std::move(state->findings);
}

}  // namespace guildhall::app
