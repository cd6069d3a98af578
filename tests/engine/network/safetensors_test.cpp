#include "engine/network/safetensors.h"

#include "engine/base/random.h"

#include <QTemporaryDir>
#include <QTest>
#include <cstring>

using namespace continuo;
using namespace continuo::network;

namespace {

/// A container with this header and as many zero bytes of data, at an address that suits floats.
struct Container {
    std::vector<float> memory;
    std::size_t size = 0;

    base::ByteSpan bytes() const { return std::as_bytes(std::span(memory)).first(size); }
};

Container container(const std::string& header, std::size_t dataBytes, std::int64_t saidLength = -1) {
    std::string text(8, '\0');
    const std::uint64_t length = saidLength < 0 ? header.size() : static_cast<std::uint64_t>(saidLength);
    std::memcpy(text.data(), &length, 8);
    text += header + std::string(dataBytes, '\0');
    Container made{std::vector<float>(text.size() / 4 + 1), text.size()};
    std::memcpy(made.memory.data(), text.data(), text.size());
    return made;
}

std::string entry(const std::string& shape, const std::string& offsets, const std::string& type = "\"F32\"") {
    return "{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
}

std::string oneTensor(const std::string& value) { return "{\"a\":" + value + "}"; }

/// Spaces until the data behind it is aligned.
std::string padded(std::string header) {
    while (header.size() % 4 != 0) header += ' ';
    return header;
}

} // namespace

class SafetensorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasWrittenIsReadBackWithoutACopy() {
        QTemporaryDir folder;
        const auto path = folder.path().toStdString() + "/a.safetensors";
        const std::vector<float> first{1.5F, -2.0F, 3.25F, 0.0F, 5.0F, 6.0F};
        const std::vector<float> second{7.0F};
        const std::vector<NamedTensor> tensors{
            {"b.weight", {2, 3}, first}, {"scalar", {}, second}, {"none", {0, 4}, {}}};
        QVERIFY(saveSafetensors(path, tensors, {{"format", "pt"}}));

        const auto file = SafetensorsFile::open(path);

        QVERIFY2(file, file ? "" : file.error().message.c_str());
        QCOMPARE(file->tensors().size(), std::size_t{3});
        QCOMPARE(file->find("b.weight")->shape, (std::vector<std::int64_t>{2, 3}));
        QVERIFY(std::ranges::equal(file->find("b.weight")->values, first));
        QVERIFY(std::ranges::equal(file->find("scalar")->values, second));
        QVERIFY(file->find("none")->values.empty());
        QVERIFY(!file->find("missing"));
        QCOMPARE(file->metadata().at("format"), std::string("pt"));
        const auto* address = reinterpret_cast<const std::byte*>(file->find("b.weight")->values.data());
        QVERIFY(address > file->bytes().data() && address < file->bytes().data() + file->bytes().size());
        QCOMPARE(reinterpret_cast<std::uintptr_t>(address) % 64, std::uintptr_t{0});
    }

    void aGoodContainerIsAccepted() {
        const auto good = container(padded(oneTensor(entry("[2]", "[0,8]"))), 8);
        QVERIFY(parseSafetensors(good.bytes()));
        const auto empty = container("{}  ", 0);
        QVERIFY(parseSafetensors(empty.bytes()));
    }

    void everyFaultIsRefused_data() {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("data");
        QTest::addColumn<int>("said");
        const auto row = [](const char* name, const std::string& header, int data = 8, int said = -1) {
            QTest::newRow(name) << QByteArray::fromStdString(padded(header)) << data << said;
        };
        const auto raw = [](const char* name, const std::string& header, int data, int said) {
            QTest::newRow(name) << QByteArray::fromStdString(header) << data << said;
        };
        const auto good = oneTensor(entry("[2]", "[0,8]"));
        raw("an empty header", "", 0, 0);
        raw("one byte of header", "{", 0, 1);
        raw("a length of zero", "{}", 0, 0);
        row("a header longer than the file", good, 8, 1000);
        row("a header one byte longer than the file", good, 0, static_cast<int>(padded(good).size()) + 1);
        row("a header of 17 MiB", "{" + std::string(17 << 20, ' ') + "}", 0);
        row("a header that starts with a space", " " + good);
        row("a list as header", "[" + good + "]");
        row("a number as header", "12");
        row("a name that is not UTF-8", "{\"\xFF\":" + entry("[2]", "[0,8]") + "}");
        row("an overlong UTF-8 form", "{\"\xC0\xAF\":" + entry("[2]", "[0,8]") + "}");
        row("half a surrogate", "{\"\\ud800\":" + entry("[2]", "[0,8]") + "}");
        row("a comment", "{/**/\"a\":" + entry("[2]", "[0,8]") + "}");
        row("a comma too many", "{\"a\":" + entry("[2]", "[0,8]") + ",}");
        row("text behind the header", good + "x");
        row("five levels", "{\"__metadata__\":{\"a\":[[[1]]]}}", 0);
        row("a nested tensor", oneTensor("{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}"));
        row("a tensor twice", "{\"a\":" + entry("[1]", "[0,4]") + ",\"a\":" + entry("[1]", "[4,8]") + "}");
        row("a key twice in a tensor",
            oneTensor("{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}"));
        row("metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}}", 0);
        row("a fractional size", oneTensor(entry("[2.0]", "[0,8]")));
        row("a negative size", oneTensor(entry("[-2]", "[0,8]")));
        row("a size with exponent", oneTensor(entry("[2e0]", "[0,8]")));
        row("a text as offset", oneTensor(entry("[2]", "[\"0\",8]")));
        row("a negative offset", oneTensor(entry("[2]", "[-1,7]")));
        row("an unknown type", oneTensor(entry("[2]", "[0,8]", "\"F33\"")));
        row("a type that is a number", oneTensor(entry("[2]", "[0,8]", "32")));
        row("BF16, known but not read", oneTensor(entry("[4]", "[0,8]", "\"BF16\"")));
        row("F16, known but not read", oneTensor(entry("[4]", "[0,8]", "\"F16\"")));
        row("nine dimensions", oneTensor(entry("[1,1,1,1,1,1,1,1,2]", "[0,8]")));
        row("a shape that is a number", oneTensor(entry("2", "[0,8]")));
        row("a shape that is null", oneTensor(entry("null", "[0,8]")));
        row("a product that wraps to 2", oneTensor(entry("[4294967296,4294967296,2]", "[0,8]")));
        row("a size of 2^64", oneTensor(entry("[18446744073709551616]", "[0,8]")));
        row("a size of 2^63", oneTensor(entry("[9223372036854775808]", "[0,8]")));
        row("an end before the begin", oneTensor(entry("[2]", "[8,0]")));
        row("an end behind the data", oneTensor(entry("[3]", "[0,12]")));
        row("offsets near 2^64", oneTensor(entry("[2]", "[18446744073709551608,18446744073709551615]")));
        row("three offsets", oneTensor(entry("[2]", "[0,8,8]")));
        row("too little data for the shape", oneTensor(entry("[2]", "[0,4]")), 4);
        row("too much data for the shape", oneTensor(entry("[1]", "[0,8]")));
        row("data not of whole numbers", oneTensor(entry("[2]", "[0,7]")), 7);
        row("a hole at the start", oneTensor(entry("[1]", "[4,8]")));
        row("a hole between", "{\"a\":" + entry("[1]", "[0,4]") + ",\"b\":" + entry("[1]", "[8,12]") + "}", 12);
        row("an overlap", "{\"a\":" + entry("[2]", "[0,8]") + ",\"b\":" + entry("[1]", "[4,8]") + "}");
        row("bytes behind the last tensor", good, 12);
        row("an empty name", "{\"\":" + entry("[2]", "[0,8]") + "}");
        row("a name of 257 letters", "{\"" + std::string(257, 'n') + "\":" + entry("[2]", "[0,8]") + "}");
        row("a name with a line end", "{\"a\\n\":" + entry("[2]", "[0,8]") + "}");
        row("a key too many", oneTensor("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}"));
        row("a key missing", oneTensor("{\"dtype\":\"F32\",\"shape\":[2]}"));
        row("metadata that is a number", "{\"__metadata__\":3}", 0);
        row("metadata with a number", "{\"__metadata__\":{\"a\":3}}", 0);
        raw("data that is not aligned", good + std::string(5 - good.size() % 4, ' '), 8, -1);
    }

    void everyFaultIsRefused() {
        QFETCH(QByteArray, header);
        QFETCH(int, data);
        QFETCH(int, said);
        const auto bad = container(header.toStdString(), static_cast<std::size_t>(data), said);

        const auto list = parseSafetensors(bad.bytes());

        QVERIFY(!list);
        QVERIFY(!list.error().message.empty());
    }

    void aHeaderOfManyTensorsIsRefused() {
        std::string header = "{\"__metadata__\":{}";
        for (int i = 0; i < 5'001; ++i) header += ",\"" + std::to_string(i) + "\":" + entry("[0]", "[0,0]");
        QVERIFY(!parseSafetensors(container(padded(header + "}"), 0).bytes()));
    }

    void randomBytesNeverCrashTheReader() {
        base::Random random(11);
        const auto good =
            container(padded("{\"a\":" + entry("[1]", "[0,4]") + ",\"b\":" + entry("[1]", "[4,8]") + "}"), 8);
        for (int round = 0; round < 20'000; ++round) {
            auto damaged = good;
            auto* bytes = reinterpret_cast<std::uint8_t*>(damaged.memory.data());
            for (std::uint64_t i = 0, count = 1 + random.below(4); i < count; ++i)
                bytes[random.below(damaged.size)] = static_cast<std::uint8_t>(random.below(256));
            damaged.size -= random.below(3);
            (void)parseSafetensors(damaged.bytes());
        }
    }

    void aMissingFileAndAFolderAreSentences() {
        QTemporaryDir folder;
        const auto missing = SafetensorsFile::open(folder.path().toStdString() + "/none");
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, base::ErrorCode::FileMissing);
        QVERIFY(!SafetensorsFile::open(folder.path().toStdString()));
    }
};

QTEST_APPLESS_MAIN(SafetensorsTest)
#include "safetensors_test.moc"
