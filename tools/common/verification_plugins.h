#ifndef HALLMARK_TOOLS_COMMON_VERIFICATION_PLUGINS_H_
#define HALLMARK_TOOLS_COMMON_VERIFICATION_PLUGINS_H_

#include "hallmark/verify/verifier.h"
#include "tools/common/environment.h"

namespace hallmark::cli {

// Verification plugins where notation keeps them. Found and run when a signature under a trusted
// authority demands one. Safe for several threads.
class VerificationPlugins final : public verify::PluginAsker {
 public:
  // `environment` outlives this.
  explicit VerificationPlugins(const Environment& environment) : environment_(environment) {}

  Result<signature::PluginWord> Ask(const Context&, const signature::PluginQuestion&,
                                    const policy::Enforcement&) override;

 private:
  const Environment& environment_;
};

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_VERIFICATION_PLUGINS_H_
