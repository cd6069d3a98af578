#include "engine/base/random.h"
#include "engine/sound/sound_engine.h"
#include "engine/sound/soundfont_check.h"

#include <QTest>
#include <algorithm>
#include <cstring>

using namespace continuo;
using namespace continuo::sound;

namespace {

base::Bytes bank() { return base::readFile(builtSoundFont()).value(); }

std::size_t positionOf(const base::Bytes& bytes, const char* id) {
    const auto wanted = base::bytesOf(std::string_view(id, 4));
    // From behind: the tables are small and at the end.
    const auto found = std::find_end(bytes.begin(), bytes.end(), wanted.begin(), wanted.end());
    return static_cast<std::size_t>(found - bytes.begin());
}

void put(base::Bytes& bytes, std::size_t at, std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i) bytes[at + i] = static_cast<std::byte>(value >> (8 * i) & 255);
}

} // namespace

class SoundfontCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBuiltBankPasses() {
        const auto result = checkSoundFont(bank());
        QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
    }

    void eachRuleRefusesAFileThatBreaksIt_data() {
        QTest::addColumn<QString>("chunk");
        QTest::addColumn<int>("offset"); // from the content of the chunk; -4 is its size
        QTest::addColumn<qulonglong>("value");
        QTest::addColumn<int>("bytes");
        QTest::newRow("not RIFF") << "RIFF" << -8 << qulonglong{0x58464952} << 4;
        QTest::newRow("a longer file than there is") << "RIFF" << -4 << qulonglong{0x7FFFFFFE} << 4;
        QTest::newRow("DLS") << "RIFF" << 0 << qulonglong{0x20534C44} << 4;
        QTest::newRow("not sfbk") << "RIFF" << 0 << qulonglong{0x58585858} << 4;
        QTest::newRow("odd chunk size") << "INAM" << -4 << qulonglong{3} << 4;
        QTest::newRow("chunk larger than its parent") << "smpl" << -4 << qulonglong{0x7FFFFFF0} << 4;
        QTest::newRow("version 9") << "ifil" << 0 << qulonglong{9} << 2;
        QTest::newRow("default modulators") << "INAM" << -8 << qulonglong{0x444F4D44} << 4;
        QTest::newRow("a table misnamed") << "pbag" << -8 << qulonglong{0x58585858} << 4;
        QTest::newRow("preset bag index falls") << "phdr" << 38 + 24 << qulonglong{0xFFFF} << 2;
        QTest::newRow("bag index behind the generators") << "ibag" << 4 << qulonglong{0xFFFF} << 2;
        QTest::newRow("modulator index behind its table") << "ibag" << 6 << qulonglong{0xFFFF} << 2;
        QTest::newRow("instrument index behind its table") << "inst" << 22 + 20 << qulonglong{0xFFFF} << 2;
        QTest::newRow("a preset of no instrument") << "pgen" << 2 << qulonglong{0xFFF0} << 2;
        QTest::newRow("a sample beyond the data") << "shdr" << 24 << qulonglong{0x7FFFFFFF} << 4;
        QTest::newRow("a sample that ends before it starts") << "shdr" << 20 << qulonglong{0x7FFFFFFF} << 4;
        QTest::newRow("a loop beyond its sample") << "shdr" << 32 << qulonglong{0x7FFFFFFF} << 4;
        QTest::newRow("a rate of nothing") << "shdr" << 36 << qulonglong{0} << 4;
        QTest::newRow("a rate of megahertz") << "shdr" << 36 << qulonglong{5'000'000} << 4;
        QTest::newRow("a sample in a sound card") << "shdr" << 44 << qulonglong{0x8001} << 2;
    }
    void eachRuleRefusesAFileThatBreaksIt() {
        QFETCH(QString, chunk);
        QFETCH(int, offset);
        QFETCH(qulonglong, value);
        QFETCH(int, bytes);
        auto file = bank();
        const auto at = chunk == "RIFF" ? 0 : positionOf(file, chunk.toLatin1().constData());
        put(file, static_cast<std::size_t>(static_cast<std::int64_t>(at) + 8 + offset), value, bytes);

        const auto result = checkSoundFont(file);

        QVERIFY(!result.has_value());
        QVERIFY(!result.error().message.empty());
    }

    void everyTruncationIsRefused() {
        const auto file = bank();
        base::Random random(5);
        for (int i = 0; i < 300; ++i)
            QVERIFY(!checkSoundFont(base::ByteSpan(file).first(static_cast<std::size_t>(random.below(file.size())))));
        QVERIFY(!checkSoundFont({}));
    }

    void randomMutationsNeverCrashTheCheck() {
        const auto clean = bank();
        // The structure is outside the samples: its bytes are the ones to break.
        const auto tables = positionOf(clean, "phdr") - 8;
        base::Random random(6);
        int refused = 0;
        for (int i = 0; i < 500; ++i) {
            auto file = clean;
            for (auto hits = random.between(1, 6); hits > 0; --hits) {
                const auto at = random.below(4) == 0 ? random.below(300) : tables + random.below(file.size() - tables);
                file[static_cast<std::size_t>(at)] = static_cast<std::byte>(random.below(256));
            }
            refused += !checkSoundFont(file).has_value();
        }
        QVERIFY(refused > 50);
    }
};

QTEST_APPLESS_MAIN(SoundfontCheckTest)
#include "soundfont_check_test.moc"
