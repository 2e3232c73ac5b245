#ifndef HALLMARK_TOOLS_COMMON_OPENED_H_
#define HALLMARK_TOOLS_COMMON_OPENED_H_

#include <memory>
#include <string>

#include "tools/common/target.h"
#include "tools/common/world.h"

namespace hallmark::cli {

// The one REF that a verb looks at, with the world it is in. `place` lives as long as `world`.
struct Opened {
  Target target;
  std::unique_ptr<World> world;
  Place place;
};

// Reads every config file and opens the local store; opens no socket. kConfig for anything that the
// operator named and that cannot be used, other codes for a local store that is there and bad.
Result<Opened> Open(const Session& session, Target target);

// The same for a REF as it was typed, seen as --logical-name says.
Result<Opened> OpenRef(const Session& session, const std::string& ref);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_OPENED_H_
