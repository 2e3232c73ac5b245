#ifndef HALLMARK_TESTS_SUPPORT_REGISTRY_H_
#define HALLMARK_TESTS_SUPPORT_REGISTRY_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::test {

using HeaderLines = std::vector<std::pair<std::string, std::string>>;

// What a registry does with conditional requests for manifests.
enum class ETagMode {
  kNone = 1,  // no ETag, If-Match is ignored
  kHonoured,  // ETag on manifests; If-Match and If-None-Match answer 412 (304 on GET)
  kIgnored,   // ETag on manifests, conditions ignored, as docker-registry does
};

struct RegistryOptions {
  std::uint16_t port = 0;        // on 127.0.0.1; 0: any that is free
  bool tls = false;              // https with a certificate of its own for 127.0.0.1 and localhost
  bool referrers_api = true;     // else /referrers/ is 404 and PUT sends no OCI-Subject
  bool referrers_filter = true;  // else ?artifactType= is ignored and not confirmed
  bool single_post = false;      // POST uploads/?digest= with the whole blob
  bool relative_locations = true;  // Location and Link without scheme and host
  ETagMode etags = ETagMode::kNone;
  std::size_t page_size = 0;    // entries a page of every listing; 0: no paging
  std::string basic;            // "user:pass" wanted by everything under /v2/; empty: open
  bool token_auth = false;      // Bearer tokens wanted, given for `basic` or to everyone
  bool anonymous_pull = false;  // with token_auth and basic: pull tokens for anonymous too
  std::string token_realm;      // empty: our own /token
  std::string token_service = "hallmark-test-registry";
  std::string refresh_token;  // identity token that POST /token takes
  std::string log_file;       // JSON lines, one a request; empty: none
};

// One request as it came, and what was answered. In order of completion.
struct RequestRecord {
  std::string method;
  std::string path;     // without query
  std::string query;    // without '?'
  HeaderLines headers;  // all lines, repeated ones repeated
  std::size_t body_size = 0;
  int status = 0;                // 0: the connection was ended without an answer
  std::uint64_t connection = 0;  // the same number: the same TCP connection

  // First value by case-insensitive name; null when absent. All values in order.
  const std::string* Header(std::string_view name) const;
  std::vector<std::string> HeaderAll(std::string_view name) const;
};

// Something that goes wrong on demand. The first fault whose matchers agree acts; the others
// stay as they are.
struct Fault {
  enum class Kind {
    kAnswer = 1,      // `status`, `headers`, `body` instead of the true answer
    kRaw,             // `body` as bytes on the wire, then the connection is closed
    kDelay,           // the true answer after `delay`
    kDrip,            // the true answer, one byte every `delay`
    kReset,           // TCP reset before any answer
    kCut,             // true headers and half of the body, then closed
    kEndless,         // a chunked 200 that does not end
    kOversize,        // true headers with `size` as Content-Length, then `size` bytes
    kEnlarge,         // 200 with chunked body of `size` bytes: nothing was announced
    kWrongBytes,      // the true answer with its first body byte changed
    kRedirect,        // 307 (or `status`) to `target`; "{path}" in it stands for path and query
    kLinkTo,          // the true answer with Link: <target>; rel="next". "self": to itself
    kExtraReferrers,  // the true index with `body` (JSON descriptors, comma separated) added
    kServeOther,      // the manifest named `target` (digest or tag) of the same repository
    kCloseAfter,      // the true answer, then the connection is closed unannounced
    kLocation,        // the true answer with `target` as Location
    kThenAnswer,      // the request takes effect, then kAnswer: a write whose answer was lost
    kHold,            // no effect and no answer; the connection ends after `delay`
    kAddHeaders,      // the true answer with `headers` besides its own
  };

  std::string method;      // empty: any
  std::string path;        // prefix of path?query
  std::string path_regex;  // ECMAScript, searched in path?query; empty: any
  int at = 1;              // acts from the n-th matching request
  int times = 0;           // so often; 0: for ever
  Kind kind = Kind::kAnswer;
  int status = 0;
  HeaderLines headers;
  std::string body;
  std::string target;
  std::size_t size = 0;
  std::chrono::milliseconds delay{0};
};

// "method=GET;path=/v2/app/;at=2;times=1;do=answer;status=429;header=Retry-After: 1;body=x".
// Names are those of Fault, `regex` for path_regex, `delay` in milliseconds; `do` is the kind in
// kebab-case (answer, raw, delay, drip, reset, cut, endless, oversize, enlarge, wrong-bytes,
// redirect, link-to, extra-referrers, serve-other, close-after, location, then-answer, hold,
// add-headers). `body` takes the rest of the text, `body-file` a file. Throws std::invalid_argument
// for anything else.
Fault ParseFault(std::string_view spec);

// A registry of OCI distribution-spec 1.1 on loopback, in memory, for tests: content is addressed
// by the exact bytes, Accept lines (also repeated ones) are honoured, referenced blobs must be
// there. Threads of its own serve it; all members may be called at any time from any thread. The
// destructor ends every connection. Built on nothing of Hallmark, so that no bug has a twin here.
class Registry {
 public:
  explicit Registry(RegistryOptions options = {});
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  std::uint16_t port() const;
  std::string host() const;             // "127.0.0.1:PORT"
  std::string url() const;              // "http://127.0.0.1:PORT", or https
  std::string certificate_pem() const;  // what to trust with `tls`; empty without

  void AddFault(Fault fault);
  void ClearFaults();

  // Stores a blob or a manifest without a request, and checks nothing. Both return the digest
  // (sha256). An empty tag stores the manifest under its digest only.
  std::string PutBlob(std::string_view repository, std::string_view bytes);
  std::string PutManifest(std::string_view repository, std::string_view tag,
                          std::string_view media_type, std::string_view bytes);
  // The manifest's bytes by tag or digest, a blob's by digest; empty when absent.
  std::string Manifest(std::string_view repository, std::string_view reference) const;
  std::string Blob(std::string_view repository, std::string_view digest) const;
  std::vector<std::string> Tags(std::string_view repository) const;
  // Changes the bytes under a digest, which keeps its name: a registry that lies.
  void CorruptBlob(std::string_view repository, std::string_view digest, std::string_view bytes);
  void CorruptManifest(std::string_view repository, std::string_view digest,
                       std::string_view bytes);
  void Delete(std::string_view repository, std::string_view reference);

  std::vector<RequestRecord> requests() const;
  void ClearRequests();
  std::size_t connections() const;  // accepted so far

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// "sha256:<hex>" of the bytes.
std::string Sha256Of(std::string_view bytes);

}  // namespace hallmark::test

#endif  // HALLMARK_TESTS_SUPPORT_REGISTRY_H_
