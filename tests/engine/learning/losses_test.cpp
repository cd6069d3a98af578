#include "tests/engine/learning/nets.h"

#include "engine/learning/validation.h"

#include <QTest>
#include <algorithm>
#include <cmath>

using namespace continuo;
using namespace continuo::learning;

namespace {

constexpr LossRules kEverything{.emptyFields = true};

network::NetworkOptions smallTpd() {
    auto net = network::namedNetwork("tpd-1m").value();
    net.layers = 1;
    net.width = 64;
    return net;
}

network::NetworkOptions smallStructured() {
    auto net = network::namedNetwork("structured-1m").value();
    net.layers = 1;
    net.width = 64;
    return net;
}

/// The mean probability outside `legal` over the rows whose target `isOfKind`, number by number.
template <typename Of, typename Legal>
std::pair<double, int> plainIllegal(const at::Tensor& logits, const std::vector<std::int64_t>& targets, Of isOfKind,
                                    Legal isLegal) {
    double sum = 0;
    int rows = 0;
    for (std::size_t row = 0; row < targets.size(); ++row) {
        if (!isOfKind(targets[row])) continue;
        ++rows;
        double all = 0, wrong = 0;
        for (std::int64_t id = 0; id < 676; ++id) {
            const auto p = std::exp(logits[static_cast<std::int64_t>(row)][id].item<double>());
            all += p;
            wrong += isLegal(row, id) ? 0 : p;
        }
        sum += wrong / all;
    }
    return {sum, rows};
}

} // namespace

class LossesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossAndGradientAreThoseOfSixCrossEntropies() {
        const std::vector<std::int64_t> sizes{5, 9, 3};
        const auto logits =
            at::linspace(-3, 3, 11 * 17).sin().mul(2).view({11, 17}).to(at::kFloat).set_requires_grad(true);
        const auto targets =
            at::stack({at::arange(11).remainder(5), at::arange(11).remainder(9), at::arange(11).remainder(3)}, 1);
        const auto losses = fieldCrossEntropy(logits, targets, sizes);
        (losses.total * 2).backward();
        const auto ours = logits.grad().clone();
        const auto other = logits.detach().clone().set_requires_grad(true);
        at::Tensor total = at::zeros({});
        std::int64_t offset = 0;
        for (std::int64_t i = 0; i < 3; offset += sizes[static_cast<std::size_t>(i++)]) {
            const auto field = at::cross_entropy_loss(other.narrow(1, offset, sizes[static_cast<std::size_t>(i)]),
                                                      targets.select(1, i));
            QVERIFY(std::abs(field.item<double>() - losses.fields[i].item<double>()) < 1e-5);
            total = total + field;
        }
        (total * 2).backward();
        QVERIFY((ours - other.grad()).abs().max().item<double>() < 1e-6);
    }

    void paddingChangesNeitherLossNorGradient() {
        Transformer net(smallNet());
        roughen(net, 4);
        const auto shortRows = randomRows(net.options(), 9, 1), longRows = randomRows(net.options(), 31, 2);
        const auto alone = [&](const tokens::Rows& rows) {
            const at::NoGradGuard noGradient;
            return batchLosses(net, makeBatch(std::array{rows}, net.options(), kEverything)).total.item<double>() *
                   static_cast<double>(rows.size() - 1);
        };
        const auto batch = makeBatch(std::array{shortRows, longRows}, net.options(), kEverything);
        const auto together = batchLosses(net, batch);
        QCOMPARE(batch.rows, std::int64_t{8 + 30});
        QVERIFY(std::abs(together.total.item<double>() * 38 - alone(shortRows) - alone(longRows)) < 1e-3);
        together.total.backward();
        const auto gradient = net.table().grad().clone();
        net.table().mutable_grad().reset();
        auto padded = batch; // what stands in the padding must not matter
        padded.inputs = batch.inputs.clone();
        padded.inputs[0].narrow(0, 9, 21).fill_(3);
        batchLosses(net, padded).total.backward();
        QVERIFY((gradient - net.table().grad()).abs().max().item<double>() < 1e-6);
    }

    void theReferenceAlsoPredictsPadding() {
        Transformer net(smallNet());
        roughen(net, 4);
        const std::array windows{randomRows(net.options(), 9, 1), randomRows(net.options(), 31, 2)};
        const auto batch = makeBatch(windows, net.options(), lossRules("midi-lm"));
        QCOMPARE(batch.targets.size(0), std::int64_t{60});
        QCOMPARE(batch.rows, std::int64_t{38});
        QVERIFY(batch.targets.narrow(0, 8, 22).eq(0).all().item<bool>());
    }

    void aTargetThatIsNotCountedCostsNothingAndPullsNowhere() {
        const std::vector<std::int64_t> sizes{4, 6};
        const auto values = at::linspace(-2, 2, 5 * 10).cos().mul(3).view({5, 10}).to(at::kFloat);
        const auto targets = at::stack({at::arange(5).remainder(4), at::arange(5)}, 1);
        auto holed = targets.clone();
        holed[2][1] = -1;
        holed[4][0] = -1;
        const auto of = [&](const at::Tensor& wanted) {
            const auto logits = values.clone().set_requires_grad(true);
            const auto losses = fieldCrossEntropy(logits, wanted, sizes);
            losses.total.backward();
            return std::pair{losses, logits.grad()};
        };
        const auto [all, allGradient] = of(targets);
        const auto [some, someGradient] = of(holed);
        const auto cost = [&](std::int64_t row, std::int64_t first, std::int64_t count, std::int64_t id) {
            return -at::log_softmax(values[row].narrow(0, first, count), 0)[id].item<double>() / 5;
        };
        QVERIFY(std::abs(all.fields[1].item<double>() - some.fields[1].item<double>() - cost(2, 4, 6, 2)) < 1e-5);
        QVERIFY(std::abs(all.fields[0].item<double>() - some.fields[0].item<double>() - cost(4, 0, 4, 0)) < 1e-5);
        QVERIFY(someGradient[2].narrow(0, 4, 6).eq(0).all().item<bool>());
        QVERIFY(someGradient[4].narrow(0, 0, 4).eq(0).all().item<bool>());
        QVERIFY(at::equal(someGradient[3], allGradient[3]));
        QVERIFY(at::equal(someGradient[2].narrow(0, 0, 4), allGradient[2].narrow(0, 0, 4)));
    }

    void fieldsThatARowLeavesEmptyAreNotCounted() {
        const auto mmt = smallNet();
        const tokens::Rows rows{
            {0, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 5}, {2, 0, 0, 0, 0, 0}, {3, 1, 1, 61, 4, 5}, {4, 0, 0, 0, 0, 0}};
        const auto batch = makeBatch(std::array{rows}, mmt);
        const auto wanted =
            at::tensor({1, -1, -1, -1, -1, 5, 2, -1, -1, -1, -1, -1, 3, 1, 1, 61, 4, 5, 4, -1, -1, -1, -1, -1},
                       at::kLong)
                .view({4, 6});
        QVERIFY(at::equal(batch.targets, wanted));
        QVERIFY(at::equal(makeBatch(std::array{rows}, mmt, kEverything).targets, wanted.clamp_min(0)));
        const tokens::Rows tpd{{0, 1}, {2, 63, 4}, {9, 0, 0}, {1, 67, 13}, {0, 2}}; // pitch 0 is a rest: to be learnt
        QVERIFY(at::equal(makeBatch(std::array{tpd}, smallTpd()).targets,
                          at::tensor({2, 63, 4, 9, 0, -1, 1, 67, 13, -1, 2, -1}, at::kLong).view({4, 3})));
        const tokens::Rows structured{{1}, {63}, {155}, {2}};
        const auto one = makeBatch(std::array{structured}, smallStructured());
        QVERIFY(at::equal(one.targets, at::tensor({63, 155, 2}, at::kLong).view({3, 1})));
        QVERIFY(at::equal(one.inputs, at::tensor({1, 63, 155}, at::kLong).view({1, 3, 1})));
    }

    void nothingIsLearntAboutFieldsThatAreEmpty() {
        Transformer net(smallNet());
        roughen(net, 4);
        const tokens::Rows rows{{0, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 5}, {2, 0, 0, 0, 0, 0}};
        batchLosses(net, makeBatch(std::array{rows}, net.options())).total.backward();
        std::vector<at::Tensor> gradients;
        for (const auto& leaf : net.leaves())
            gradients.push_back(leaf.grad().defined() ? leaf.grad() : at::zeros_like(leaf));
        for (const auto& [name, values] : net.named(gradients)) {
            if (!name.ends_with("_out.weight") || name.starts_with("attn_layers")) continue;
            const bool isFilled = name.starts_with("event_type") || name.starts_with("instrument");
            QCOMPARE(values.abs().max().item<double>() > 0, isFilled);
        }
    }

    void illegalMassIsWhatTheDefinitionSays() {
        const auto logits = at::linspace(-9, 9, 12 * 676).sin().mul(4).view({12, 676}).to(at::kFloat);
        const std::vector<std::int64_t> ids{3, 130, 131, 162, 163, 418, 419, 675, 2, 60, 61, 420};
        const std::vector<std::int64_t> before{420, 420, 3, 3, 131, 131, 163, 163, 163, 420, 675, 675};
        const auto targets = at::tensor(ids, at::kLong).view({12, 1}), previous = at::tensor(before, at::kLong);
        const auto mass = illegalMass(logits, targets, previous);
        const auto theirs = illegalMass(logits, targets, previous, StructuredRules::MidiLm);
        for (std::size_t kind = 0; kind < 4; ++kind) {
            const auto [name, first, end] = kStructuredKinds[kind];
            const auto isOfKind = [first = first, end = end](std::int64_t id) { return id >= first && id < end; };
            const auto isPitchOrShift = [](std::int64_t id) { return (id >= 3 && id < 131) || id >= 419; };
            const auto [sum, rows] = plainIllegal(logits, ids, isOfKind, [&](std::size_t row, std::int64_t id) {
                if (before[row] == 675) return isPitchOrShift(id); // after the longest shift either may come
                return isOfKind(id) || (kind == 3 && id == 2);     // a piece ends where a shift is due
            });
            QCOMPARE(mass.rows[kind], std::int64_t{rows});
            QVERIFY2(std::abs(mass.sums[kind] - sum) < 1e-5, name);
            const auto isOfTheirs = [first = first, end = end](std::int64_t id) { return id >= first && id <= end; };
            const auto [theirSum, theirRows] = plainIllegal(logits, ids, isOfTheirs, [&](std::size_t, std::int64_t id) {
                return isOfTheirs(id) || (kind == 3 && id <= 3);
            });
            QCOMPARE(theirs.rows[kind], std::int64_t{theirRows});
            QVERIFY2(std::abs(theirs.sums[kind] - theirSum) < 1e-5, name);
        }
        // every id is of one kind, but the end, which is of none; theirs overlap
        QCOMPARE(mass.rows[0] + mass.rows[1] + mass.rows[2] + mass.rows[3], std::int64_t{11});
        QVERIFY(theirs.rows[0] > mass.rows[0]);
    }

    void aBatchWithoutAKindHasNoMassOfIt() {
        const auto mass = illegalMass(at::zeros({2, 676}), at::tensor({60, 61}, at::kLong).view({2, 1}),
                                      at::tensor({419, 419}, at::kLong));
        QCOMPARE(mass.rows[0], std::int64_t{2});
        QVERIFY(std::abs(mass.sums[0] - 2 * (1 - 128.0 / 676)) < 1e-5);
        for (std::size_t kind = 1; kind < 4; ++kind) {
            QCOMPARE(mass.rows[kind], std::int64_t{0});
            QCOMPARE(mass.sums[kind], 0.0);
        }
    }

    void runsHoldEveryWindowOnceAndLittlePadding() {
        std::vector<tokens::Rows> windows;
        base::Random random(4);
        for (int i = 0; i < 100; ++i) windows.emplace_back(20 + random.below(300));
        std::ranges::sort(windows, {}, &tokens::Rows::size);
        const auto* next = windows.data();
        std::size_t real = 0, all = 0;
        for (const auto run : inEvenRuns(windows)) {
            QVERIFY(run.data() == next && !run.empty());
            next += run.size();
            for (const auto& window : run) real += window.size();
            all += run.back().size() * run.size();
        }
        QVERIFY(next == windows.data() + windows.size());
        QVERIFY((all - real) * 100 < 5 * all);
        QVERIFY(inEvenRuns({}).empty());
    }

    void validationIsTheMeanOverAllRowsOfNetsOfAnyStreams_data() {
        QTest::addColumn<int>("which");
        QTest::newRow("six") << 0;
        QTest::newRow("three") << 1;
        QTest::newRow("one") << 2;
    }
    void validationIsTheMeanOverAllRowsOfNetsOfAnyStreams() {
        QFETCH(int, which);
        const at::NoGradGuard noGradient;
        const auto options = which == 0 ? smallNet() : which == 1 ? smallTpd() : smallStructured();
        Transformer net(options);
        roughen(net, 3);
        std::vector<tokens::Rows> windows;
        for (std::size_t i = 0; i < 7; ++i) windows.push_back(randomRows(options, 5 + 6 * i, i));
        const auto together = validationLosses(net, windows);
        double total = 0;
        std::int64_t rows = 0;
        IllegalMass illegal;
        for (const auto& window : windows) {
            const auto batch = makeBatch(std::array{window}, options);
            total += batchLosses(net, batch).total.item<double>() * static_cast<double>(batch.rows);
            rows += batch.rows;
            if (which == 2) illegal.add(batchIllegalMass(batchLogits(net, batch), batch));
        }
        QCOMPARE(together.rows, rows);
        QVERIFY(std::abs(together.total - total / static_cast<double>(rows)) < 1e-4);
        for (std::size_t f = options.streams.size(); f < tokens::kFieldCount; ++f) QCOMPARE(together.fields[f], 0.0);
        QVERIFY(together.illegal.rows == illegal.rows);
        for (std::size_t kind = 0; kind < 4; ++kind)
            QVERIFY(std::abs(together.illegal.sums[kind] - illegal.sums[kind]) < 1e-4);
    }
};

QTEST_APPLESS_MAIN(LossesTest)
#include "losses_test.moc"
