#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>

#include "hallmark/base/check.h"
#include "hallmark/x509/internal/path_rules.h"

namespace hallmark::x509::internal {
namespace {

template <auto kFree>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};
// Does not own what it lists.
void FreeStack(STACK_OF(X509) * stack) { sk_X509_free(stack); }

using Cert = std::unique_ptr<X509, Deleter<X509_free>>;
using Store = std::unique_ptr<X509_STORE, Deleter<X509_STORE_free>>;
using StoreCtx = std::unique_ptr<X509_STORE_CTX, Deleter<X509_STORE_CTX_free>>;
using Stack = std::unique_ptr<STACK_OF(X509), Deleter<FreeStack>>;

Cert Load(const Certificate& certificate) {
  const ByteView der = certificate.der();
  const unsigned char* in = der.data();
  Cert loaded(d2i_X509(nullptr, &in, static_cast<long>(der.size())));
  // Also makes OpenSSL read the extensions it knows; it is strict where we are not looking.
  if (loaded == nullptr || X509_check_purpose(loaded.get(), -1, 0) != 1) return nullptr;
  return loaded;
}

// Key identifiers help to find a path. That none stands there proves nothing against one.
int Tolerate(int ok, X509_STORE_CTX* ctx) {
  if (ok == 1) return 1;
  const int error = X509_STORE_CTX_get_error(ctx);
  const bool hint_only = error == X509_V_ERR_MISSING_AUTHORITY_KEY_IDENTIFIER ||
                         error == X509_V_ERR_MISSING_SUBJECT_KEY_IDENTIFIER;
  if (hint_only) X509_STORE_CTX_set_error(ctx, X509_V_OK);
  return hint_only ? 1 : 0;
}

PathFault FaultOf(X509_STORE_CTX* ctx, std::span<const Certificate> path) {
  const int error = X509_STORE_CTX_get_error(ctx);
  const int depth = X509_STORE_CTX_get_error_depth(ctx);
  const std::size_t index =
      depth >= 0 && static_cast<std::size_t>(depth) < path.size() ? std::size_t(depth) : 0;
  const bool limit = error == X509_V_ERR_OUT_OF_MEM || error == X509_V_ERR_CERT_CHAIN_TOO_LONG;
  return Fault(limit ? "limit" : "chain", path[index],
               std::string("openssl: ") + X509_verify_cert_error_string(error));
}

// What was judged must be what is handed out.
bool IsSamePath(X509_STORE_CTX* ctx, const std::vector<Cert>& loaded) {
  STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(ctx);
  if (chain == nullptr || static_cast<std::size_t>(sk_X509_num(chain)) != loaded.size()) {
    return false;
  }
  for (std::size_t i = 0; i < loaded.size(); ++i) {
    if (X509_cmp(sk_X509_value(chain, static_cast<int>(i)), loaded[i].get()) != 0) return false;
  }
  return true;
}

std::optional<PathFault> Judge(const std::vector<Cert>& loaded, std::span<const Certificate> path) {
  const Store store(X509_STORE_new());
  const Stack untrusted(sk_X509_new_null());
  const StoreCtx ctx(X509_STORE_CTX_new());
  HALLMARK_CHECK(store != nullptr && untrusted != nullptr && ctx != nullptr);
  HALLMARK_CHECK(X509_STORE_add_cert(store.get(), loaded.back().get()) == 1);
  for (std::size_t i = 1; i + 1 < loaded.size(); ++i) {
    HALLMARK_CHECK(sk_X509_push(untrusted.get(), loaded[i].get()) > 0);
  }
  HALLMARK_CHECK(
      X509_STORE_CTX_init(ctx.get(), store.get(), loaded.front().get(), untrusted.get()) == 1);
  X509_VERIFY_PARAM* param = X509_STORE_CTX_get0_param(ctx.get());
  // Times are ours (CheckTimes): OpenSSL takes the last second for expired.
  X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_X509_STRICT | X509_V_FLAG_NO_CHECK_TIME);
  X509_VERIFY_PARAM_set_depth(param, static_cast<int>(loaded.size()));
  X509_STORE_CTX_set_verify_cb(ctx.get(), Tolerate);
  const bool holds =
      X509_verify_cert(ctx.get()) == 1 && X509_STORE_CTX_get_error(ctx.get()) == X509_V_OK;
  ERR_clear_error();
  if (!holds) return FaultOf(ctx.get(), path);
  if (!IsSamePath(ctx.get(), loaded)) return Fault("chain", path[0], "another path was judged");
  return std::nullopt;
}

}  // namespace

std::optional<PathFault> JudgeByOpenSsl(std::span<const Certificate> path) {
  // Neither openssl.cnf nor OPENSSL_CONF changes what a path means.
  HALLMARK_CHECK(OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr) == 1);
  std::vector<Cert> loaded;
  for (const Certificate& certificate : path) {
    loaded.push_back(Load(certificate));
    if (loaded.back() == nullptr) {
      ERR_clear_error();
      return Fault("chain", certificate, "openssl cannot read an extension of it");
    }
  }
  return Judge(loaded, path);
}

}  // namespace hallmark::x509::internal
