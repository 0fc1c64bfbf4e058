#include "schema/schema.hpp"

#include "schema/expect_fault.hpp"
#include "schema/format.hpp"

namespace guildhall::schema {
namespace {

namespace json = boost::json;

TEST(SchemaText, CountsCodePoints) {
  const Schema schema = text().length(2, 3);
  EXPECT_EQ(fault_of(schema, json::value("ab")), "valid");
  EXPECT_EQ(fault_of(schema, json::value("\xF0\x9F\x90\x9C\xF0\x9F\x90\x9C\xF0\x9F\x90\x9C")), "valid");
  EXPECT_EQ(fault_of(schema, json::value("a")), ": Must be at least 2 characters; this has 1.");
  EXPECT_EQ(fault_of(schema, json::value("ab\xC3\xA9\xC3\xA9")), ": Must be at most 3 characters; this has 4.");
  EXPECT_EQ(fault_of(text().length(0, 1), json::value("ab")), ": Must be at most 1 character; this has 2.");
}

TEST(SchemaText, CountsBytesWhereAskedTo) {
  EXPECT_EQ(fault_of(text().bytes(4), json::value("\xC3\xA9\xC3\xA9")), "valid");
  EXPECT_EQ(fault_of(text().bytes(3), json::value("\xC3\xA9\xC3\xA9")), ": Must be at most 3 bytes; this has 4.");
}

TEST(SchemaText, RefusesWhatIsNoText) {
  EXPECT_EQ(fault_of(text(), json::value("\xED\xA0\xBD")), ": Must be well-formed Unicode text.");
  EXPECT_EQ(fault_of(text(), json::value("\xFF")), ": Must be well-formed Unicode text.");
  EXPECT_EQ(fault_of(text(), R"("a\u0000b")"), ": Must not hold a NUL character.");
  EXPECT_EQ(fault_of(text(), "null"), ": Must be a string, not null.");
  EXPECT_EQ(fault_of(text(), "1"), ": Must be a string, not a number.");
  EXPECT_EQ(fault_of(text(), "[]"), ": Must be a string, not an array.");
}

TEST(SchemaText, VisibleTextHoldsMoreThanWhiteSpace) {
  EXPECT_EQ(fault_of(text().visible(), R"(" \u00a0\u3000")"), ": Must hold more than white space.");
  EXPECT_EQ(fault_of(text().visible(), R"(" \u200b")"), "valid");
}

TEST(SchemaInteger, HasARange) {
  const Schema schema = integer().range(0, 25);
  for (const auto* good : {"0", "25", "25.0"}) EXPECT_EQ(fault_of(schema, good), "valid");
  EXPECT_EQ(fault_of(schema, "26"), ": Must be from 0 to 25; this is 26.");
  EXPECT_EQ(fault_of(schema, "-1"), ": Must be from 0 to 25; this is -1.");
  EXPECT_EQ(fault_of(schema, "18446744073709551615"), ": Must be from 0 to 25; this is 18446744073709551615.");
  EXPECT_EQ(fault_of(schema, "1.5"), ": Must be a whole number.");
  EXPECT_EQ(fault_of(schema, "1e300"), ": Must be a whole number.");
  EXPECT_EQ(fault_of(schema, R"("1")"), ": Must be an integer, not a string.");
  EXPECT_EQ(normal_form(schema, "25.0"), "25");
}

TEST(SchemaInteger, MayBeSpelledOtherwise) {
  const Schema schema = integer().range(0, 0xFFFFFF).spelled(format::color);
  EXPECT_EQ(normal_form(schema, R"("#5865f2")"), "5793266");
  EXPECT_EQ(normal_form(schema, R"("#FFFFFF")"), "16777215");
  for (const auto* same : {R"("5865F2")", R"("0x5865f2")", R"("5793266")", R"("Blurple")", R"(" #5865f2 ")"}) {
    EXPECT_EQ(normal_form(schema, same), "5793266") << same;
  }
  EXPECT_EQ(normal_form(schema, R"("#f00")"), "16711680");
  EXPECT_EQ(normal_form(schema, R"("DARK_RED")"), std::to_string(0x992D22));
  for (const auto* bad : {R"("no color")", R"("16777216")", R"("-1")", R"("#")", R"("f00")", R"("#5865f")",
                          R"("#5865f2a")", R"("#-865f2")", R"("#zz65f2")"}) {
    EXPECT_EQ(fault_of(schema, bad), ": Must be a number from 0 to 16777215, or a text such as \"#5865f2\".") << bad;
  }
}

TEST(SchemaChoice, NamesTheChoices) {
  EXPECT_EQ(fault_of(choice({1, 2}), "2.0"), "valid");
  EXPECT_EQ(fault_of(choice({1, 2}), "3"), ": Must be one of 1, 2.");
  EXPECT_EQ(fault_of(choice({"up"}), R"("down")"), ": Must be \"up\".");
}

TEST(SchemaBoolean, IsNoNumber) { EXPECT_EQ(fault_of(boolean(), "1"), ": Must be a boolean, not a number."); }

TEST(SchemaList, IsCountedAndPointedInto) {
  const Schema schema = list(boolean()).items(1, 2);
  EXPECT_EQ(fault_of(schema, "[]"), ": Must be at least 1 item; this has 0.");
  EXPECT_EQ(fault_of(schema, "[true,false]"), "valid");
  EXPECT_EQ(fault_of(schema, "[true,true,true]"), ": Must be at most 2 items; this has 3.");
  EXPECT_EQ(fault_of(schema, "[true,0]"), "/1: Must be a boolean, not a number.");
  EXPECT_EQ(fault_of(schema, "{}"), ": Must be an array, not an object.");
}

TEST(SchemaList, MayHaveToBeUnique) {
  EXPECT_EQ(fault_of(list(integer()).unique(), "[1,2,1]"), "/2: Must not be given twice.");
  EXPECT_EQ(fault_of(list(integer()).unique(), "[1,2,1.0]"), "/2: Must not be given twice.");
  EXPECT_EQ(fault_of(list(integer()), "[1,2,1]"), "valid");
}

TEST(SchemaObject, RefusesFieldsItDoesNotKnow) {
  const Schema schema = object({optional("known", boolean())});
  EXPECT_EQ(fault_of(schema, R"({"a/b~c": 1})"), "/a~1b~0c: Unknown field \"a/b~c\".");
  EXPECT_EQ(fault_of(schema, "[]"), ": Must be an object, not an array.");
  EXPECT_EQ(fault_of(schema.open(), R"({"other": 1})"), "valid");
  EXPECT_EQ(normal_form(schema.open(), R"({"other": 1, "known": true})"), R"({"known":true,"other":1})");
}

TEST(SchemaObject, ShortensLongNames) {
  const json::object unknown{{std::string(1000, 'x'), 1}};
  EXPECT_EQ(fault_of(object({}), unknown), ": Unknown field \"" + std::string(40, 'x') + "...\".");
}

TEST(SchemaObject, PointsToWhatIsMissing) {
  const Schema schema = object({required("inner", object({required("value", integer())}))});
  EXPECT_EQ(fault_of(schema, "{}"), "/inner: This field is required.");
  EXPECT_EQ(fault_of(schema, R"({"inner": {}})"), "/inner/value: This field is required.");
  EXPECT_EQ(fault_of(schema, R"({"inner": {"value": null}})"), "/inner/value: Must be an integer, not null.");
}

TEST(SchemaObject, MayNeedAField) {
  const Schema schema = object({optional("a", integer()), optional("b", integer())}).at_least_one();
  EXPECT_EQ(fault_of(schema, "{}"), ": At least one of a, b must be given.");
  EXPECT_EQ(fault_of(schema, R"({"b": 1})"), "valid");
}

TEST(SchemaObject, BringsFieldsIntoOrder) {
  const Schema schema = object({optional("a", integer()), optional("b", integer().nullable())});
  EXPECT_EQ(normal_form(schema, R"({"b": null, "a": 1})"), R"({"a":1,"b":null})");
}

TEST(SchemaPart, LeavesOutWhatIsEmpty) {
  const Schema inner = object({required("url", text().length(1, 9)), part("flag", boolean())});
  const Schema schema = object({part("text", text().length(1, 9).visible()), part("number", integer()),
                                part("list", list(integer()).items(1, 2)), part("object", inner)});
  for (const auto* empty : {
           R"({"text": null, "number": null, "list": null, "object": null})",
           R"({"text": "", "number": "", "list": [], "object": {}})",
           R"({"text": " ", "object": {"url": ""}})",
           R"({"object": {"url": null, "flag": false}})",
       }) {
    EXPECT_EQ(normal_form(schema, empty), "{}") << empty;
  }
  EXPECT_EQ(fault_of(schema, R"({"object": {"url": "", "flag": true}})"),
            "/object/url: Must be at least 1 character; this has 0.");
  EXPECT_EQ(fault_of(schema, R"({"object": {"other": ""}})"), "/object/other: Unknown field \"other\".");
  EXPECT_EQ(normal_form(schema, R"({"number": 0})"), R"({"number":0})");
}

TEST(SchemaPart, HasAFallback) {
  const Schema schema = object({part("list", list(integer()).otherwise(json::array{}))});
  EXPECT_EQ(normal_form(schema, R"({"list": null})"), R"({"list":[]})");
}

TEST(SchemaIgnored, IsCheckedAndLeftOut) {
  const Schema schema = object({part("a", integer()), ignored("b"), ignored("c", choice({1}))});
  EXPECT_EQ(normal_form(schema, R"({"a": 1, "b": {"x": [1]}, "c": 1})"), R"({"a":1})");
  EXPECT_EQ(normal_form(schema, R"({"b": null, "c": null})"), "{}");
  EXPECT_EQ(fault_of(schema, R"({"c": 2})"), "/c: Must be 1.");
}

TEST(SchemaRefused, MayOnlyBeNothing) {
  const Schema schema = object({refused("files", "Remove the files.")});
  for (const auto* nothing : {"{}", R"({"files": null})", R"({"files": []})", R"({"files": false})", R"({"files": 0})",
                              R"({"files": ""})", R"({"files": {"list": [], "more": {}}})"}) {
    EXPECT_EQ(normal_form(schema, nothing), "{}") << nothing;
  }
  for (const auto* something :
       {R"({"files": [1]})", R"({"files": true})", R"({"files": "a"})", R"({"files": {"a": 1}})"}) {
    EXPECT_EQ(fault_of(schema, something), "/files: Remove the files.") << something;
  }
}

TEST(SchemaLenient, TakesWhatPeoplePaste) {
  const Schema item = object({part("text", text().length(1, 9)), part("flag", boolean()), ignored("type")});
  const Schema schema =
      object({part("number", integer().range(0, 9)), part("flag", boolean()), part("kind", choice({1, 2})),
              part("id", text().format(format::snowflake)), part("list", list(item).items(1, 2))});
  const Schema lenient = schema.lenient();
  EXPECT_EQ(normal_form(lenient, R"({"number": "7", "flag": "True", "kind": "2", "id": 1234567890123456789, "x": null,
                                     "list": [null, {}, {"text": "a", "flag": 0}, {"text": "", "type": "rich"}]})"),
            R"({"number":7,"flag":true,"kind":2,"id":"1234567890123456789","list":[{"text":"a","flag":false}]})");
  EXPECT_EQ(fault_of(lenient, R"({"list": [null, {"text": "a"}, {"text": 7}]})"),
            "/list/2/text: Must be a string, not a number.");
  EXPECT_EQ(fault_of(lenient, R"({"list": [null, {}]})"), "valid") << "as if it were not there";
  EXPECT_EQ(fault_of(lenient, R"({"flag": "yes"})"), "/flag: Must be a boolean, not a string.");
  EXPECT_EQ(fault_of(lenient, R"({"number": "many"})"), "/number: Must be an integer, not a string.");
  EXPECT_EQ(fault_of(lenient, R"({"number": "10"})"), "/number: Must be from 0 to 9; this is 10.");
  EXPECT_EQ(fault_of(lenient, R"({"x": 1})"), "/x: Unknown field \"x\".");
  for (const auto* strict : {R"({"number": "7"})", R"({"flag": "true"})", R"({"kind": "2"})", R"({"id": 7})",
                             R"({"x": null})", R"({"list": [null, {"text": "a"}]})"}) {
    EXPECT_NE(fault_of(schema, strict), "valid") << strict;
  }
}

TEST(SchemaRewritten, TakesOtherFormsAndPointsIntoThem) {
  const Schema schema =
      object({required("value", integer())}).rewritten([](json::value& value) -> std::optional<Moved> {
        if (value.is_object()) return std::nullopt;
        json::object wrapped{{"value", value}};
        value = std::move(wrapped);
        return Moved{"/value", ""};
      });
  EXPECT_EQ(normal_form(schema, "7"), R"({"value":7})");
  EXPECT_EQ(fault_of(list(schema), R"([1, "x"])"), "/1: Must be an integer, not a string.");
  EXPECT_EQ(fault_of(list(schema), R"([{"value": "x"}])"), "/0/value: Must be an integer, not a string.");
}

TEST(SchemaText, BlankMayMeanNull) {
  const Schema schema = object({optional("script", text().length(1, 9).blank_is_null())});
  EXPECT_EQ(normal_form(schema, R"({"script": ""})"), R"({"script":null})");
  EXPECT_EQ(normal_form(schema, R"({"script": null})"), R"({"script":null})");
  EXPECT_EQ(normal_form(schema, "{}"), "{}");
}

const Schema& shape() {
  static const Schema schema = variants(
      "kind",
      {object({required("kind", choice({"circle"})), required("radius", integer())}),
       variants(
           "style",
           {object({required("kind", choice({"box"})), required("style", choice({1, 2})), required("side", integer())}),
            object({required("kind", choice({"box"})), required("style", choice({3})), required("name", text())})})});
  return schema;
}

TEST(SchemaVariants, AreToldApartByATag) {
  EXPECT_EQ(fault_of(shape(), R"({"kind": "circle", "radius": 1})"), "valid");
  EXPECT_EQ(fault_of(shape(), R"({"kind": "box", "style": 2, "side": 1})"), "valid");
  EXPECT_EQ(fault_of(shape(), R"({"kind": "box", "style": 3, "name": "x"})"), "valid");
  EXPECT_EQ(fault_of(shape(), R"({"radius": 1})"), "/kind: This field is required.");
  EXPECT_EQ(fault_of(shape(), R"({"kind": "line"})"), "/kind: Must be one of \"circle\", \"box\".");
  EXPECT_EQ(fault_of(shape(), R"({"kind": "box", "style": 4})"), "/style: Must be one of 1, 2, 3.");
  EXPECT_EQ(fault_of(shape(), R"({"kind": "box", "style": 1})"), "/side: This field is required.");
  EXPECT_EQ(fault_of(shape(), "1"), ": Must be an object, not a number.");
}

TEST(SchemaVariants, FieldsOfOthersMayBeThereWhileEmpty) {
  EXPECT_EQ(normal_form(shape(), R"({"kind": "box", "style": 1, "side": 1, "name": "", "radius": null})"),
            R"({"kind":"box","style":1,"side":1})");
  EXPECT_EQ(fault_of(shape(), R"({"kind": "box", "style": 1, "side": 1, "name": "x"})"),
            "/name: Not allowed where style is 1.");
  EXPECT_EQ(fault_of(shape(), R"({"kind": "circle", "radius": 1, "side": 1})"),
            "/side: Not allowed where kind is \"circle\".");
  EXPECT_EQ(fault_of(shape(), R"({"kind": "circle", "radius": 1, "colour": ""})"),
            "/colour: Unknown field \"colour\".");
}

TEST(SchemaRule, SeesTheNormalFormAndPointsBelowItsValue) {
  const Schema pair = object({required("a", integer()), part("b", integer())})
                          .rule(
                              [](const json::value& value) -> std::optional<Fault> {
                                if (value.as_object().contains("b")) return std::nullopt;
                                return Fault{"/b", "Sometimes b is needed."};
                              },
                              "With a goes b.");
  const Schema schema = object({required("pair", pair)});
  EXPECT_EQ(fault_of(schema, R"({"pair": {"a": 1, "b": 1}})"), "valid");
  EXPECT_EQ(fault_of(schema, R"({"pair": {"a": 1, "b": ""}})"), "/pair/b: Sometimes b is needed.");
}

TEST(SchemaJson, SaysWhatItChecks) {
  const Schema schema =
      object({required("name", text().length(1, 9).format(format::one_word)),
              optional("script", text().length(0, 5).nullable().describe("JavaScript.")),
              part("color", integer().range(0, 9).spelled(format::color)), part("tags", list(text()).items(1, 3)),
              part("nick", text().length(1, 9)), required("kind", choice({1})),
              optional("level", choice({"low", "high"})), ignored("noise"), refused("files", "No files.")})
          .at_least_one();
  EXPECT_EQ(schema.to_json(), json::parse(R"json({
    "type": "object",
    "properties": {
      "name": {"type": "string", "minLength": 1, "maxLength": 9, "pattern": "^\\S+$"},
      "script": {"type": ["string", "null"], "maxLength": 5, "description": "JavaScript."},
      "color": {"type": ["integer", "string", "null"], "minimum": 0, "maximum": 9, "pattern":
        "^(?:\\s*([0-9]{1,8}|(#|0[xX])?[0-9A-Fa-f]{6}|(#|0[xX])[0-9A-Fa-f]{3}|[A-Za-z_]+)\\s*)?$"},
      "tags": {"type": ["array", "null"], "items": {"type": "string"}, "maxItems": 3},
      "nick": {"type": ["string", "null"], "maxLength": 9},
      "kind": {"type": "integer", "const": 1},
      "level": {"type": "string", "enum": ["low", "high"]},
      "noise": {"description": "Ignored."},
      "files": {"description": "No files.", "enum": [null, false, 0, "", [], {}]}
    },
    "required": ["name", "kind"],
    "minProperties": 1,
    "additionalProperties": false
  })json"));
}

TEST(SchemaJson, NamedSchemasAreReferences) {
  const Schema inner = object({required("a", integer())}).named("Inner");
  const Schema schema =
      object({required("one", inner), part("two", inner), required("all", list(inner))}).named("Outer");
  EXPECT_EQ(schema.reference(), json::parse(R"({"$ref": "#/components/schemas/Outer"})"));
  EXPECT_EQ(schema.to_json().at("properties"), json::parse(R"json({
    "one": {"$ref": "#/components/schemas/Inner"},
    "two": {"anyOf": [{"$ref": "#/components/schemas/Inner"}, {"type": "null"}]},
    "all": {"type": "array", "items": {"$ref": "#/components/schemas/Inner"}}
  })json"));
  std::map<std::string, json::value> all;
  schema.collect(all);
  EXPECT_EQ(all.size(), 2U);
  EXPECT_EQ(all.at("Inner"), inner.to_json());
}

TEST(SchemaJson, TwoSchemasOfOneNameAreABug) {
  const Schema schema = object({required("a", object({}).named("Same")), required("b", text().named("Same"))});
  std::map<std::string, json::value> all;
  EXPECT_THROW(schema.collect(all), std::logic_error);
}

}  // namespace
}  // namespace guildhall::schema
