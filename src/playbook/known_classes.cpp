#include "known_classes.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "migplan/base/assert.hpp"

namespace migplan {
namespace {

constexpr std::string_view kLang = "java.lang", kUtil = "java.util", kConcurrent = "java.util.concurrent",
                           kAtomic = "java.util.concurrent.atomic", kFunction = "java.util.function",
                           kStream = "java.util.stream", kTime = "java.time", kIo = "java.io", kSql = "java.sql";

constexpr std::string_view kSorted = "sorted in Java; a Go map has no order: sort the keys where it is walked";
constexpr std::string_view kInserted =
    "keeps the order of insertion in Java, a Go map keeps none: a slice of the keys beside it does";
constexpr std::string_view kGuarded = "safe for concurrent use in Java, not in Go: guard it with a sync.RWMutex";
constexpr std::string_view kSnapshot = "a snapshot in Java; in Go copy it on every change, or guard it";
constexpr std::string_view kHeap = "a heap in Java: container/heap keeps a slice so";
constexpr std::string_view kIdentity = "compares keys by identity in Java, a Go map by value";
constexpr std::string_view kNoZone = "knows no zone; UTC stands for it";
constexpr std::string_view kKeyOfTime = "as the key of a map in UTC and after Round(0) only";
constexpr std::string_view kTimePointer = "a time.Time points to its zone";
constexpr std::string_view kMoment = "int64 nanoseconds since 1970; protobuf google.protobuf.Timestamp";
constexpr std::string_view kCall = "something to call is no data";
constexpr std::string_view kNoWire = "nothing: make it a call of the interface";
constexpr std::string_view kBytesRead = "what it reads, as bytes or as a stream of messages";
constexpr std::string_view kShared = "it is shared between goroutines: bytes that lie there may change underneath";

constexpr KnownClass fixed(std::string_view package, std::string_view name, std::string_view go, std::uint8_t bytes,
                           std::uint8_t align, std::string_view wire, std::string_view note = {}) {
  return {package, name, 0, Shape::Fixed, go, {}, bytes, align, {}, wire, note};
}
constexpr KnownClass moment(std::string_view package, std::string_view name, std::string_view note,
                            std::string_view wire = kMoment) {
  return {package, name, 0, Shape::OpaqueKey, "time.Time", "time", 0, 0, kTimePointer, wire, note};
}
constexpr KnownClass text(std::string_view package, std::string_view name, std::string_view note = {}) {
  return {package, name, 0, Shape::Text, "string", {}, 0, 0, {}, {}, note};
}
constexpr KnownClass shaped(std::string_view package, std::string_view name, std::uint8_t arity, Shape shape,
                            std::string_view note = {}) {
  return {package, name, arity, shape, {}, {}, 0, 0, {}, {}, note};
}
constexpr KnownClass list(std::string_view package, std::string_view name, std::string_view note = {}) {
  return shaped(package, name, 1, Shape::List, note);
}
constexpr KnownClass set(std::string_view package, std::string_view name, std::string_view note = {}) {
  return shaped(package, name, 1, Shape::Set, note);
}
constexpr KnownClass map(std::string_view package, std::string_view name, std::string_view note = {}) {
  return shaped(package, name, 2, Shape::Map, note);
}
constexpr KnownClass call(std::string_view package, std::string_view name, std::uint8_t arity, std::string_view go) {
  return {package, name, arity, Shape::Function, go, {}, 0, 0, kCall, kNoWire, {}};
}
constexpr KnownClass no_data(std::string_view package, std::string_view name, std::string_view go,
                             std::string_view import, std::string_view why, std::string_view wire) {
  return {package, name, 0, Shape::NotData, go, import, 0, 0, why, wire, {}};
}
constexpr KnownClass opaque(std::string_view package, std::string_view name, std::string_view go,
                            std::string_view import, std::string_view why, std::string_view wire,
                            std::string_view note = {}) {
  return {package, name, 0, Shape::Opaque, go, import, 0, 0, why, wire, note};
}
constexpr KnownClass any_value(std::string_view package, std::string_view name, std::string_view go = "any") {
  return {package, name, 0, Shape::AnyValue, go, {}, 0, 0, {}, {}, {}};
}
constexpr KnownClass atomic(std::string_view package, std::string_view name, std::string_view go,
                            std::string_view wire) {
  return {package, name, 0, Shape::Atomic, go, "sync/atomic", 0, 0, kShared, wire, "never copy it: pass a pointer"};
}

constexpr std::array kClasses{
    fixed(kLang, "Boolean", "bool", 1, 1, "1 byte; protobuf bool", "a byte that is read must be 0 or 1"),
    fixed(kLang, "Byte", "int8", 1, 1, "1 byte; protobuf sint32"),
    fixed(kLang, "Short", "int16", 2, 2, "2 bytes; protobuf sint32"),
    fixed(kLang, "Character", "uint16", 2, 2, "2 bytes; protobuf uint32", "a unit of UTF-16, no rune"),
    fixed(kLang, "Integer", "int32", 4, 4, "4 bytes; protobuf sfixed32"),
    fixed(kLang, "Long", "int64", 8, 8, "8 bytes; protobuf sfixed64"),
    fixed(kLang, "Float", "float32", 4, 4, "4 bytes of IEEE 754; protobuf float"),
    fixed(kLang, "Double", "float64", 8, 8, "8 bytes of IEEE 754; protobuf double"),
    fixed(kLang, "Void", "struct{}", 0, 1, "nothing"),
    text(kLang, "String"),
    text(kLang, "CharSequence"),
    text(kLang, "StringBuilder", "a strings.Builder where it is built"),
    text(kLang, "StringBuffer", "a strings.Builder where it is built, guarded where goroutines share it"),
    any_value(kLang, "Object"),
    any_value(kLang, "Number"),
    any_value(kLang, "Cloneable"),
    any_value(kLang, "Throwable", "error"),
    any_value(kLang, "Exception", "error"),
    any_value(kLang, "RuntimeException", "error"),
    any_value(kLang, "Error", "error"),
    KnownClass{kLang,
               "Enum",
               1,
               Shape::Fixed,
               "int32",
               {},
               4,
               4,
               {},
               "4 bytes; protobuf enum",
               "a Go type of its own with constants; number them as the wire does, not by ordinal"},
    KnownClass{kLang,
               "Class",
               1,
               Shape::NotData,
               "reflect.Type",
               "reflect",
               0,
               0,
               "a type has no bytes of its own",
               "its name as text",
               {}},
    list(kLang, "Iterable"),
    call(kLang, "Runnable", 0, "func()"),
    no_data(kLang, "AutoCloseable", "io.Closer", "io", kCall, kNoWire),

    list(kUtil, "Collection"),
    list(kUtil, "AbstractCollection"),
    list(kUtil, "SequencedCollection"),
    list(kUtil, "List"),
    list(kUtil, "AbstractList"),
    list(kUtil, "ArrayList"),
    list(kUtil, "LinkedList"),
    list(kUtil, "Vector", kGuarded),
    list(kUtil, "Stack", kGuarded),
    list(kUtil, "Queue"),
    list(kUtil, "Deque"),
    list(kUtil, "ArrayDeque"),
    list(kUtil, "PriorityQueue", kHeap),
    set(kUtil, "Set"),
    set(kUtil, "AbstractSet"),
    set(kUtil, "HashSet"),
    set(kUtil, "LinkedHashSet", kInserted),
    set(kUtil, "SequencedSet", kInserted),
    set(kUtil, "TreeSet", kSorted),
    set(kUtil, "SortedSet", kSorted),
    set(kUtil, "NavigableSet", kSorted),
    set(kUtil, "EnumSet", kSorted),
    map(kUtil, "Map"),
    map(kUtil, "AbstractMap"),
    map(kUtil, "HashMap"),
    map(kUtil, "Hashtable", kGuarded),
    map(kUtil, "LinkedHashMap", kInserted),
    map(kUtil, "SequencedMap", kInserted),
    map(kUtil, "TreeMap", kSorted),
    map(kUtil, "SortedMap", kSorted),
    map(kUtil, "NavigableMap", kSorted),
    map(kUtil, "EnumMap", kSorted),
    map(kUtil, "IdentityHashMap", kIdentity),
    map(kUtil, "WeakHashMap", "lets unused keys go in Java, a Go map keeps them"),
    shaped(kUtil, "Map.Entry", 2, Shape::Pair),
    shaped(kUtil, "AbstractMap.SimpleEntry", 2, Shape::Pair),
    shaped(kUtil, "AbstractMap.SimpleImmutableEntry", 2, Shape::Pair),
    KnownClass{
        kUtil, "BitSet", 0, Shape::Words, "[]uint64", {}, 0, 0, {}, {}, "words as BitSet.toLongArray gives them"},
    shaped(kUtil, "Optional", 1, Shape::Optional),
    KnownClass{kUtil, "OptionalInt", 0, Shape::Optional, "int32", {}, 4, 4, {}, {}, {}},
    KnownClass{kUtil, "OptionalLong", 0, Shape::Optional, "int64", {}, 8, 8, {}, {}, {}},
    KnownClass{kUtil, "OptionalDouble", 0, Shape::Optional, "float64", {}, 8, 8, {}, {}, {}},
    shaped(kUtil, "Iterator", 1, Shape::Pull),
    shaped(kUtil, "ListIterator", 1, Shape::Pull),
    shaped(kUtil, "Enumeration", 1, Shape::Pull),
    shaped(kUtil, "Spliterator", 1, Shape::Pull),
    call(kUtil, "Comparator", 1, "func({0}, {0}) int"),
    fixed(kUtil, "UUID", "[16]byte", 16, 1, "16 bytes; protobuf bytes",
          "the most significant byte first, as RFC 4122 has it"),
    moment(kUtil, "Date", kKeyOfTime, "int64 milliseconds since 1970; protobuf google.protobuf.Timestamp"),
    moment(kUtil, "Calendar", kKeyOfTime, "int64 milliseconds since 1970, and the name of the zone"),
    moment(kUtil, "GregorianCalendar", kKeyOfTime, "int64 milliseconds since 1970, and the name of the zone"),
    opaque(kUtil, "TimeZone", "*time.Location", "time", "a pointer to the rules of a zone",
           "the name of the zone as text"),
    text(kUtil, "Locale", "its tag of BCP 47"),
    text(kUtil, "Currency", "its code of ISO 4217"),
    shaped(kUtil, "Properties", 0, Shape::Properties, kGuarded),
    opaque("java.util.regex", "Pattern", "*regexp.Regexp", "regexp", "a pointer to a compiled program",
           "the expression as text", "RE2 knows no look-around and no back-references"),

    map(kConcurrent, "ConcurrentMap", kGuarded),
    map(kConcurrent, "ConcurrentHashMap", kGuarded),
    map(kConcurrent, "ConcurrentSkipListMap", kSorted),
    map(kConcurrent, "ConcurrentNavigableMap", kSorted),
    set(kConcurrent, "ConcurrentSkipListSet", kSorted),
    set(kConcurrent, "CopyOnWriteArraySet", kSnapshot),
    list(kConcurrent, "CopyOnWriteArrayList", kSnapshot),
    list(kConcurrent, "ConcurrentLinkedQueue", kGuarded),
    list(kConcurrent, "ConcurrentLinkedDeque", kGuarded),
    shaped(kConcurrent, "BlockingQueue", 1, Shape::Queue),
    shaped(kConcurrent, "BlockingDeque", 1, Shape::Queue, "a channel has one end to put in and one to take out"),
    shaped(kConcurrent, "ArrayBlockingQueue", 1, Shape::Queue, "made with its capacity"),
    shaped(kConcurrent, "LinkedBlockingQueue", 1, Shape::Queue, "a channel has a capacity: choose one"),
    shaped(kConcurrent, "SynchronousQueue", 1, Shape::Queue, "made without a capacity"),
    shaped(kConcurrent, "PriorityBlockingQueue", 1, Shape::Queue,
           "a channel is first in, first out: it loses the order"),
    shaped(kConcurrent, "Future", 1, Shape::Promise, "an error needs a place beside the value"),
    shaped(kConcurrent, "CompletableFuture", 1, Shape::Promise, "an error needs a place beside the value"),
    shaped(kConcurrent, "CompletionStage", 1, Shape::Promise, "an error needs a place beside the value"),
    call(kConcurrent, "Callable", 1, "func() ({0}, error)"),
    atomic(kAtomic, "AtomicBoolean", "atomic.Bool", "1 byte, loaded; protobuf bool"),
    atomic(kAtomic, "AtomicInteger", "atomic.Int32", "4 bytes, loaded; protobuf sfixed32"),
    atomic(kAtomic, "AtomicLong", "atomic.Int64", "8 bytes, loaded; protobuf sfixed64"),
    atomic(kAtomic, "LongAdder", "atomic.Int64", "8 bytes, loaded; protobuf sfixed64"),
    shaped(kAtomic, "AtomicReference", 1, Shape::AtomicRef),

    call(kFunction, "Function", 2, "func({0}) {1}"),
    call(kFunction, "BiFunction", 3, "func({0}, {1}) {2}"),
    call(kFunction, "UnaryOperator", 1, "func({0}) {0}"),
    call(kFunction, "BinaryOperator", 1, "func({0}, {0}) {0}"),
    call(kFunction, "Supplier", 1, "func() {0}"),
    call(kFunction, "Consumer", 1, "func({0})"),
    call(kFunction, "BiConsumer", 2, "func({0}, {1})"),
    call(kFunction, "Predicate", 1, "func({0}) bool"),
    call(kFunction, "BiPredicate", 2, "func({0}, {1}) bool"),
    shaped(kStream, "Stream", 1, Shape::Pull),
    KnownClass{kStream, "IntStream", 0, Shape::Pull, "int32", {}, 0, 0, {}, {}, {}},
    KnownClass{kStream, "LongStream", 0, Shape::Pull, "int64", {}, 0, 0, {}, {}, {}},
    KnownClass{kStream, "DoubleStream", 0, Shape::Pull, "float64", {}, 0, 0, {}, {}, {}},

    moment(kTime, "Instant", kKeyOfTime),
    moment(kTime, "LocalDateTime", kNoZone),
    moment(kTime, "ZonedDateTime", kKeyOfTime, "int64 nanoseconds since 1970, and the name of the zone"),
    moment(kTime, "OffsetDateTime", kKeyOfTime, "int64 nanoseconds since 1970, and int32 seconds of offset"),
    moment(kTime, "LocalDate", "midnight UTC stands for the day", "int32 days since 1970; protobuf google.type.Date"),
    KnownClass{kTime,
               "LocalTime",
               0,
               Shape::Fixed,
               "time.Duration",
               "time",
               8,
               8,
               {},
               "8 bytes, nanoseconds since midnight; protobuf sfixed64",
               "since midnight"},
    KnownClass{kTime,
               "Duration",
               0,
               Shape::Fixed,
               "time.Duration",
               "time",
               8,
               8,
               {},
               "8 bytes, nanoseconds; protobuf sfixed64 or google.protobuf.Duration",
               "at most 292 years: Java counts seconds in 64 bits, Go nanoseconds"},
    fixed(kTime, "Period", "struct{ Years, Months, Days int32 }", 12, 4, "3 times 4 bytes"),
    fixed(kTime, "Year", "int32", 4, 4, "4 bytes; protobuf sfixed32"),
    fixed(kTime, "YearMonth", "struct{ Year, Month int32 }", 8, 4, "2 times 4 bytes"),
    fixed(kTime, "MonthDay", "struct{ Month, Day int32 }", 8, 4, "2 times 4 bytes"),
    KnownClass{kTime, "Month", 0, Shape::Machine, "time.Month", "time", 0, 0, {}, "1 byte, 1 to 12", {}},
    KnownClass{kTime,
               "DayOfWeek",
               0,
               Shape::Machine,
               "time.Weekday",
               "time",
               0,
               0,
               {},
               "1 byte, 1 to 7",
               "Sunday is 7 in Java and 0 in Go"},
    fixed(kTime, "ZoneOffset", "int32", 4, 4, "4 bytes, seconds; protobuf sfixed32", "seconds east of UTC"),
    opaque(kTime, "ZoneId", "*time.Location", "time", "a pointer to the rules of a zone",
           "the name of the zone as text"),

    opaque("java.math", "BigDecimal", "decimal.Decimal", "github.com/shopspring/decimal",
           "a decimal.Decimal points to its digits",
           "int64 of the digits without the point and int32 of the scale, up to 18 digits; else text"),
    opaque("java.math", "BigInteger", "*big.Int", "math/big", "a pointer to a slice of digits",
           "the bytes of the two's complement, as toByteArray gives them"),
    KnownClass{
        "java.nio", "ByteBuffer", 0, Shape::ByteSlice, "[]byte", {}, 0, 0, {}, {}, "from its position to its limit"},
    text("java.nio.file", "Path"),
    text(kIo, "File"),
    any_value(kIo, "Serializable"),
    no_data(kIo, "Closeable", "io.Closer", "io", kCall, kNoWire),
    no_data(kIo, "InputStream", "io.Reader", "io", "a stream is read, it does not lie anywhere", kBytesRead),
    no_data(kIo, "Reader", "io.Reader", "io", "a stream is read, it does not lie anywhere", kBytesRead),
    no_data(kIo, "OutputStream", "io.Writer", "io", "a stream is written to, it does not lie anywhere", kNoWire),
    no_data(kIo, "Writer", "io.Writer", "io", "a stream is written to, it does not lie anywhere", kNoWire),
    opaque("java.net", "URI", "*url.URL", "net/url", "a pointer to several strings", "its text"),
    opaque("java.net", "URL", "*url.URL", "net/url", "a pointer to several strings", "its text"),
    KnownClass{"java.net",
               "InetAddress",
               0,
               Shape::OpaqueKey,
               "netip.Addr",
               "net/netip",
               0,
               0,
               "a netip.Addr points to its zone",
               "4 or 16 bytes",
               {}},
    moment(kSql, "Timestamp", kKeyOfTime),
};

constexpr std::array<KnownPrimitive, 8> kPrimitives{{
    {"boolean", "bool", 1, "1 byte; protobuf bool", "a byte that is read must be 0 or 1"},
    {"byte", "int8", 1, "1 byte; protobuf sint32", ""},
    {"short", "int16", 2, "2 bytes; protobuf sint32", ""},
    {"char", "uint16", 2, "2 bytes; protobuf uint32", "a unit of UTF-16, no rune"},
    {"int", "int32", 4, "4 bytes; protobuf sfixed32", ""},
    {"long", "int64", 8, "8 bytes; protobuf sfixed64", ""},
    {"float", "float32", 4, "4 bytes of IEEE 754; protobuf float", ""},
    {"double", "float64", 8, "8 bytes of IEEE 754; protobuf double", ""},
}};

}  // namespace

std::span<const KnownClass> known_classes() noexcept { return kClasses; }

const KnownClass* find_known_class(std::string_view name) noexcept {
  const auto is_same = [](char a, char b) { return a == b || (a == '$' && b == '.'); };
  const auto is_named = [is_same, name](const KnownClass& known) {
    const std::string_view own = known.name;
    if (name.size() == own.size()) return std::equal(name.begin(), name.end(), own.begin(), is_same);
    const std::size_t package = known.package.size();
    return name.size() == package + 1 + own.size() && name.starts_with(known.package) && name[package] == '.' &&
           std::equal(name.begin() + static_cast<std::ptrdiff_t>(package) + 1, name.end(), own.begin(), is_same);
  };
  const auto found = std::find_if(kClasses.begin(), kClasses.end(), is_named);
  return found == kClasses.end() ? nullptr : &*found;
}

const KnownPrimitive& known_primitive(std::string_view java) noexcept {
  const auto found = std::find_if(kPrimitives.begin(), kPrimitives.end(),
                                  [java](const KnownPrimitive& primitive) { return primitive.java == java; });
  MIGPLAN_ASSERT(found != kPrimitives.end());
  return *found;
}

}  // namespace migplan
