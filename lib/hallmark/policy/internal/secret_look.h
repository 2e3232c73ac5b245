#ifndef HALLMARK_POLICY_INTERNAL_SECRET_LOOK_H_
#define HALLMARK_POLICY_INTERNAL_SECRET_LOOK_H_

#include "hallmark/oci/image_config.h"

namespace hallmark::policy {

// Whether an environment variable looks like a secret. By its name, in any case, when it has a
// value: PASSWORD, PASSWD, PASSPHRASE, SECRET, TOKEN, CREDENTIAL, API_KEY, APIKEY, ACCESS_KEY or
// PRIVATE_KEY anywhere in it, except where the name ends in _FILE and the value is an absolute
// path. By its value: a token with the prefix of a well-known issuer, a private key in PEM, a URL
// with a password. Guesswork either way: no match proves nothing.
bool LooksSecret(const oci::EnvironmentVariable& variable);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_INTERNAL_SECRET_LOOK_H_
