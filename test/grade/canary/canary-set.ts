import {rowsNamed, tryCase} from '../case-files.ts';
import type {Grade, Miss} from '../grade-set.ts';
import {classifierMiss} from './classifier-case.ts';
import {statisticsMiss} from './statistics-case.ts';

/** Reads `kayenta-classifier.json` and `kayenta-statistics.json`. */
export function canarySet(folder: string): Grade {
	const classifier = rowsNamed(folder, 'kayenta-classifier.json').map(({at, row}) => tryCase(at, () => classifierMiss(row)));
	const statistics = rowsNamed(folder, 'kayenta-statistics.json').map(({at, row}) => tryCase(at, () => statisticsMiss(row)));
	const misses = [...classifier, ...statistics].filter((miss): miss is Miss => miss !== undefined);
	const total = classifier.length + statistics.length;
	return {
		right: total - misses.length,
		total,
		unsafe: misses.filter(({got, expected}) => got.startsWith('Pass') && !expected.startsWith('Pass')).length,
		misses,
		published: {'Kayenta, its own tests': 'all'},
		notes: [`${classifier.length} verdicts on a metric, ${statistics.length} statistics beneath them`],
	};
}
