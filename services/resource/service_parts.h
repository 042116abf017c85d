// What a service's shell is made of.
#ifndef KUGGE_SERVICES_RESOURCE_SERVICE_PARTS_H_
#define KUGGE_SERVICES_RESOURCE_SERVICE_PARTS_H_

#include "services/resource/import_handler.h"
#include "services/resource/resource_handler.h"
#include "services/rpc/serve.h"

namespace kugge::resource {

// All outlive the shells that hold them.
struct ServiceParts {
  const rpc::Serve& serve;
  const ResourceHandler& handler;
  const ImportHandler& importer;
};

}  // namespace kugge::resource

#endif  // KUGGE_SERVICES_RESOURCE_SERVICE_PARTS_H_
