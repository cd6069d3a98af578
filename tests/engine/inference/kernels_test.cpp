#include "engine/inference/aligned_buffer.h"
#include "engine/inference/packed_matrix.h"

#include "engine/base/random.h"

#include <QTest>
#include <cmath>
#include <cstring>

using namespace continuo;
using namespace continuo::inference;

namespace {

AlignedBuffer randomFloats(std::size_t count, std::uint64_t seed, double spread = 1) {
    base::Random random(seed);
    AlignedBuffer buffer(count);
    for (std::size_t i = 0; i < count; ++i) buffer.data()[i] = static_cast<float>(spread * random.normal());
    return buffer;
}

/// The largest difference, as a share of the largest value where that is above 1.
double difference(const AlignedBuffer& a, const AlignedBuffer& b) {
    double largest = 1;
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::abs(static_cast<double>(b.data()[i])));
        worst = std::max(worst, std::abs(static_cast<double>(a.data()[i]) - b.data()[i]));
    }
    return worst / largest;
}

} // namespace

class KernelsTest : public QObject {
    Q_OBJECT

private:
    static void everySet() {
        QTest::addColumn<int>("index");
        const auto sets = usableKernels();
        for (std::size_t i = 0; i < sets.size(); ++i) QTest::newRow(sets[i]->name) << static_cast<int>(i);
    }

private Q_SLOTS:
    void packingKeepsEveryValueAtItsPlace() {
        constexpr std::int64_t kRows = 64 + 64 + 32;
        constexpr std::int64_t kColumns = 37;
        const auto first = randomFloats(150 * kColumns, 1);
        const auto second = randomFloats(5 * kColumns, 2);
        AlignedBuffer packed(kRows * kColumns);

        packRows({first.data(), first.size()}, kColumns, packed.data(), kRows, 0);
        packRows({second.data(), second.size()}, kColumns, packed.data(), kRows, 150);

        for (std::int64_t row = 0; row < kRows; ++row) {
            for (std::int64_t column = 0; column < kColumns; ++column) {
                const auto block = row / 64 * 64;
                const auto stride = std::min<std::int64_t>(64, kRows - block);
                const auto got = packed.data()[block * kColumns + column * stride + row % 64];
                const auto want = row < 150   ? first.data()[row * kColumns + column]
                                  : row < 155 ? second.data()[(row - 150) * kColumns + column]
                                              : 0.0F;
                QCOMPARE(got, want);
            }
        }
    }

    void productsAgreeWithThePlainOnes_data() { everySet(); }
    void productsAgreeWithThePlainOnes() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        for (const std::int64_t rows : {16, 32, 48, 64, 144, 160, 256}) {
            for (const std::int64_t count : {1, 2, 6, 7, 13}) {
                constexpr std::int64_t kColumns = 80;
                const auto matrix = randomFloats(static_cast<std::size_t>(rows * kColumns), 3);
                const auto in = randomFloats(static_cast<std::size_t>(count * kColumns), 4);
                AlignedBuffer got(static_cast<std::size_t>(count * rows));
                AlignedBuffer want(static_cast<std::size_t>(count * rows));
                for (const auto& part :
                     {MatrixPart{0, rows, 0, kColumns, kColumns}, MatrixPart{0, rows, 0, 32, kColumns},
                      MatrixPart{0, std::min<std::int64_t>(64, rows), 16, 16, 48}}) {
                    kernels.multiply(matrix.data(), rows, kColumns, part, in.data(), kColumns, count, got.data(), rows);
                    scalarKernels().multiply(matrix.data(), rows, kColumns, part, in.data(), kColumns, count,
                                             want.data(), rows);
                    QVERIFY(difference(got, want) < 1e-6);
                }
            }
        }
    }

    void manyInputsAtOnceAreTheSameBitsAsOneByOne_data() { everySet(); }
    void manyInputsAtOnceAreTheSameBitsAsOneByOne() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        constexpr std::int64_t kRows = 160;
        constexpr std::int64_t kColumns = 128;
        constexpr std::int64_t kCount = 13;
        const auto matrix = randomFloats(kRows * kColumns, 5);
        const auto in = randomFloats(kCount * kColumns, 6);
        AlignedBuffer together(kCount * kRows);
        AlignedBuffer single(kCount * kRows);
        const MatrixPart all{0, kRows, 0, 64, kColumns};

        kernels.multiply(matrix.data(), kRows, kColumns, all, in.data(), kColumns, kCount, together.data(), kRows);
        for (std::int64_t i = 0; i < kCount; ++i)
            kernels.multiply(matrix.data(), kRows, kColumns, all, in.data() + i * kColumns, kColumns, 1,
                             single.data() + i * kRows, kRows);

        QVERIFY(std::memcmp(together.data(), single.data(), kCount * kRows * sizeof(float)) == 0);
    }

    void normsAndSumsAgreeWithThePlainOnes_data() { everySet(); }
    void normsAndSumsAgreeWithThePlainOnes() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        for (const std::int64_t width : {16, 48, 128, 512}) {
            const auto size = static_cast<std::size_t>(width);
            auto in = randomFloats(size, 7, 3.0);
            for (std::size_t i = 0; i < size; ++i) in.data()[i] += 40; // a mean far from 0 shows a sloppy variance
            const auto gain = randomFloats(size, 8);
            const auto bias = randomFloats(size, 9);
            AlignedBuffer got(size);
            AlignedBuffer want(size);
            kernels.normalize(in.data(), gain.data(), bias.data(), width, got.data());
            scalarKernels().normalize(in.data(), gain.data(), bias.data(), width, want.data());
            QVERIFY(difference(got, want) < 1e-5);
            kernels.add(got.data(), gain.data(), width);
            scalarKernels().add(want.data(), gain.data(), width);
            kernels.addSum(got.data(), gain.data(), bias.data(), width);
            scalarKernels().addSum(want.data(), gain.data(), bias.data(), width);
            QVERIFY(difference(got, want) < 1e-5);
        }
    }

    void geluIsExactWithinAMillionth_data() { everySet(); }
    void geluIsExactWithinAMillionth() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        constexpr std::int64_t kCount = 1 << 14;
        AlignedBuffer x(kCount);
        const AlignedBuffer noBias(kCount);
        for (std::int64_t i = 0; i < kCount; ++i) x.data()[i] = -12.0F + 24.0F * static_cast<float>(i) / kCount;
        std::vector<double> want;
        for (std::int64_t i = 0; i < kCount; ++i) {
            const double value = x.data()[i];
            want.push_back(0.5 * value * (1 + std::erf(value / std::sqrt(2.0))));
        }
        kernels.gelu(x.data(), noBias.data(), kCount);
        for (std::int64_t i = 0; i < kCount; ++i)
            QVERIFY2(std::abs(x.data()[i] - want[static_cast<std::size_t>(i)]) < 1e-6, qPrintable(QString::number(i)));
    }

    void attentionAgreesWithThePlainOne_data() { everySet(); }
    void attentionAgreesWithThePlainOne() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        constexpr std::size_t kPositions = 1040;
        auto keys = randomFloats(kPositions * 64, 10);
        const auto values = randomFloats(kPositions * 64, 11);
        const auto query = randomFloats(64, 12);
        AlignedBuffer scores(kPositions);
        AlignedBuffer got(64);
        AlignedBuffer want(64);
        for (const std::int64_t length : {1, 2, 7, 8, 9, 15, 16, 17, 33, 500, 1023, 1024}) {
            for (const float slope : {0.0F, 0.25F}) {
                Attention attention{query.data(), keys.data(), values.data(), length,
                                    0.125F,       slope,       scores.data(), got.data()};
                kernels.attend(attention);
                attention.out = want.data();
                scalarKernels().attend(attention);
                QVERIFY(difference(got, want) < 1e-6);
            }
        }
    }

    void whatStandsBehindTheEndIsNotSeen_data() { everySet(); }
    void whatStandsBehindTheEndIsNotSeen() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        auto keys = randomFloats(32 * 64, 13);
        auto values = randomFloats(32 * 64, 14);
        const auto query = randomFloats(64, 15);
        AlignedBuffer scores(32);
        AlignedBuffer before(64);
        AlignedBuffer after(64);
        kernels.attend({query.data(), keys.data(), values.data(), 19, 0.125F, 0, scores.data(), before.data()});
        for (std::int64_t position = 19; position < 32; ++position)
            for (std::int64_t channel = 0; channel < 64; ++channel) {
                keys.data()[position / 16 * 1024 + channel * 16 + position % 16] = std::nanf("");
                values.data()[position * 64 + channel] = std::nanf("");
            }
        kernels.attend({query.data(), keys.data(), values.data(), 19, 0.125F, 0, scores.data(), after.data()});
        QVERIFY(std::memcmp(before.data(), after.data(), 64 * sizeof(float)) == 0);
    }
};

QTEST_APPLESS_MAIN(KernelsTest)
#include "kernels_test.moc"
