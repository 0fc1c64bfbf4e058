#include "net/client_tls.hpp"

namespace guildhall::net {
namespace {

boost::asio::ssl::context make() {
  using boost::asio::ssl::context;
  context made(context::tls_client);
  made.set_default_verify_paths();
  made.set_options(context::no_tlsv1 | context::no_tlsv1_1);
  return made;
}

}  // namespace

boost::asio::ssl::context& client_tls() {
  static boost::asio::ssl::context shared = make();
  return shared;
}

}  // namespace guildhall::net
