#include "engine/inference/key_value_cache.h"
#include "engine/inference/packed_matrix.h"

#include "engine/base/random.h"

#include <QTest>
#include <cmath>
#include <cstring>
#include <span>

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

float largest(std::span<const float> values) {
    float found = 0;
    for (const auto value : values) found = std::max(found, std::abs(value));
    return found;
}

/// Vectors to multiply with, in every form that the kernels take.
struct Vectors {
    Vectors(std::int64_t count, std::int64_t columns, std::int64_t split, std::uint64_t seed)
        : count(count), columns(columns), plain(randomFloats(static_cast<std::size_t>(count * columns), seed)),
          rounded(plain.size()), quantized(plain.size()), units(static_cast<std::size_t>(2 * count)) {
        for (std::int64_t i = 0; i < count; ++i) {
            const auto* x = plain.data() + i * columns;
            auto* out = reinterpret_cast<std::uint8_t*>(quantized.data()) + i * columns;
            scalarKernels().round(x, columns, reinterpret_cast<Bf16*>(rounded.data()) + i * columns);
            units.data()[2 * i] = scalarKernels().quantize(x, split, out);
            units.data()[2 * i + 1] = scalarKernels().quantize(x + split, columns - split, out + split);
        }
    }

    std::int64_t count;
    std::int64_t columns;
    AlignedBuffer plain, rounded, quantized, units;
};

/// A packed matrix that owns its memory.
class Packed {
public:
    Packed(const PackedShape& shape, std::initializer_list<const AlignedBuffer*> parts)
        : memory_(static_cast<std::size_t>((shape.bytes() + 3) / 4)), matrix_{shape, memory_.bytes()} {
        std::int64_t first = 0;
        for (const auto* part : parts) {
            packRows({part->data(), part->size()}, first, shape, memory_.bytes());
            first += static_cast<std::int64_t>(part->size()) / shape.columns;
        }
    }

    /// Inputs from `first` on, `count` of them (all by default).
    AlignedBuffer times(const Vectors& in, const MatrixPart& part, const Kernels& kernels, std::int64_t first = 0,
                        std::int64_t count = -1) const {
        if (count < 0) count = in.count;
        AlignedBuffer out(static_cast<std::size_t>(count * matrix_.shape.rows));
        const Outputs outputs{out.data(), matrix_.shape.rows};
        const auto skip = first * in.columns;
        const auto* words = in.rounded.bytes();
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(in.quantized.bytes());
        switch (matrix_.shape.precision) {
        case Precision::Fp32:
            kernels.multiply(matrix_.view<float>(), part, {in.plain.data() + skip, in.columns, count, nullptr},
                             outputs);
            break;
        case Precision::Bf16:
            kernels.multiplyBf16(matrix_.view<Bf16>(), part,
                                 {reinterpret_cast<const Bf16*>(words) + skip, in.columns, count, nullptr}, outputs);
            break;
        case Precision::Int8:
            kernels.multiplyInt8(matrix_.view<std::int8_t>(), part,
                                 {bytes + skip, in.columns, count, in.units.data() + 2 * first}, outputs);
        }
        return out;
    }

    /// By a product with a unit vector, so that the plain kernels say where a weight stands.
    float weight(std::int64_t row, std::int64_t column) const {
        const auto& shape = matrix_.shape;
        Vectors unit(1, shape.columns, shape.split, 0);
        std::fill_n(unit.plain.data(), unit.plain.size(), 0.0F);
        unit.plain.data()[column] = 1;
        std::fill_n(reinterpret_cast<Bf16*>(unit.rounded.data()), shape.columns, Bf16{});
        reinterpret_cast<Bf16*>(unit.rounded.data())[column] = toBf16(1);
        std::fill_n(reinterpret_cast<std::uint8_t*>(unit.quantized.data()), shape.columns, std::uint8_t{128});
        reinterpret_cast<std::uint8_t*>(unit.quantized.data())[column] = 129;
        unit.units.data()[0] = unit.units.data()[1] = 1;
        const auto block = row / kBlockRows * kBlockRows;
        return times(unit, {block, std::min(block + kBlockRows, shape.rows), 0, shape.split, shape.columns},
                     scalarKernels())
            .data()[row];
    }

private:
    AlignedBuffer memory_;
    PackedMatrix matrix_;
};

/// Keys and values of one head in both kinds of cache, and queries to put to them.
class Heard {
public:
    explicit Heard(std::int64_t positions)
        : positions_(positions), plain_(1, 1, positions, Precision::Fp32), rounded_(1, 1, positions, Precision::Bf16),
          queries_(randomFloats(4 * 64, 12)) {
        const auto keys = randomFloats(static_cast<std::size_t>(positions * 64), 10);
        const auto values = randomFloats(static_cast<std::size_t>(positions * 64), 11);
        for (std::int64_t i = 0; i < positions; ++i) store(i, keys.data() + 64 * i, values.data() + 64 * i);
    }

    template <typename Element>
    AlignedBuffer attended(void (*kernel)(const Attention<Element>&), std::int64_t length, float slope,
                           std::int64_t count, std::int64_t firstQuery = 0) const {
        const KeyValueCache& cache = std::is_same_v<Element, float> ? plain_ : rounded_;
        AlignedBuffer scores(static_cast<std::size_t>(4 * scoreRoom(positions_ + 4)));
        AlignedBuffer out(static_cast<std::size_t>(64 * count));
        kernel({.query = queries_.data() + 64 * firstQuery,
                .queryStride = 64,
                .count = count,
                .keys = cache.keys<Element>(0, 0),
                .values = cache.values<Element>(0, 0),
                .length = length,
                .slope = slope,
                .scores = scores.data(),
                .out = out.data(),
                .outStride = 64});
        return out;
    }

    void overwriteFrom(std::int64_t position) {
        const std::vector<float> noise(64, 1e4F);
        for (; position < positions_; ++position) store(position, noise.data(), noise.data());
    }

private:
    void store(std::int64_t position, const float* key, const float* value) {
        plain_.store(0, 0, position, key, value);
        rounded_.store(0, 0, position, key, value);
    }

    std::int64_t positions_;
    KeyValueCache plain_;
    KeyValueCache rounded_;
    AlignedBuffer queries_;
};

} // namespace

class KernelsTest : public QObject {
    Q_OBJECT

private:
    static void everySet() {
        QTest::addColumn<int>("index");
        const auto sets = usableKernels();
        for (std::size_t i = 0; i < sets.size(); ++i) QTest::newRow(sets[i]->name) << static_cast<int>(i);
    }

    static void everyPrecision() {
        QTest::addColumn<Precision>("precision");
        for (const auto precision : {Precision::Fp32, Precision::Bf16, Precision::Int8})
            QTest::newRow(precisionName(precision)) << precision;
    }

private Q_SLOTS:
    void packingKeepsEveryValueAtItsPlace_data() { everyPrecision(); }
    void packingKeepsEveryValueAtItsPlace() {
        QFETCH(Precision, precision);
        constexpr std::int64_t kRows = 64 + 64 + 32;
        constexpr std::int64_t kColumns = 48;
        const auto first = randomFloats(150 * kColumns, 1);
        const auto second = randomFloats(5 * kColumns, 2);
        const Packed packed({precision, kRows, kColumns, 32}, {&first, &second});

        for (std::int64_t row = 0; row < kRows; ++row) {
            const auto* source = row < 150   ? first.data() + row * kColumns
                                 : row < 155 ? second.data() + (row - 150) * kColumns
                                             : nullptr;
            for (std::int64_t column = 0; column < kColumns; ++column) {
                const auto want = source ? source[column] : 0.0F;
                const auto within = precision == Precision::Fp32 ? 0
                                    : precision == Precision::Bf16
                                        ? std::abs(want) / 256
                                        : (source ? largest({source, kColumns}) : 0) / 254 + 1e-7F;
                QVERIFY(std::abs(packed.weight(row, column) - want) <= within);
            }
        }
    }

    void productsAgreeWithThePlainOnes_data() { everySet(); }
    void productsAgreeWithThePlainOnes() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        constexpr std::int64_t kColumns = 80;
        for (const auto precision : {Precision::Fp32, Precision::Bf16, Precision::Int8}) {
            for (const std::int64_t rows : {16, 32, 48, 64, 144, 160, 256}) {
                const auto source = randomFloats(static_cast<std::size_t>(rows * kColumns), 3);
                const Packed packed({precision, rows, kColumns, 32}, {&source});
                for (const std::int64_t count : {1, 2, 3, 4, 6, 7, 13}) {
                    const Vectors in(count, kColumns, 32, 4);
                    for (const auto& part : {MatrixPart{0, rows, 0, 32, kColumns}, MatrixPart{0, rows, 0, 32, 32},
                                             MatrixPart{0, std::min<std::int64_t>(64, rows), 32, 32, kColumns}}) {
                        const auto got = packed.times(in, part, kernels);
                        const auto want = packed.times(in, part, scalarKernels());
                        QVERIFY2(difference(got, want) < 1e-6, precisionName(precision));
                    }
                }
            }
        }
    }

    void roundedProductsAreNearTheExactOnes_data() {
        QTest::addColumn<Precision>("precision");
        QTest::addColumn<double>("within"); // of the length of a row times that of the input
        QTest::newRow("bf16") << Precision::Bf16 << 4e-3;
        QTest::newRow("int8") << Precision::Int8 << 1e-2;
    }
    void roundedProductsAreNearTheExactOnes() {
        QFETCH(Precision, precision);
        QFETCH(double, within);
        constexpr std::int64_t kRows = 128;
        constexpr std::int64_t kColumns = 512;
        const auto source = randomFloats(kRows * kColumns, 31);
        const Vectors in(3, kColumns, 256, 32);
        const MatrixPart all{0, kRows, 0, 256, kColumns};
        const auto exact = Packed({Precision::Fp32, kRows, kColumns, 256}, {&source}).times(in, all, scalarKernels());
        const auto rounded = Packed({precision, kRows, kColumns, 256}, {&source}).times(in, all, bestKernels());
        for (std::size_t i = 0; i < exact.size(); ++i)
            QVERIFY(std::abs(exact.data()[i] - rounded.data()[i]) < within * kColumns);
        QVERIFY(difference(exact, rounded) > 1e-5); // that it is rounded at all
    }

    void manyInputsAtOnceAreTheSameBitsAsOneByOne_data() { everySet(); }
    void manyInputsAtOnceAreTheSameBitsAsOneByOne() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        constexpr std::int64_t kRows = 160;
        constexpr std::int64_t kColumns = 128;
        constexpr std::int64_t kCount = 13;
        const auto source = randomFloats(kRows * kColumns, 5);
        const Vectors in(kCount, kColumns, 64, 6);
        const MatrixPart all{0, kRows, 0, 64, kColumns};
        for (const auto precision : {Precision::Fp32, Precision::Bf16, Precision::Int8}) {
            const Packed packed({precision, kRows, kColumns, 64}, {&source});
            const auto together = packed.times(in, all, kernels);
            for (std::int64_t i = 0; i < kCount; ++i) {
                const auto single = packed.times(in, all, kernels, i, 1);
                QVERIFY(std::memcmp(together.data() + i * kRows, single.data(), kRows * sizeof(float)) == 0);
            }
        }
    }

    void twoHalvesAddUpToTheSameBits_data() { everySet(); }
    void twoHalvesAddUpToTheSameBits() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        const auto source = randomFloats(64 * 128, 7);
        const Vectors in(2, 128, 64, 8);
        for (const auto precision : {Precision::Fp32, Precision::Bf16, Precision::Int8}) {
            const Packed packed({precision, 64, 128, 64}, {&source});
            const auto whole = packed.times(in, {0, 64, 0, 64, 128}, kernels);
            auto sum = packed.times(in, {0, 64, 0, 64, 64}, kernels);
            const auto second = packed.times(in, {0, 64, 64, 64, 128}, kernels);
            kernels.add(sum.data(), second.data(), 128);
            QVERIFY(std::memcmp(whole.data(), sum.data(), 128 * sizeof(float)) == 0);
        }
    }

    void roundingIsTheSameBitsInEverySet_data() { everySet(); }
    void roundingIsTheSameBitsInEverySet() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        constexpr std::int64_t kWidth = 4096;
        auto in = randomFloats(kWidth, 9);
        for (std::int64_t i = 0; i < 256; ++i) in.data()[i] = 0.5F * static_cast<float>(i - 128); // ties
        AlignedBuffer got(kWidth);
        AlignedBuffer want(kWidth);
        kernels.round(in.data(), kWidth, reinterpret_cast<Bf16*>(got.data()));
        scalarKernels().round(in.data(), kWidth, reinterpret_cast<Bf16*>(want.data()));
        QVERIFY(std::memcmp(got.data(), want.data(), kWidth * sizeof(Bf16)) == 0);
        for (const std::int64_t width : {16, 48, 256, 4096}) {
            const auto unit = kernels.quantize(in.data(), width, reinterpret_cast<std::uint8_t*>(got.data()));
            QCOMPARE(unit, scalarKernels().quantize(in.data(), width, reinterpret_cast<std::uint8_t*>(want.data())));
            QVERIFY(std::memcmp(got.data(), want.data(), static_cast<std::size_t>(width)) == 0);
        }
    }

    void zerosAreQuantizedToZeros() {
        const AlignedBuffer zeros(64);
        std::vector<std::uint8_t> out(64 + 64);
        auto* at = out.data() + (64 - reinterpret_cast<std::uintptr_t>(out.data()) % 64) % 64;
        for (const auto* kernels : usableKernels()) {
            QVERIFY(kernels->quantize(zeros.data(), 64, at) < 1e-29F);
            QVERIFY(std::all_of(at, at + 64, [](auto x) { return x == 128; }));
        }
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
        const Heard heard(1040);
        for (const std::int64_t length : {1, 2, 7, 8, 9, 15, 16, 17, 33, 500, 1023, 1024}) {
            for (const float slope : {0.0F, 0.25F}) {
                for (const std::int64_t count : {1, 3, 4}) {
                    const auto plain = heard.attended(scalarKernels().attend, length, slope, count);
                    QVERIFY(difference(heard.attended(kernels.attend, length, slope, count), plain) < 1e-6);
                    const auto rounded = heard.attended(scalarKernels().attendBf16, length, slope, count);
                    QVERIFY(difference(heard.attended(kernels.attendBf16, length, slope, count), rounded) < 3e-3);
                    QVERIFY(difference(rounded, plain) < 2e-2);
                }
            }
        }
    }

    void severalQueriesAreTheSameBitsAsOneByOne_data() { everySet(); }
    void severalQueriesAreTheSameBitsAsOneByOne() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        const Heard heard(128);
        const auto check = [&](auto kernel) {
            for (const std::int64_t length : {1, 13, 14, 30, 31, 32, 100}) {
                const auto together = heard.attended(kernel, length, 0.125F, 4);
                for (std::int64_t i = 0; i < 4; ++i) {
                    const auto single = heard.attended(kernel, length + i, 0.125F, 1, i);
                    QVERIFY(std::memcmp(together.data() + 64 * i, single.data(), 64 * sizeof(float)) == 0);
                }
            }
        };
        check(kernels.attend);
        check(kernels.attendBf16);
    }

    void whatStandsBehindTheEndIsNotSeen_data() { everySet(); }
    void whatStandsBehindTheEndIsNotSeen() {
        QFETCH(int, index);
        const auto& kernels = *usableKernels()[static_cast<std::size_t>(index)];
        Heard heard(32);
        const auto before = heard.attended(kernels.attend, 19, 0, 1);
        const auto beforeRounded = heard.attended(kernels.attendBf16, 19, 0, 1);
        heard.overwriteFrom(19);
        QVERIFY(difference(heard.attended(kernels.attend, 19, 0, 1), before) == 0);
        QVERIFY(difference(heard.attended(kernels.attendBf16, 19, 0, 1), beforeRounded) == 0);
    }
};

QTEST_APPLESS_MAIN(KernelsTest)
#include "kernels_test.moc"
