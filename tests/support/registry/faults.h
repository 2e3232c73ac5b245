#ifndef HALLMARK_TESTS_SUPPORT_REGISTRY_FAULTS_H_
#define HALLMARK_TESTS_SUPPORT_REGISTRY_FAULTS_H_

#include <list>
#include <mutex>
#include <optional>
#include <regex>

#include "tests/support/registry/http.h"

namespace hallmark::test {

// The faults in force, and how often each has matched.
class FaultList {
 public:
  void Add(Fault fault);
  void Clear();
  // The fault that acts on this request; counts the request for every fault that it matches.
  std::optional<Fault> Match(const HttpRequest& request);

 private:
  struct Armed {
    Fault fault;
    std::optional<std::regex> regex;
    int seen = 0;
  };
  std::mutex mutex_;
  std::list<Armed> faults_;
};

// What a fault makes of a request and of its true answer.
bool NeedsTrueAnswer(Fault::Kind kind);
HttpRequest Rewrite(const Fault& fault, const HttpRequest& request);
void Change(const Fault& fault, const HttpRequest& request, HttpResponse& response);
// Sends the answer, in the fault's way. False ends the connection.
bool SendFaulty(const Fault& fault, HttpServer& server, const Connection& connection,
                const HttpRequest& request, const HttpResponse& response);

}  // namespace hallmark::test

#endif  // HALLMARK_TESTS_SUPPORT_REGISTRY_FAULTS_H_
