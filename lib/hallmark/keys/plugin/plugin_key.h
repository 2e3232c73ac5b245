#ifndef HALLMARK_KEYS_PLUGIN_PLUGIN_KEY_H_
#define HALLMARK_KEYS_PLUGIN_PLUGIN_KEY_H_

#include <memory>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/crypto/signer.h"
#include "hallmark/keys/plugin/plugin_ref.h"
#include "hallmark/plugin/plugin.h"
#include "hallmark/x509/certificate.h"

// Keys behind signing plugins of the Notary Project (plugin/plugin.h, capability
// SIGNATURE_GENERATOR.RAW), as notation uses them.
namespace hallmark::keys {

using PluginWorld = plugin::World;

// Signs by the one scheme that the specification has for the key ("Algorithm Selection").
class PluginSigner : public crypto::Signer {
 public:
  // Leaf first, as the plugin gave it with its first signature. Was a chain by the rules of the
  // Notary Project when the key was opened; who trusts it is another question.
  virtual const std::vector<x509::Certificate>& certificate_chain() const = 0;
};

// Asks the plugin what it is, what the key is, and for one signature over a text that means
// nothing: only a signature shows the certificate, so a key that does not work is noticed here.
// Every signature is verified with the key of that certificate before it is handed out.
//
// kConfig: no such plugin, or one that does not do this; kTimeout: its deadline; kLimit: too much
// output; kProtocol: an answer that is none, or a signature, algorithm or certificate that is not
// the key's; kDenied, kThrottled, kUnavailable: as the plugin's own error says.
Result<std::unique_ptr<PluginSigner>> OpenPlugin(const PluginRef& ref, const PluginWorld& world,
                                                 UnixTime now);

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PLUGIN_PLUGIN_KEY_H_
