#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace guildhall::net {

/// A coroutine on an event loop. It runs on the executor on which it was spawned and resumes there after each co_await.
template <class T = void>
using Task = boost::asio::awaitable<T>;

using Executor = boost::asio::any_io_executor;

}  // namespace guildhall::net
