#include "engine/inference/sampler.h"

#include "engine/base/files.h"
#include "engine/base/text.h"
#include "engine/tokens/decoder.h"

#include <QTest>
#include <cmath>
#include <map>

using namespace continuo;
using namespace continuo::inference;

namespace {

std::map<int, double> frequencies(const FieldSampler& field, const std::vector<float>& logits, int draws,
                                  const tokens::AllowedIds& allowed) {
    SamplerSettings settings;
    settings.fields.fill(field);
    Sampler sampler(settings, 7);
    std::map<int, double> counts;
    for (int i = 0; i < draws; ++i) counts[sampler.draw(tokens::kPitch, logits, allowed)] += 1.0 / draws;
    return counts;
}

std::vector<float> logarithms(std::initializer_list<double> probabilities) {
    std::vector<float> logits;
    for (const auto p : probabilities) logits.push_back(static_cast<float>(std::log(p)));
    return logits;
}

std::vector<double> numbersOf(std::string_view list) {
    std::vector<double> numbers;
    for (const auto part : base::split(list, ',')) numbers.push_back(part == "-inf" ? -1e30 : *base::parseReal(part));
    return numbers;
}

/// Logits of any number of steps out of a pool of noise.
class NoisyNet {
public:
    explicit NoisyNet(const tokens::TokenizerSettings& tokenizer)
        : sizes_(tokenizer.vocabulary()), fields_(tokenizer.streamCount()) {
        base::Random random(3);
        for (auto& value : pool_) value = static_cast<float>(2 * random.normal());
    }
    std::span<const std::span<const float>> next() {
        for (std::size_t i = 0; i < fields_.size(); ++i)
            fields_[i] = std::span(pool_).subspan(random_.below(pool_.size() - sizes_[i]), sizes_[i]);
        return fields_;
    }

private:
    tokens::Row sizes_;
    std::vector<std::span<const float>> fields_;
    std::vector<float> pool_ = std::vector<float>(1 << 16);
    base::Random random_{5};
};

} // namespace

class SamplerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsFollowTheDistribution() {
        const auto counts = frequencies({}, logarithms({0.5, 0.3, 0.15, 0.05}), 40'000, {0, 4});
        QVERIFY(std::abs(counts.at(0) - 0.5) < 0.01);
        QVERIFY(std::abs(counts.at(1) - 0.3) < 0.01);
        QVERIFY(std::abs(counts.at(2) - 0.15) < 0.01);
        QVERIFY(std::abs(counts.at(3) - 0.05) < 0.01);
    }

    void temperatureReshapesTheDistribution() {
        const auto counts = frequencies({.temperature = 0.5}, logarithms({0.6, 0.3, 0.1}), 40'000, {0, 3});
        QVERIFY(std::abs(counts.at(0) - 0.36 / 0.46) < 0.01);
        QVERIFY(std::abs(counts.at(1) - 0.09 / 0.46) < 0.01);
    }

    void topKKeepsTheLikeliest() {
        const auto counts = frequencies({.topK = 2}, logarithms({0.1, 0.4, 0.2, 0.3}), 10'000, {0, 4});
        QCOMPARE(counts.size(), std::size_t{2});
        QVERIFY(std::abs(counts.at(1) - 4.0 / 7) < 0.02);
        QVERIFY(counts.contains(3));
    }

    void topPKeepsTheOneThatCompletesTheMass() {
        const auto logits = logarithms({0.1, 0.4, 0.2, 0.3});
        QCOMPARE(frequencies({.topP = 0.69}, logits, 5'000, {0, 4}).size(), std::size_t{2});
        QCOMPARE(frequencies({.topP = 0.71}, logits, 5'000, {0, 4}).size(), std::size_t{3});
        QCOMPARE(frequencies({.topP = 1e-9}, logits, 5'000, {0, 4}).size(), std::size_t{1});
    }

    void minPDropsWhatIsFarBelowTheLikeliest() {
        const auto logits = logarithms({0.1, 0.4, 0.2, 0.3});
        QCOMPARE(frequencies({.minP = 0.51}, logits, 5'000, {0, 4}).size(), std::size_t{2});
        QCOMPARE(frequencies({.minP = 0.49}, logits, 5'000, {0, 4}).size(), std::size_t{3});
    }

    /// tests/reference/sampling.py
    void filtersLeaveWhatThoseOfTheReferencesLeave() {
        const auto table = base::readTextFile(CONTINUO_SOURCE_DIR "/tests/reference/sampling.tsv");
        QVERIFY(table);
        int lines = 0;
        for (const auto line : base::split(*table, '\n')) {
            if (line.empty()) continue;
            const auto cells = base::split(line, '\t');
            const auto values = numbersOf(cells[4]);
            const auto want = numbersOf(cells[5]);
            const auto threshold = *base::parseReal(cells[1]);
            FieldSampler field{.temperature = *base::parseReal(cells[2])};
            if (cells[0] == "share")
                field.topKShare = threshold;
            else
                field = *withOfficialFilter(field, cells[0], threshold);
            SamplerSettings settings;
            settings.fields.fill(field);
            const std::vector<float> logits(values.begin(), values.end());
            const auto got = Sampler(settings, 1)
                                 .distribution(tokens::kType, logits,
                                               {static_cast<std::uint16_t>(*base::parseInteger(cells[3])),
                                                static_cast<std::uint16_t>(logits.size())});
            for (std::size_t id = 0; id < want.size(); ++id)
                QVERIFY2(std::abs(got[id] - want[id]) < 2e-5, std::string(line.substr(0, 40)).c_str());
            ++lines;
        }
        QCOMPARE(lines, 168);
        QVERIFY(!withOfficialFilter({}, "top_q"));
        QVERIFY(!withOfficialFilter({}, "top_k", 1.0));
    }

    void repetitionDividesTheOddsOfWhatWasDrawnLately() {
        SamplerSettings settings;
        settings.fields[tokens::kPitch].repetition = 4;
        Sampler sampler(settings, 5);
        const auto logits = logarithms({0.5, 0.5});
        const std::vector<float> one{0};
        const tokens::TokenizerSettings tokenizer;
        tokens::Grammar grammar(tokenizer);
        std::array<std::span<const float>, tokens::kFieldCount> row;
        row.fill(one);
        sampler.drawRow(grammar, row); // start of song: pitch 0

        const auto after = sampler.distribution(tokens::kPitch, logits, {0, 2});

        QVERIFY(std::abs(after[0] - 0.2) < 1e-6);
        QVERIFY(std::abs(sampler.distribution(tokens::kBeat, logits, {0, 2})[0] - 0.5) < 1e-6);
    }

    void onlyAllowedIdsAreDrawn() {
        tokens::AllowedIds allowed{1, 4};
        allowed.mask.reset(2);
        const auto counts = frequencies({}, logarithms({0.9, 0.02, 0.05, 0.03}), 5'000, allowed);
        QVERIFY(!counts.contains(0) && !counts.contains(2));
        QVERIFY(std::abs(counts.at(1) - 0.4) < 0.03);
    }

    void hugeLogitsDoNotOverflow() {
        const auto counts = frequencies({}, {3e38F, -3e38F, 1.0F}, 100, {0, 3});
        QCOMPARE(counts.at(0), 1.0 * counts.at(0));
        QCOMPARE(counts.size(), std::size_t{1});
    }

    void settingsOutOfRangeNameTheField() {
        SamplerSettings settings;
        QVERIFY(checkSampler(settings));
        for (const auto& bad :
             {FieldSampler{.temperature = 0}, FieldSampler{.topK = -1}, FieldSampler{.topP = 0},
              FieldSampler{.topP = 1.1}, FieldSampler{.minP = -0.1}, FieldSampler{.temperature = std::nan("")},
              FieldSampler{.topKShare = 0}, FieldSampler{.topA = 2}, FieldSampler{.entmaxAlpha = 0.9},
              FieldSampler{.repetition = 0}}) {
            settings.fields[tokens::kDuration] = bad;
            const auto checked = checkSampler(settings);
            QVERIFY(!checked);
            QVERIFY(checked.error().message.find("field 5") != std::string::npos);
        }
    }

    void rowsDrawnFromNoiseCanAllBeDecoded_data() {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("parity");
        for (const auto& name : tokens::tokenizerNames())
            for (const std::string parity : {"none", "midi-lm"})
                if (tokens::namedTokenizer(name, parity))
                    QTest::addRow("%s %s", name.c_str(), parity.c_str()) << name << parity;
    }
    void rowsDrawnFromNoiseCanAllBeDecoded() {
        QFETCH(std::string, name);
        QFETCH(std::string, parity);
        const auto tokenizer = *tokens::namedTokenizer(name, parity);
        NoisyNet net(tokenizer);
        Sampler sampler({}, 9);
        int steps = 0;
        while (steps < 200'000) {
            tokens::Grammar grammar(tokenizer);
            tokens::Rows rows;
            while (grammar.canContinue() && rows.size() < 1024) {
                rows.push_back(sampler.drawRow(grammar, net.next()));
                grammar.follow(rows.back());
                ++steps;
            }
            const auto score = tokens::decode(rows, tokenizer);
            QVERIFY2(score, score ? "" : score.error().message.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(SamplerTest)
#include "sampler_test.moc"
