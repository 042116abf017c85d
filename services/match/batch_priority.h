// How batch work gives way to calls that somebody waits for.
#ifndef KUGGE_SERVICES_MATCH_BATCH_PRIORITY_H_
#define KUGGE_SERVICES_MATCH_BATCH_PRIORITY_H_

namespace kugge::match {

// Makes the calling thread one that does batch work, for good.
//
// It gets a low priority instead of pausing while calls are under way: the
// kernel decides anew every few milliseconds, core by core, so a call runs at
// once and an idle core is used to the full, also on a server that is never
// without calls. The priority isn't the lowest: a worker holds short locks that
// calls need too, and must get to let go of them.
void YieldToCalls();

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_BATCH_PRIORITY_H_
