#include "net/async/gate.hpp"

#include <utility>

#include "net/async/event.hpp"

namespace guildhall::net {

struct GateState {
  GateState() { empty.set(); }

  std::size_t in_flight = 0;
  bool closed = false;
  Event empty;
};

namespace {

// These keep the state, since the gate may be destroyed meanwhile.

Task<bool> drain(std::shared_ptr<GateState> state, std::chrono::steady_clock::duration limit) {
  co_return co_await state->empty.wait_for(limit);
}

Task<bool> close_and_drain(std::shared_ptr<GateState> state, std::chrono::steady_clock::duration limit) {
  state->closed = true;
  co_return co_await state->empty.wait_for(limit);
}

}  // namespace

Gate::Gate() : state_(std::make_shared<GateState>()) {}

Gate::Holder::Holder(std::shared_ptr<GateState> state) : state_(std::move(state)) {
  ++state_->in_flight;
  state_->empty.reset();
}

Gate::Holder& Gate::Holder::operator=(Holder&& other) noexcept {
  if (this != &other) leave();
  state_ = std::move(other.state_);
  return *this;
}

void Gate::Holder::leave() {
  const auto state = std::exchange(state_, nullptr);
  if (state && --state->in_flight == 0) state->empty.set();
}

std::optional<Gate::Holder> Gate::enter() {
  if (state_->closed) return std::nullopt;
  return Holder(state_);
}

std::size_t Gate::in_flight() const { return state_->in_flight; }

bool Gate::closed() const { return state_->closed; }

Task<bool> Gate::drain(std::chrono::steady_clock::duration limit) const { return net::drain(state_, limit); }

void Gate::close() { state_->closed = true; }

Task<bool> Gate::close(std::chrono::steady_clock::duration limit) { return close_and_drain(state_, limit); }

}  // namespace guildhall::net
