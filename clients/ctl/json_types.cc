#include "clients/ctl/json_types.h"

#include <map>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "base/mutex.h"
#include "google/protobuf/type.pb.h"
#include "google/protobuf/util/type_resolver_util.h"

namespace kugge::ctl {
namespace {

namespace util = google::protobuf::util;

constexpr char kUrlPrefix[] = "type.googleapis.com";

// Of all options the JSON mapping reads one: whether a type is a map's entry.
void DropUnreadOptions(google::protobuf::Type* type) {
  auto* options = type->mutable_options();
  for (int i = options->size() - 1; i >= 0; --i) {
    if (options->Get(i).name() != "map_entry") options->DeleteSubrange(i, 1);
  }
  for (auto& field : *type->mutable_fields()) field.clear_options();
}

class CachingResolver final : public util::TypeResolver {
 public:
  CachingResolver()
      : source_(util::NewTypeResolverForDescriptorPool(
            kUrlPrefix, google::protobuf::DescriptorPool::generated_pool())) {}

  util::Status ResolveMessageType(const std::string& url,
                                  google::protobuf::Type* type) override {
    MutexLock lock(&mutex_);
    const auto found = types_.find(url);
    if (found != types_.end()) {
      *type = found->second;
      return {};
    }
    const util::Status status = source_->ResolveMessageType(url, type);
    if (!status.ok()) return status;
    DropUnreadOptions(type);
    types_[url] = *type;
    return {};
  }

  util::Status ResolveEnumType(const std::string& url,
                               google::protobuf::Enum* type) override {
    MutexLock lock(&mutex_);
    const auto found = enums_.find(url);
    if (found != enums_.end()) {
      *type = found->second;
      return {};
    }
    const util::Status status = source_->ResolveEnumType(url, type);
    if (status.ok()) enums_[url] = *type;
    return status;
  }

 private:
  const std::unique_ptr<util::TypeResolver> source_;
  Mutex mutex_;
  std::map<std::string, google::protobuf::Type> types_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, google::protobuf::Enum> enums_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

util::TypeResolver* JsonTypeResolver() {
  static auto& resolver = *new CachingResolver();
  return &resolver;
}

std::string JsonTypeUrl(const google::protobuf::Descriptor& type) {
  return absl::StrCat(kUrlPrefix, "/", type.full_name());
}

}  // namespace kugge::ctl
