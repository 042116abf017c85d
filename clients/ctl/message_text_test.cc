#include "clients/ctl/message_text.h"

#include <sstream>

#include "clients/ctl/resource_requests.h"
#include "clients/ctl/resource_types.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/tenant_service.pb.h"

namespace kugge::ctl {
namespace {

v1::Session ExampleSession() {
  v1::Session session;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        name: "tenants/t/providers/p/offerings/o/sessions/s"
        state: OFFERING_STATE_OPEN
        start_date { year: 2026 month: 3 day: 1 }
        place { municipality_code: "0380" }
        seats: 12
        accommodations_offered: ACCOMMODATION_EASY_TO_READ
        accommodations_offered: ACCOMMODATION_QUIET_ROOM
      )pb",
      &session));
  return session;
}

TEST(MessageTextTest, FieldsReadForPeople) {
  const v1::Session session = ExampleSession();
  EXPECT_EQ(FieldText(session, "state"), "open");
  EXPECT_EQ(FieldText(session, "start_date"), "2026-03-01");
  EXPECT_EQ(FieldText(session, "end_date"), "");
  EXPECT_EQ(FieldText(session, "place.municipality_code"), "0380");
  EXPECT_EQ(FieldText(session, "distance_learning"), "no");
  EXPECT_EQ(FieldText(session, "accommodations_offered"),
            "easy_to_read,quiet_room");
  EXPECT_EQ(FieldText(v1::Session(), "state"), "");
  EXPECT_EQ(FieldText(v1::Session(), "place.municipality_code"), "");
}

TEST(MessageTextTest, EveryFieldThatIsSetHasItsLine) {
  std::ostringstream out;
  PrintFields(ExampleSession(), out);
  EXPECT_EQ(out.str(),
            "field                      value\n"
            "name                       "
            "tenants/t/providers/p/offerings/o/sessions/s\n"
            "state                      open\n"
            "start_date                 2026-03-01\n"
            "place.municipality_code    0380\n"
            "seats                      12\n"
            "accommodations_offered[0]  easy_to_read\n"
            "accommodations_offered[1]  quiet_room\n");
}

// The commands fill requests by field name: each type must have the fields.
TEST(ResourceTypesTest, EveryTypeHasTheFieldsThatTheCommandsFill) {
  for (const ResourceType& type : ResourceTypes()) {
    const auto has = [](const UnaryMethod& method, const std::string& field) {
      return method.request_prototype->GetDescriptor()->FindFieldByName(
                 field) != nullptr;
    };
    const bool has_parent = type.collections.size() > 1;
    EXPECT_EQ(has(type.create, "parent"), has_parent) << type.noun;
    EXPECT_EQ(has(type.list, "parent"), has_parent) << type.noun;
    EXPECT_TRUE(has(type.create, type.noun)) << type.noun;
    EXPECT_TRUE(has(type.create, type.noun + "_id")) << type.noun;
    EXPECT_TRUE(has(type.create, "validate_only")) << type.noun;
    EXPECT_TRUE(has(type.update, type.noun)) << type.noun;
    EXPECT_TRUE(has(type.update, "update_mask")) << type.noun;
    EXPECT_TRUE(has(type.get, "name")) << type.noun;
    EXPECT_TRUE(has(type.remove, "name")) << type.noun;
    EXPECT_TRUE(has(type.remove, "etag")) << type.noun;
    EXPECT_TRUE(has(type.list, "filter") && has(type.list, "page_token"));
    const MessagePtr resource = NewResource(type);
    for (const std::string& path : type.list_columns) {
      const std::string first = path.substr(0, path.find('.'));
      EXPECT_NE(resource->GetDescriptor()->FindFieldByName(first), nullptr)
          << type.noun << " " << path;
    }
    if (!type.import_stream.open) continue;
    const auto* row = type.import_stream.request_prototype->GetDescriptor();
    EXPECT_NE(row->FindFieldByName(type.noun), nullptr);
    EXPECT_NE(row->FindFieldByName("row"), nullptr);
  }
}

TEST(ResourceRequestsTest, UpdateCarriesTheMaskAndCreateTheId) {
  const ResourceType& type = *FindResourceType("tenant");
  v1::Tenant tenant;
  tenant.set_display_name("Mora");
  const MessagePtr create =
      CreateRequest(type, {.parent = "ignored", .id = "mora"}, tenant);
  const auto& created = static_cast<const v1::CreateTenantRequest&>(*create);
  EXPECT_EQ(created.tenant_id(), "mora");
  EXPECT_EQ(created.tenant().display_name(), "Mora");
  const MessagePtr update =
      UpdateRequest(type, {.mask = {"display_name"}}, tenant);
  const auto& updated = static_cast<const v1::UpdateTenantRequest&>(*update);
  ASSERT_EQ(updated.update_mask().paths_size(), 1);
  EXPECT_EQ(updated.update_mask().paths(0), "display_name");
  EXPECT_FALSE(static_cast<const v1::UpdateTenantRequest&>(
                   *UpdateRequest(type, {}, tenant))
                   .has_update_mask());
}

}  // namespace
}  // namespace kugge::ctl
