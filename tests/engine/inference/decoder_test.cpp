#include "engine/inference/decoder.h"

#include "tests/engine/inference/reference_network.h"

#include <QTest>
#include <cstring>
#include <thread>

using namespace continuo;
using namespace continuo::inference;

namespace {

network::NetworkOptions named(const char* name) { return *network::namedNetwork(name); }

std::vector<std::vector<float>> stepThrough(Decoder& decoder, std::span<const std::uint16_t> ids) {
    const auto streams = decoder.network().options().streams.size();
    std::vector<std::vector<float>> logits;
    for (; !ids.empty(); ids = ids.subspan(streams)) {
        const auto row = decoder.step(ids.first(streams));
        logits.emplace_back(row.begin(), row.end());
    }
    return logits;
}

constexpr std::array kPrecisions{Precision::Fp32, Precision::Bf16, Precision::Int8};

/// Root of the mean square of the differences, as a share of that of `want`.
double distance(const std::vector<std::vector<float>>& got, const std::vector<std::vector<float>>& want) {
    double error = 0;
    double size = 0;
    for (std::size_t row = 0; row < want.size(); ++row) {
        for (std::size_t i = 0; i < want[row].size(); ++i) {
            error += std::pow(static_cast<double>(got[row][i]) - want[row][i], 2);
            size += std::pow(static_cast<double>(want[row][i]), 2);
        }
    }
    return std::sqrt(error / size);
}

bool sameBits(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

} // namespace

class DecoderTest : public QObject {
    Q_OBJECT

private:
    static void everyNet() {
        QTest::addColumn<network::NetworkOptions>("net");
        for (const auto& net : network::namedNetworks()) QTest::newRow(net.name.c_str()) << net;
        for (const auto positions : {network::Positions::LearnedNormalized, network::Positions::LearnedScaled,
                                     network::Positions::Alibi, network::Positions::Rotary, network::Positions::None}) {
            for (const auto* name : {"mmt-1m", "tpd-1m", "structured-1m"}) {
                auto net = named(name);
                net.positions = positions;
                net.normAfterEmbedding = !net.normAfterEmbedding;
                net.normInStack = false;
                net.attentionBias = true;
                QTest::addRow("%s with %s", name, network::nameOf(positions)) << net;
            }
        }
        auto narrow = named("mmt-1m");
        narrow.embeddingWidth = 48;
        narrow.heads = 3;
        QTest::newRow("narrow tables, three heads") << narrow;
    }

private Q_SLOTS:
    void logitsAgreeWithTheDoublePrecisionForward_data() { everyNet(); }
    void logitsAgreeWithTheDoublePrecisionForward() {
        QFETCH(network::NetworkOptions, net);
        const auto tensors = randomTensors(net, 21);
        const auto ids = randomIds(net, net.width > 256 ? 5 : net.width > 128 ? 17 : 40, 22);
        const auto want = reference::Network(net, tensors).forward(ids);
        const auto packed = pack(net, tensors);
        const auto sets = net.width > 128 ? std::vector{&bestKernels()} : usableKernels();
        for (const auto* kernels : sets) {
            Decoder decoder(packed, {.kernels = kernels});
            const auto got = stepThrough(decoder, ids);
            double worst = 0;
            for (std::size_t row = 0; row < want.size(); ++row)
                for (std::size_t i = 0; i < want[row].size(); ++i)
                    worst = std::max(worst, std::abs(want[row][i] - got[row][i]));
            QVERIFY2(worst < 1e-4, qPrintable(QString("%1: %2").arg(kernels->name).arg(worst)));
        }
    }

    void aPlantedFaultIsSeenByTheComparison() {
        const auto net = named("mmt-1m");
        auto tensors = randomTensors(net, 21);
        const auto ids = randomIds(net, 4, 22);
        const auto want = reference::Network(net, tensors).forward(ids);
        tensors["attn_layers.layers.2.1.to_v.weight"][1234] += 0.5F;
        Decoder decoder(pack(net, tensors));
        const auto got = stepThrough(decoder, ids);
        double worst = 0;
        for (std::size_t i = 0; i < want[3].size(); ++i) worst = std::max(worst, std::abs(want[3][i] - got[3][i]));
        QVERIFY(worst > 1e-4);
    }

    void reducedPrecisionStaysNear_data() {
        QTest::addColumn<Precision>("precision");
        QTest::addColumn<double>("within"); // root of the mean square, as a share of that of the logits
        QTest::newRow("bf16") << Precision::Bf16 << 0.01;
        QTest::newRow("int8") << Precision::Int8 << 0.03;
    }
    void reducedPrecisionStaysNear() {
        QFETCH(Precision, precision);
        QFETCH(double, within);
        auto turning = named("mmt-1m");
        turning.name = "rotary";
        turning.positions = network::Positions::Rotary;
        turning.embeddingWidth = 64;
        for (const auto& net : {named("mmt-1m"), named("tpd-1m"), named("structured-1m"), turning}) {
            const auto tensors = randomTensors(net, 21);
            const auto ids = randomIds(net, 60, 22);
            Decoder exact(pack(net, tensors));
            const auto want = stepThrough(exact, ids);
            const auto packed = pack(net, tensors, precision);
            for (const auto* kernels : usableKernels()) {
                Decoder decoder(packed, {.kernels = kernels});
                const auto share = distance(stepThrough(decoder, ids), want);
                QVERIFY2(share < within && share > 1e-4,
                         qPrintable(QString("%1 %2: %3").arg(net.name.c_str()).arg(kernels->name).arg(share)));
            }
        }
    }

    void aPrefillIsTheSameBitsAsSteps_data() {
        QTest::addColumn<int>("rows");
        for (const int rows : {1, 2, 6, 7, 47, 48, 49, 100, 1024}) QTest::addRow("%d rows", rows) << rows;
    }
    void aPrefillIsTheSameBitsAsSteps() {
        QFETCH(int, rows);
        const auto net = named("mmt-1m");
        const auto tensors = randomTensors(net, 23);
        const auto ids = randomIds(net, static_cast<std::size_t>(rows), 24);
        for (const auto precision : kPrecisions) {
            const auto packed = pack(net, tensors, precision);
            Decoder stepping(packed);
            Decoder filling(packed, {.readingThreads = 2});
            Decoder showing(packed);

            const auto steps = stepThrough(stepping, ids);
            const auto filled = filling.prefill(ids);
            std::vector<std::vector<float>> shown;
            showing.prefill(ids, [&](auto logits) { shown.emplace_back(logits.begin(), logits.end()); });

            QVERIFY(sameBits(steps.back(), filled));
            QCOMPARE(filling.length(), std::int64_t{rows});
            QVERIFY(shown == steps);
            const auto next = randomIds(net, 1, 25); // what a prefill left in the cache is what steps leave
            QVERIFY(rows == 1024 || sameBits(stepping.step(next), filling.step(next)));
        }
    }

    void twoThreadsGiveTheSameBitsAsOne_data() {
        QTest::addColumn<QString>("name");
        for (const auto* name : {"mmt-1m", "mmt-7m", "tpd-1m", "structured-1m"}) QTest::newRow(name) << name;
    }
    void twoThreadsGiveTheSameBitsAsOne() {
        QFETCH(QString, name);
        const auto net = named(qPrintable(name));
        const auto tensors = randomTensors(net, 25);
        const auto ids = randomIds(net, 60, 26);
        const auto fresh = randomIds(net, 20, 27);
        for (const auto precision : kPrecisions) {
            const auto packed = pack(net, tensors, precision);
            Decoder one(packed, {.threads = 1});
            Decoder two(packed, {.threads = 2});

            QVERIFY(sameBits(one.prefill(ids), two.prefill(ids)));
            const auto first = stepThrough(one, fresh);
            const auto second = stepThrough(two, fresh);
            for (std::size_t i = 0; i < first.size(); ++i) QVERIFY(sameBits(first[i], second[i]));
        }
    }

    void sequencesReadTogetherAreTheSameBitsAsAlone_data() {
        QTest::addColumn<int>("count");
        for (const int count : {2, 5, 50}) QTest::addRow("%d", count) << count;
    }
    void sequencesReadTogetherAreTheSameBitsAsAlone() {
        QFETCH(int, count);
        const auto net = named("mmt-1m");
        const auto tensors = randomTensors(net, 33);
        const auto prompt = randomIds(net, 37, 34);
        const auto streams = net.streams.size();
        for (const auto precision : kPrecisions) {
            const auto packed = pack(net, tensors, precision);
            Decoder together(packed, {.readingThreads = 2, .sequences = count});
            together.prefill(prompt);
            std::vector<std::int64_t> sequences;
            for (std::int64_t i = 0; i < count; ++i) sequences.push_back(i);
            for (std::int64_t i = 1; i < count; ++i) together.copy(0, i);
            std::vector<std::vector<std::vector<float>>> got(sequences.size());
            const auto ids = randomIds(net, 3 * sequences.size(), 35);
            for (std::size_t step = 0; step < 3; ++step)
                together.stepEach(
                    sequences, std::span(ids).subspan(step * sequences.size() * streams, sequences.size() * streams),
                    [&](std::size_t i, auto logits) { got[i].emplace_back(logits.begin(), logits.end()); });
            for (const auto i : {std::size_t{0}, sequences.size() - 1}) {
                Decoder alone(packed);
                alone.prefill(prompt);
                for (std::size_t step = 0; step < 3; ++step) {
                    const auto row = std::span(ids).subspan((step * sequences.size() + i) * streams, streams);
                    QVERIFY(sameBits(alone.step(row), got[i][step]));
                }
            }
        }
    }

    void aTruncatedCacheGivesWhatAFreshOneGives() {
        const auto net = named("mmt-1m");
        const auto tensors = randomTensors(net, 28);
        const auto ids = randomIds(net, 50, 29);
        const auto other = randomIds(net, 9, 30);
        auto joined = std::vector<std::uint16_t>(ids.begin(), ids.begin() + 19 * 6);
        joined.insert(joined.end(), other.begin(), other.end());
        for (const auto precision : kPrecisions) {
            const auto packed = pack(net, tensors, precision);
            Decoder reused(packed);
            Decoder fresh(packed);

            reused.prefill(ids);
            reused.truncate(19);

            QVERIFY(sameBits(reused.prefill(other), fresh.prefill(joined)));
        }
    }

    void decodersOnTwoThreadsShareANet() {
        const auto net = named("mmt-1m");
        const auto packed = pack(net, randomTensors(net, 31));
        const auto ids = randomIds(net, 80, 32);
        Decoder alone(packed);
        const auto want = stepThrough(alone, ids);
        std::array<std::vector<std::vector<float>>, 2> got;
        {
            std::jthread first([&] {
                Decoder decoder(packed);
                got[0] = stepThrough(decoder, ids);
            });
            std::jthread second([&] {
                Decoder decoder(packed);
                got[1] = stepThrough(decoder, ids);
            });
        }
        QVERIFY(got[0] == want);
        QVERIFY(got[1] == want);
    }
};

QTEST_APPLESS_MAIN(DecoderTest)
#include "decoder_test.moc"
