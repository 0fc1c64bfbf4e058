#include "server/routes/home.hpp"

#include "server/responses.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> show_home(Context&) { co_return redirect_response("/docs"); }

}  // namespace guildhall::server::routes
