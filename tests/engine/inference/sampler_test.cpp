#include "engine/inference/sampler.h"

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

/// Logits of a million steps out of a pool of noise.
class NoisyNet {
public:
    NoisyNet() {
        base::Random random(3);
        for (auto& value : pool_) value = static_cast<float>(2 * random.normal());
    }
    std::array<std::span<const float>, tokens::kFieldCount> next() {
        static constexpr std::array<std::size_t, tokens::kFieldCount> kSizes{5, 257, 13, 129, 33, 129};
        std::array<std::span<const float>, tokens::kFieldCount> fields;
        for (std::size_t i = 0; i < fields.size(); ++i)
            fields[i] = std::span(pool_).subspan(random_.below(pool_.size() - 300), kSizes[i]);
        return fields;
    }

private:
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
              FieldSampler{.topP = 1.1}, FieldSampler{.minP = -0.1}, FieldSampler{.temperature = std::nan("")}}) {
            settings.fields[tokens::kDuration] = bad;
            const auto checked = checkSampler(settings);
            QVERIFY(!checked);
            QVERIFY(checked.error().message.find("duration") != std::string::npos);
        }
    }

    void aMillionRowsOfNoiseCanAllBeDecoded() {
        const tokens::TokenizerSettings tokenizer;
        NoisyNet net;
        Sampler sampler({}, 9);
        int steps = 0;
        while (steps < 1'000'000) {
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
