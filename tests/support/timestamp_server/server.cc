#include "tests/support/timestamp_server/server.h"

#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

#include "hallmark/encoding/der.h"
#include "hallmark/encoding/rfc3339.h"
#include "tests/support/current_authority.h"

namespace hallmark::testing {
namespace {

namespace der = encoding::der;
using test::HttpRequest;
using test::HttpResponse;

constexpr char kQueryType[] = "application/timestamp-query";
constexpr char kReplyType[] = "application/timestamp-reply";
constexpr std::size_t kHugeBytes = std::size_t{8} * 1024 * 1024;

// What matters of a TimeStampReq; imprint and nonce are whole elements.
struct Question {
  Bytes imprint;
  Bytes nonce;
  bool wants_certificate = false;
};

Bytes Copy(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

std::optional<Question> ReadQuestion(ByteView query) {
  der::Reader whole(query);
  der::Reader body = whole.Enter(der::kSequence);
  Question question;
  if (body.TakeSmall() != 1) return std::nullopt;
  question.imprint = Copy(body.TakeWhole());
  if (body.Sees(der::kObjectId)) body.TakeWhole();
  if (body.Sees(der::kInteger)) question.nonce = Copy(body.TakeWhole());
  if (body.Sees(der::kBoolean)) question.wants_certificate = body.Take(der::kBoolean)[0] != 0;
  if (!body.Finished() || !whole.Finished()) return std::nullopt;
  return question;
}

// A refusal, with one sentence and one bit of PKIFailureInfo.
Bytes Refuse(const std::string& why, const Bytes& failure) {
  return MakeResponse({},
                      Der(der::kSequence, {DerNumber(2), Der(der::kSequence, {DerText(0x0C, why)}),
                                           Der(der::kBitString, {failure})}));
}

// "20261124170203Z".
Bytes GeneralizedTime(UnixTime time) {
  std::string text = encoding::ToRfc3339(time);
  std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == 'T'; });
  return DerText(der::kGeneralizedTime, text);
}

HttpResponse Plain(int status, std::string body, const std::string& type = "text/plain") {
  HttpResponse response{status, {}, std::move(body)};
  response.Set("Content-Type", type);
  return response;
}

}  // namespace

TimestampFault ParseTimestampFault(const std::string& name) {
  static const std::map<std::string, TimestampFault> kFaults = {
      {"wrong-imprint", TimestampFault::kWrongImprint},
      {"wrong-nonce", TimestampFault::kWrongNonce},
      {"no-nonce", TimestampFault::kNoNonce},
      {"rejected", TimestampFault::kRejected},
      {"garbage", TimestampFault::kGarbage},
      {"html", TimestampFault::kHtml},
      {"401", TimestampFault::kUnauthorized},
      {"503", TimestampFault::kUnavailable},
      {"redirect", TimestampFault::kRedirect},
      {"huge", TimestampFault::kHuge},
      {"hang", TimestampFault::kHang},
      {"tampered-token", TimestampFault::kTamperedToken},
  };
  const auto found = kFaults.find(name);
  if (found == kFaults.end()) throw std::invalid_argument("no such fault: " + name);
  return found->second;
}

TimestampServer::TimestampServer(Options options)
    : options_(std::move(options)),
      authority_(CurrentAuthority(SystemClock().Now())),
      http_(options_.port, nullptr,
            [this](test::Connection& connection, const HttpRequest& request) {
              return Serve(connection, request);
            }) {}

bool TimestampServer::Serve(test::Connection& connection, const HttpRequest& request) {
  Log(request);
  if (options_.fault == TimestampFault::kHang) return http_.Sleep(std::chrono::hours(24));
  return connection.Answer(request, Answer(request));
}

void TimestampServer::Log(const HttpRequest& request) {
  if (options_.log_file.empty()) return;
  const std::lock_guard lock(mutex_);
  std::ofstream(options_.log_file, std::ios::app) << request.method + " " + request.target + "\n";
}

HttpResponse TimestampServer::Answer(const HttpRequest& request) {
  const std::string* type = request.Header("Content-Type");
  if (request.method != "POST") return Plain(405, "POST only\n");
  if (type == nullptr || *type != kQueryType) return Plain(415, "no timestamp query\n");
  switch (options_.fault) {
    case TimestampFault::kHtml:
      return Plain(200, "<html>Welcome</html>\n", "text/html");
    case TimestampFault::kUnauthorized:
      return Plain(401, "who are you\n");
    case TimestampFault::kUnavailable:
      return Plain(503, "later\n");
    case TimestampFault::kRedirect: {
      HttpResponse response = Plain(307, "elsewhere\n");
      response.Set("Location", "/elsewhere");
      return response;
    }
    case TimestampFault::kHuge:
      return Plain(200, std::string(kHugeBytes, '0'), kReplyType);
    case TimestampFault::kGarbage:
      return Plain(200, "this is no token", kReplyType);
    default:
      return Plain(200, std::string(AsText(Stamp(request.body))), kReplyType);
  }
}

Bytes TimestampServer::Stamp(const std::string& query) {
  std::optional<Question> question = ReadQuestion(AsBytes(query));
  if (!question) return Refuse("no request", {0x02, 0x04});  // badDataFormat
  if (options_.fault == TimestampFault::kRejected) {
    return Refuse("closed today", {0x05, 0x20});  // badRequest
  }
  if (options_.fault == TimestampFault::kNoNonce) question->nonce.clear();
  if (options_.fault == TimestampFault::kWrongNonce && !question->nonce.empty()) {
    question->nonce.back() ^= 1;
  }
  TokenSpec spec = SpecFor("something else");
  if (options_.fault != TimestampFault::kWrongImprint) spec.imprint = question->imprint;
  const unsigned serial = ++serial_;
  spec.serial = Der(der::kInteger, {Bytes{1, static_cast<std::uint8_t>(serial >> 8 & 0xFF),
                                          static_cast<std::uint8_t>(serial & 0xFF)}});
  spec.gen_time = GeneralizedTime(SystemClock().Now());
  spec.nonce = question->nonce;
  if (!question->wants_certificate) spec.certificates = Bytes();
  Bytes token = MakeToken(authority_, spec);
  // The signature is the last member: the last byte is one of its number s.
  if (options_.fault == TimestampFault::kTamperedToken) token.back() ^= 1;
  return MakeResponse(token);
}

}  // namespace hallmark::testing
