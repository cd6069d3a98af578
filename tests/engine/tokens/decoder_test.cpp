#include "engine/tokens/decoder.h"
#include "engine/tokens/encoder.h"
#include "tests/engine/tokens/token_scores.h"

using namespace continuo;
using namespace continuo::tokens;

namespace {

const TokenizerSettings kMmt{};
const TokenizerSettings kMidiLm = *namedTokenizer("mmt", "midi-lm");
const TokenizerSettings kOfficial = *namedTokenizer("mmt-official");

std::string refusal(const Rows& rows, const TokenizerSettings& settings = kMmt) {
    const auto decoded = decode(rows, settings);
    return decoded ? "" : decoded.error().message;
}

} // namespace

class DecoderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badIdsAreRefusedByPosition() {
        QCOMPARE(refusal({{0}, {1, 0, 0, 0, 0, 1}, {2}, {3, 1, 1, 200, 1, 1}}),
                 std::string("row 3: pitch 200 is outside 1..128"));
        QCOMPARE(refusal({{5}}), std::string("row 0: event_type 5 is outside 0..4"));
        QCOMPARE(refusal({{0}, {3, 0, 1, 1, 1, 1}}), std::string("row 1: beat 0 is outside 1..256"));
        QCOMPARE(refusal({{1, 0, 0, 0, 0, 66}}), std::string("row 0: instrument 66 is outside 1..65"));
        QCOMPARE(refusal({{1, 0, 0, 0, 0, 65}}, kMidiLm), std::string("row 0: instrument 65 is outside 1..64"));
        QCOMPARE(refusal({{3, 1, 13, 1, 1, 1}}), std::string("row 0: position 13 is outside 1..12"));
        QCOMPARE(refusal({{3, 1, 1, 1, 33, 1}}), std::string("row 0: duration 33 is outside 1..32"));
        QVERIFY(refusal({{2, 7, 0, 0, 0, 0}}).find("row 0: beat 7") == 0);
    }

    void randomRowsAreReadOrRefusedButNeverBeyondTheTables() {
        base::Random random(3);
        for (int i = 0; i < 20'000; ++i) {
            Rows rows(random.below(12));
            for (auto& row : rows)
                for (auto& id : row) id = static_cast<std::uint16_t>(random.below(random.below(50) ? 6 : 65'536));
            for (const auto& settings : {kMmt, kMidiLm, kOfficial})
                if (const auto decoded = decode(rows, settings); !decoded)
                    QVERIFY(decoded.error().message.starts_with("row "));
        }
    }

    void drumsDecodeToChannelTen() {
        const auto score = *decode({{1, 0, 0, 0, 0, 65}, {2}, {3, 1, 1, 37, 1, 65}}, kMmt);
        QVERIFY(score.tracks.at(0).drums);
        QCOMPARE(score.tracks[0].channel, 9);
        QCOMPARE(score.tracks[0].name, std::string("drums"));
    }

    void undeclaredInstrumentsGetATrackOrAreRefusedInParity() {
        const Rows rows{{0}, {2}, {3, 1, 1, 61, 12, 25}};
        QCOMPARE(decode(rows, kMmt)->tracks.size(), std::size_t{1});
        QCOMPARE(refusal(rows, kMidiLm), std::string("row 2: instrument 25 was not declared before"));
        QCOMPARE(mainProgram(decode(rows, kOfficial)->tracks.at(0)), 40);
    }

    void aRepeatedDeclarationReplacesTheTrackOnlyInParity() {
        const Rows rows{{0}, {1, 0, 0, 0, 0, 1}, {3, 1, 1, 61, 12, 1}, {1, 0, 0, 0, 0, 1}, {3, 2, 1, 61, 12, 1}};
        QCOMPARE(noteCount(*decode(rows, kMidiLm)), std::size_t{1});
        QCOMPARE(noteCount(*decode(rows, kMmt)), std::size_t{2});
    }

    void nothingIsReadBehindTheEndRow() {
        QCOMPARE(noteCount(*decode({{0}, {1, 0, 0, 0, 0, 1}, {2}, {4}, {3, 999, 1, 61, 12, 1}}, kMmt)), std::size_t{0});
    }

    void anyRowsAreReadOrRefusedByTheirPosition() {
        base::Random random(41);
        for (const auto& [name, parity] : std::vector<std::pair<const char*, const char*>>{{"mmt", "none"},
                                                                                           {"mmt", "midi-lm"},
                                                                                           {"mmt-official", "mmt"},
                                                                                           {"tpd", "none"},
                                                                                           {"tpd", "midi-lm"},
                                                                                           {"structured", "none"},
                                                                                           {"structured", "midi-lm"}}) {
            const auto settings = *namedTokenizer(name, parity);
            std::size_t read = 0, refused = 0;
            for (int i = 0; i < 20'000; ++i) {
                Rows rows(random.below(8));
                for (auto& row : rows)
                    for (std::size_t stream = 0; stream < kFieldCount; ++stream) {
                        const auto size = settings.vocabulary()[stream];
                        const bool isWild = random.below(40) == 0;
                        row[stream] = static_cast<std::uint16_t>(random.below(isWild ? 65'536U : size));
                    }
                const auto decoded = decode(rows, settings);
                ++(decoded ? read : refused);
                if (!decoded) QVERIFY(decoded.error().message.starts_with("row "));
            }
            QVERIFY2(read > 100 && refused > 100, name);
        }
    }

    void parityReadsBackWhatIsOnTheGrid() {
        const auto rows = encode(vectorScore(), kMidiLm)->rows;
        QCOMPARE(printed(encode(*decode(rows, kMidiLm), kMidiLm)->rows), printed(rows));
        const auto official = encode(vectorScore(), kOfficial)->rows;
        QCOMPARE(printed(encode(*decode(official, kOfficial), kOfficial)->rows), printed(official));
    }
};

QTEST_APPLESS_MAIN(DecoderTest)
#include "decoder_test.moc"
