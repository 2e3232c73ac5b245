#include "hallmark/policy/internal/secret_look.h"

#include <string>

#include "tests/support/catch.h"

namespace hallmark::policy {
namespace {

// Put together here, so that no scanner of sources takes them for leaked ones.
std::string Token(const std::string& prefix, std::size_t length = 20) {
  return prefix + std::string(length, 'A');
}

bool HasSecretValue(const std::string& value) { return LooksSecret({"PLAIN", value}); }

TEST_CASE("names of secrets, in any case, with a value") {
  const std::string name =
      GENERATE("PASSWORD", "DB_PASSWORD", "db_password", "MYSQL_ROOT_PASSWORD_OLD", "FTP_PASSWD",
               "GPG_PASSPHRASE", "CLIENT_SECRET", "githubToken", "AWS_SECRET_ACCESS_KEY",
               "AWS_ACCESS_KEY_ID", "OPENAI_API_KEY", "apikey", "TLS_PRIVATE_KEY", "CREDENTIALS");
  INFO(name);
  CHECK(LooksSecret({name, "x"}));
  CHECK_FALSE(LooksSecret({name, ""}));
}

TEST_CASE("other names are no secrets") {
  const std::string name = GENERATE("PATH", "LANG", "GPG_KEY", "PYTHON_VERSION", "KEYBOARD", "PWD",
                                    "HOME", "PASS", "API", "PUBLIC_KEY");
  CHECK_FALSE(LooksSecret({name, "x"}));
}

TEST_CASE("a file that holds a secret is none, unless it is not named by its path") {
  CHECK_FALSE(LooksSecret({"POSTGRES_PASSWORD_FILE", "/run/secrets/db"}));
  CHECK(LooksSecret({"POSTGRES_PASSWORD_FILE", "hunter2"}));
  CHECK(LooksSecret({"PASSWORD_FILES", "/run/secrets/db"}));
  CHECK(LooksSecret({"POSTGRES_PASSWORD_FILE", "/x?" + Token("ghp_")}));
}

TEST_CASE("tokens of well-known issuers are secrets under any name") {
  const std::string prefix =
      GENERATE("AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-",
               "xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "dckr_pat_", "npm_",
               "sk_live_", "rk_live_", "AIza");
  INFO(prefix);
  CHECK(HasSecretValue(Token(prefix)));
  CHECK(HasSecretValue("Bearer " + Token(prefix) + ";"));
  CHECK(HasSecretValue("x" + prefix + " " + Token(prefix)));
  CHECK_FALSE(HasSecretValue(Token(prefix, 15)));
  CHECK(HasSecretValue(Token(prefix, 16)));
  CHECK_FALSE(HasSecretValue("x" + Token(prefix)));
  CHECK_FALSE(HasSecretValue(prefix));
}

TEST_CASE("private keys are secrets, certificates are none") {
  const std::string kind = GENERATE("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ");
  CHECK(HasSecretValue("-----BEGIN " + kind + "PRIVATE " + "KEY-----\nAAAA"));
  CHECK_FALSE(HasSecretValue("-----BEGIN CERTIFICATE-----\nAAAA"));
  CHECK_FALSE(HasSecretValue("PRIVATE KEY"));
}

TEST_CASE("URLs with a password are secrets") {
  CHECK(HasSecretValue("postgres://user:pw@db/x"));
  CHECK(HasSecretValue("a=http://h/ b=redis://:pw@h"));
  CHECK(HasSecretValue("amqp://user:p@ss@h"));
  for (const std::string value : {"postgres://user@db/x", "http://host:80/", "http://host:80/a@b",
                                  "http://user:@h", "://", "http://h?x=:y@z", "user:pw@host", ""}) {
    INFO(value);
    CHECK_FALSE(HasSecretValue(value));
  }
}

}  // namespace
}  // namespace hallmark::policy
