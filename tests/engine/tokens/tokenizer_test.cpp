#include "engine/tokens/instrument_table.h"
#include "engine/tokens/tokenizer.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <set>

using namespace continuo;
using namespace continuo::tokens;

class TokenizerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyProgramIsMappedOnceOrHasANearest() {
        const auto& table = InstrumentTable::standard();
        int unmapped = 0;
        for (int program = 0; program < 128; ++program) {
            unmapped += table.idOf(program) == 0;
            QVERIFY(table.idOf(table.nearestMapped(program)) != 0);
            if (table.idOf(program) != 0) QCOMPARE(table.nearestMapped(program), program);
        }
        QCOMPARE(unmapped, 24);
        QCOMPARE(table.instruments().size(), std::size_t{64});
    }

    void idsAreTheRankOfTheDecodeProgram() {
        int before = -1;
        std::uint16_t id = 0;
        for (const auto& instrument : InstrumentTable::standard().instruments()) {
            QCOMPARE(instrument.id, ++id);
            QVERIFY(instrument.decodeProgram > before);
            before = instrument.decodeProgram;
            QCOMPARE(InstrumentTable::standard().idOf(before), id);
        }
        QCOMPARE(InstrumentTable::standard().nameOf(31), std::string("strings"));
        QCOMPARE(InstrumentTable::standard().nameOf(65), std::string("drums"));
    }

    void durationsGoToTheNearestAndTiesToTheShorter() {
        const auto known = [](std::int64_t positions) { return knownDurations()[durationId(positions) - 1u]; };
        const std::vector<std::pair<int, int>> lastOfBucket{
            {1, 1},   {13, 12},  {15, 15},   {17, 16},   {19, 18},   {22, 21},   {27, 24},
            {33, 30}, {38, 36},  {41, 40},   {45, 42},   {54, 48},   {66, 60},   {78, 72},
            {90, 84}, {108, 96}, {132, 120}, {156, 144}, {180, 168}, {288, 192}, {100'000, 384}};
        for (const auto& [positions, expected] : lastOfBucket) QCOMPARE(known(positions), expected);
        QCOMPARE(known(0), 1);
        QCOMPARE(known(289), 384);
        QCOMPARE(known(-5), 1);
    }

    void vocabulariesAreThePublishedSizes() {
        QCOMPARE(namedTokenizer("mmt", "midi-lm")->vocabulary(), (Row{5, 257, 13, 129, 33, 65}));
        QCOMPARE(namedTokenizer("mmt")->vocabulary(), (Row{5, 257, 13, 129, 33, 66}));
    }

    void theDescriptionReadsBackTheSame() {
        for (const auto& [name, parity] : std::vector<std::pair<const char*, const char*>>{{"mmt", "none"},
                                                                                           {"mmt", "midi-lm"},
                                                                                           {"mmt", "mmt"},
                                                                                           {"mmt-official", "none"},
                                                                                           {"tpd", "none"},
                                                                                           {"tpd", "midi-lm"},
                                                                                           {"structured", "none"},
                                                                                           {"structured", "midi-lm"}}) {
            auto settings = *namedTokenizer(name, parity);
            settings.maxBeats = 100;
            settings.maxRows = 512;
            settings.track = 3;
            const auto again = tokenizerFromJson(*base::parseJson(toJson(settings).dump()));
            QVERIFY2(again, name);
            QVERIFY2(*again == settings, name);
        }
    }

    void aDescriptionOfTheFirstVersionIsRead() {
        auto json = toJson({});
        json["version"] = 1;
        json.erase("track");
        QVERIFY(tokenizerFromJson(json) && *tokenizerFromJson(json) == TokenizerSettings{});
    }

    void theTablesOfTpdAreInItsDescription() {
        const auto corrected = toJson(*namedTokenizer("tpd")), published = toJson(*namedTokenizer("tpd", "midi-lm"));
        QCOMPARE(published["known_time_shifts"].dump(), std::string("[0,6,12,24,32,48,64,96,128]"));
        QCOMPARE(published["known_durations"].dump(), std::string("[2,4,8,12,16,24,32,48,64,96,128,192,256]"));
        QVERIFY(corrected["known_time_shifts"] != published["known_time_shifts"]);
        auto mixed = corrected;
        mixed["known_time_shifts"] = published["known_time_shifts"];
        QVERIFY(tokenizerFromJson(mixed).error().message.find("known_time_shifts") != std::string::npos);
        const auto structured = toJson(*namedTokenizer("structured"));
        QCOMPARE(structured["ranges"]["timeshift"].dump(), std::string("[419,676]"));
        QCOMPARE(structured["velocities"].size(), std::size_t{32});
    }

    void mmtUnderTheParityOfMmtIsTheOfficialOne() {
        QCOMPARE(namedTokenizer("mmt", "mmt")->name, std::string("mmt-official"));
        QVERIFY(!namedTokenizer("tpd", "mmt") && !namedTokenizer("structured", "mmt"));
    }

    void streamsAreNamedInTheirOrder() {
        const auto names = [](const char* name) {
            std::string all;
            for (const auto* stream : namedTokenizer(name)->streamNames()) all += std::string(stream) + " ";
            return all;
        };
        QCOMPARE(names("mmt"), std::string("event_type beat position pitch duration instrument "));
        QCOMPARE(names("tpd"), std::string("time_shift pitch duration "));
        QCOMPARE(names("structured"), std::string("token_ids "));
    }

    void aDescriptionWithOtherTablesIsRefused() {
        auto json = toJson({});
        json["instruments"][3]["decode"] = 99;
        QVERIFY(tokenizerFromJson(json).error().message.find("instruments") != std::string::npos);
        json = toJson({});
        json["version"] = 3;
        QVERIFY(tokenizerFromJson(json).error().message.find("newer") != std::string::npos);
        json = toJson({});
        json["max_beats"] = 257;
        QVERIFY(!tokenizerFromJson(json));
        QVERIFY(!tokenizerFromJson(base::Json::array()));
    }

    void unknownNamesListTheKnown() {
        QVERIFY(namedTokenizer("remi").error().message.find("mmt-official") != std::string::npos);
        QVERIFY(!namedTokenizer("mmt-official", "midi-lm"));
    }
};

QTEST_APPLESS_MAIN(TokenizerTest)
#include "tokenizer_test.moc"
