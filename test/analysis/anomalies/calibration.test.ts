import {expect, test} from 'vitest';
import {alarmSeverity} from '../../../src/analysis/anomalies/detector.ts';
import {calibration, isKept} from '../../grade/anomalies/calibration.ts';
import {quietKinds, quietSeries} from '../../grade/anomalies/quiet-series.ts';

const rows = 3500;
const natures = Object.entries(quietKinds).map(([nature, kinds]) => ({nature, kinds: Object.values(kinds)}));

// What severity means: at s, an episode begins once in 10^s rows at most. Twelve days of each kind: `npm run grade -- anomalies-quiet` grades sixteen series of each for two weeks. With
// every episode taken for as long as one of values that wander, 49 began at the alarm in series with a trend, where 27 are promised. Shapes of a clear season repeat so well that few begin.
test.each(natures)('series of this nature alarm no more often than severity says, and not never: $nature', ({kinds}) => {
	const all = kinds.map((kind, at) => quietSeries(kind, rows, at + 1));
	for (const kept of calibration(all, [2.5, alarmSeverity, 3.3])) {
		expect(kept).toSatisfy(isKept);
		if (kept.severity === 2.5) expect(kept.seen).toBeGreaterThan(kept.promised / 20);
	}
});
